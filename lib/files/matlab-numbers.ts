import { endianness } from "node:os";

import { damaged, countOf, tagAt, type MatlabBytes, type MatlabTag } from "./matlab-tags";
import { swapBytes } from "./numpy-array";

/** The numbers of a MATLAB array, in an array of the type in which they are stored. */
export type MatlabData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

interface StoredType {
  readonly make: new (buffer: ArrayBufferLike, offset: number, length: number) => MatlabData;
  readonly size: 1 | 2 | 4 | 8;
}

/** The types in which numbers are stored. */
const storedTypes: Readonly<Record<number, StoredType>> = {
  1: { make: Int8Array, size: 1 },
  2: { make: Uint8Array, size: 1 },
  3: { make: Int16Array, size: 2 },
  4: { make: Uint16Array, size: 2 },
  5: { make: Int32Array, size: 4 },
  6: { make: Uint32Array, size: 4 },
  7: { make: Float32Array, size: 4 },
  9: { make: Float64Array, size: 8 },
  12: { make: BigInt64Array, size: 8 },
  13: { make: BigUint64Array, size: 8 },
};

/**
 * Checks that an array has the bytes that its lengths ask for.
 *
 * @throws {Problem} Where it has not, or where the numbers are of an unknown type.
 */
export function checkNumbers(
  source: MatlabBytes,
  position: number,
  limit: number,
  shape: readonly number[],
): MatlabTag {
  const tag = tagAt(source, position, limit);
  const type = storedTypes[tag.type];
  if (type === undefined) throw damaged(source, `numbers are stored as the unknown type ${tag.type}`);
  if (tag.end - tag.start !== countOf(shape) * type.size) {
    throw damaged(
      source,
      `an array of [${shape.join(", ")}] numbers has ${tag.end - tag.start} bytes of ${type.size} each`,
    );
  }
  return tag;
}

/**
 * Decodes the numbers of an array.
 *
 * @param source The bytes.
 * @param tag The tag, checked.
 * @returns The numbers in this machine's order of bytes; of an array that is most of the source, a view of it.
 */
export function decodeNumbers({ bytes, little }: MatlabBytes, { type: number, start, end }: MatlabTag): MatlabData {
  const { make, size } = storedTypes[number]!;
  const swap = size > 1 && little !== (endianness() === "LE");
  const place = bytes.byteOffset + start;
  // A small part of a large file is copied, so that who keeps it does not keep the whole file in memory.
  const share = !swap && place % size === 0 && 2 * (end - start) > bytes.length;
  if (share) return new make(bytes.buffer, place, (end - start) / size);
  const copy = Uint8Array.from(bytes.subarray(start, end));
  if (swap) swapBytes(copy, size);
  return new make(copy.buffer, 0, copy.length / size);
}
