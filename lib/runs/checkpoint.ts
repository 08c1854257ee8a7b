import { createHash } from "node:crypto";

import { Problem } from "../runtime/problem";
import { DamagedFile } from "./damaged-file";
import { isPlainObject, parseJson, writeJson } from "./json";
import type { Json, SavedState, StoredArray } from "./state";

/**
 * How a checkpoint begins. As in PNG, the first byte is no text, and the line ends show a transfer that has changed them.
 */
const magic = Uint8Array.of(0x89, 0x53, 0x4e, 0x43, 0x0d, 0x0a, 0x1a, 0x0a);

/** The version of the format that is written, and the newest that is read. */
const formatVersion = 1;

/** Bytes before the header's text: the magic, the version, the text's length. */
const prefix = magic.length + 8;

/** Bytes of the SHA-256 at the end. */
const digestLength = 32;

const types = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;

type TypeName = keyof typeof types;

interface ArrayEntry {
  readonly name: string;
  readonly type: TypeName;
  readonly shape: readonly number[];
}

/**
 * Writes a state as the bytes of a checkpoint file: a magic, the format's version, the length of the header (unsigned 32-bit
 * numbers, little-endian), the header as JSON (names, types and shapes of the arrays; the plain data), spaces up to a multiple
 * of 8 bytes, the arrays one after the other, each filled up likewise, and the SHA-256 of all that.
 *
 * Numbers are stored as they lie in memory, which is little-endian wherever TensorFlow.js runs. Equal states, with keys in the
 * same order, give equal bytes.
 *
 * @throws {Problem} Where an array does not have as many numbers as its shape says, or the plain data cannot be JSON.
 */
export function encodeState(state: SavedState): Uint8Array {
  const entries: ArrayEntry[] = [...state.arrays].map(([name, array]) => describeArray(name, array));
  const plain = writeJson(state.json, "The state");
  const header = Buffer.from(`{"arrays":${JSON.stringify(entries)},"json":${plain}}`);
  const start = roundUp(prefix + header.length);
  const values = [...state.arrays.values()].map((array) => array.values);
  const length = values.reduce((sum, { byteLength }) => sum + roundUp(byteLength), start) + digestLength;

  const bytes = new Uint8Array(length);
  bytes.set(magic);
  const view = new DataView(bytes.buffer);
  view.setUint32(magic.length, formatVersion, true);
  view.setUint32(magic.length + 4, header.length, true);
  bytes.set(header, prefix);
  bytes.fill(0x20, prefix + header.length, start);
  let place = start;
  for (const { buffer, byteOffset, byteLength } of values) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), place);
    place += roundUp(byteLength);
  }
  bytes.set(hashOf(bytes.subarray(0, place)), place);
  return bytes;
}

function describeArray(name: string, { shape, values }: StoredArray): ArrayEntry {
  const type = (Object.keys(types) as TypeName[]).find((one) => values instanceof types[one]);
  if (type === undefined) {
    throw new Problem(
      `The array "${name}" of the state is of another type than ${Object.keys(types).join(", ")}.`,
      "Give a Float32Array, a Float64Array or an Int32Array.",
    );
  }
  const size = sizeOf(shape);
  if (size !== values.length) {
    throw new Problem(
      `The array "${name}" of the state has ${values.length} numbers and the shape [${shape.join(", ")}], expected ${size ?? "whole sizes from 0"}.`,
      "Give the shape that its numbers have.",
    );
  }
  return { name, type, shape: [...shape] };
}

/**
 * Reads the bytes of a checkpoint file. Every change of them, were it of one bit, is found by the SHA-256. What the header says
 * is believed only as far as the bytes bear it out: nothing is allocated by its word.
 *
 * @param bytes The whole file.
 * @param name Its path, for the message.
 * @returns The state; its arrays are copies.
 * @throws {DamagedFile} Where they are cut, longer, changed, or of another format.
 * @throws {Problem} Where they are of another version of the format.
 */
export function decodeState(bytes: Uint8Array, name: string): SavedState {
  const end = bytes.length - digestLength;
  if (end < prefix) throw damaged(name, `has ${bytes.length} bytes, fewer than any checkpoint`);
  if (!magic.every((byte, index) => bytes[index] === byte)) throw damaged(name, "does not begin as a checkpoint does");
  if (!hashOf(bytes.subarray(0, end)).equals(bytes.subarray(end))) {
    throw damaged(name, "does not have the checksum that it ends with");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(magic.length, true);
  if (version !== formatVersion) {
    throw new Problem(
      `${name} is a checkpoint of format ${version}, and this version of sononas reads ${formatVersion}.`,
      "Carry the run on with the version that began it, or a newer one.",
    );
  }
  const headerEnd = prefix + view.getUint32(magic.length + 4, true);
  if (headerEnd > end) throw damaged(name, "has a header longer than itself");
  const { entries, json } = readHeader(bytes.subarray(prefix, headerEnd), name);
  const arrays = new Map<string, StoredArray>();
  let place = roundUp(headerEnd);
  for (const { name: key, type, shape } of entries) {
    const length = (sizeOf(shape) ?? Infinity) * types[type].BYTES_PER_ELEMENT;
    if (place + length > end) throw damaged(name, `has no room for the array ${JSON.stringify(key.slice(0, 100))}`);
    if (arrays.has(key)) throw damaged(name, `has the array ${JSON.stringify(key.slice(0, 100))} twice`);
    const start = bytes.byteOffset + place;
    arrays.set(key, { shape, values: new types[type](bytes.buffer.slice(start, start + length) as ArrayBuffer) });
    place += roundUp(length);
  }
  if (place !== end) throw damaged(name, `has ${end - place} bytes that belong to no array`);
  return { json, arrays };
}

function readHeader(bytes: Uint8Array, name: string): { entries: readonly ArrayEntry[]; json: Json } {
  let header: unknown;
  try {
    header = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw damaged(name, `has a header that cannot be read (${(error as Error).message.slice(0, 100)})`);
  }
  if (!isPlainObject(header) || !Array.isArray(header.arrays) || header.json === undefined) {
    throw damaged(name, "has a header that is not a checkpoint's");
  }
  const entries: unknown[] = header.arrays;
  if (!entries.every(isEntry)) throw damaged(name, "has a header that does not describe its arrays");
  return { entries, json: header.json as Json };
}

function isEntry(entry: unknown): entry is ArrayEntry {
  if (!isPlainObject(entry)) return false;
  const { name, type, shape } = entry;
  const sizes = Array.isArray(shape) && shape.length <= 16 && sizeOf(shape as unknown[]) !== null;
  return typeof name === "string" && typeof type === "string" && Object.hasOwn(types, type) && sizes;
}

// Null where it is no shape, or one of more numbers than can be counted.
function sizeOf(shape: readonly unknown[]): number | null {
  if (!shape.every((size) => Number.isSafeInteger(size) && (size as number) >= 0)) return null;
  const size = (shape as readonly number[]).reduce((product, one) => product * one, 1);
  return Number.isSafeInteger(size) ? size : null;
}

const roundUp = (length: number) => Math.ceil(length / 8) * 8;

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

function damaged(name: string, what: string): DamagedFile {
  return new DamagedFile(`${name} ${what}.`, "It is damaged, or not a checkpoint: use an older one, or a copy.");
}
