import { Problem } from "../runtime/problem";

/** A stretch of a MATLAB file in memory, with what is needed to read it. */
export interface MatlabBytes {
  /** The bytes; elements begin at multiples of eight. */
  readonly bytes: Uint8Array;
  /** Whether the lowest byte of a number comes first. */
  readonly little: boolean;
  /** What to call the file in a message. */
  readonly file: string;
}

/** The tag before each part of a file: its type, and where its bytes are. */
export interface MatlabTag {
  /** What the bytes are, by the format's number. */
  readonly type: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The type of an array's tag. */
export const matrixType = 14;

/** The class of tables, strings, dates and other objects, which are stored in a form of MATLAB's own. */
export const objectClass = 17;

/** The type of the tag of packed bytes. */
export const compressedType = 15;

/**
 * Makes the error of a damaged file.
 *
 * @param why What is wrong, as the end of a sentence.
 */
export function damaged(source: Pick<MatlabBytes, "file">, why: string): Problem {
  return new Problem(`${source.file} is not a whole MATLAB file: ${why}.`, "Delete it, and get it again.");
}

/**
 * Reads a tag.
 *
 * @returns The tag; all it names is before the limit.
 * @throws {Problem} Where it is not.
 */
export function tagAt(source: MatlabBytes, position: number, limit: number): MatlabTag {
  if (position + 8 > limit) throw damaged(source, "it ends too early");
  const first = wordAt(source, position);
  // Up to four bytes stand in the tag itself, with their count in its upper half.
  const small = first >>> 16;
  const start = position + (small === 0 ? 8 : 4);
  const length = small === 0 ? wordAt(source, position + 4) : small;
  if (small > 4 || start + length > limit) throw damaged(source, "a part of it is longer than the whole");
  const end = start + length;
  const next = small === 0 ? Math.min(Math.ceil(end / 8) * 8, limit) : position + 8;
  return { type: small === 0 ? first : first & 0xffff, start, end, next };
}

/**
 * Reads a whole number of 32 bits.
 *
 * @param source The bytes.
 * @param position Where it is; four bytes must be there.
 * @returns The number, from 0.
 */
export function wordAt({ bytes, little }: MatlabBytes, position: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(position, little);
}

/**
 * Reads bytes as text, each a character.
 *
 * @param source The bytes.
 */
export function textAt({ bytes }: MatlabBytes, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}

/** Counts the elements of an array. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Reads the name of a variable from the beginning of its matrix.
 *
 * @param source The first bytes of the matrix, from its tag on.
 * @throws {Problem} Where the bytes are no matrix, or end before its name does.
 */
export function nameOfMatrix(source: MatlabBytes): string {
  const end = source.bytes.length;
  if (end < 8 || wordAt(source, 0) !== matrixType) throw damaged(source, "a variable is not an array");
  const flags = tagAt(source, 8, end);
  const second = tagAt(source, flags.next, end);
  // Objects of MATLAB's newer kinds have no lengths before their name.
  const isObject = flags.start + 4 <= flags.end && (wordAt(source, flags.start) & 0xff) === objectClass;
  const name = isObject ? second : tagAt(source, second.next, end);
  return textAt(source, name.start, name.end);
}
