import { endianness } from "node:os";

import { damaged, type MatlabBytes, type MatlabTag } from "./matlab-tags";
import { swapBytes } from "./numpy-array";

/** Bytes of one character, by the type in which texts are stored. */
const textTypes: Readonly<Record<number, 1 | 2 | 4>> = { 1: 1, 2: 1, 3: 2, 4: 2, 16: 1, 17: 2, 18: 4 };

/**
 * Decodes the characters of a text.
 *
 * @param count How many there are to be. Writers count a character beyond 16 bits as one or as two.
 * @returns The characters, in the order in which they are stored: column by column.
 * @throws {Problem} Where there are more or fewer, or where they are stored as an unknown type.
 */
export function decodeCharacters(source: MatlabBytes, tag: MatlabTag, count: number): string[] {
  const size = textTypes[tag.type];
  if (size === undefined) throw damaged(source, `a text is stored as the unknown type ${tag.type}`);
  const text = charactersAt(source, tag, size);
  const units = text.split("");
  if (units.length === count) return units;
  const points = Array.from(text);
  if (points.length === count) return points;
  throw damaged(source, `a text of ${count} characters has ${points.length}`);
}

function charactersAt(source: MatlabBytes, { type, start, end }: MatlabTag, size: 1 | 2 | 4): string {
  const bytes = Uint8Array.from(source.bytes.subarray(start, end));
  if (bytes.length % size !== 0) throw damaged(source, "a text ends inside of a character");
  if (type === 16) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (size === 1) return Buffer.from(bytes).toString("latin1");
  if (source.little !== (endianness() === "LE")) swapBytes(bytes, size);
  const codes = size === 2 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  const toText = size === 2 ? String.fromCharCode : (code: number) => String.fromCodePoint(Math.min(code, 0x10ffff));
  return Array.from(codes, (code) => toText(code)).join("");
}
