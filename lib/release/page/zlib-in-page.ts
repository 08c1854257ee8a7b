import { inflateRaw } from "pako";

/**
 * Inflates data in a page, where it stands in the place of Node's function.
 *
 * @throws {Error} Where it is damaged, or would have more bytes than `maxOutputLength`.
 */
export function inflateRawSync(bytes: Uint8Array, { maxOutputLength }: { maxOutputLength: number }): Uint8Array {
  const inflated = inflateRaw(bytes);
  if (inflated.length > maxOutputLength) throw new Error("it holds more than a picture can");
  return inflated;
}
