import { endianness } from "node:os";

import { Problem } from "../runtime/problem";

/** The element types that are read. */
export type NumpyType =
  "bool" | "uint8" | "int8" | "uint16" | "int16" | "uint32" | "int32" | "uint64" | "int64" | "float32" | "float64";

/** The elements of an array, in an array of their own type; truth values as 0 and 1. */
export type NumpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** An array that NumPy wrote. */
export interface NumpyArray {
  /** Its lengths, the slowest first; empty for a single number. */
  readonly shape: readonly number[];
  readonly dtype: NumpyType;
  /** Its elements in C order: the last index is the fastest. */
  readonly data: NumpyData;
}

interface ElementType {
  readonly dtype: NumpyType;
  readonly make: new (buffer: ArrayBufferLike, offset: number, length: number) => NumpyData;
  readonly bytes: 1 | 2 | 4 | 8;
}

/** The types by the letter and the size with which a header names them. */
const types = new Map<string, ElementType>(
  Object.entries({
    b1: { dtype: "bool", make: Uint8Array, bytes: 1 },
    u1: { dtype: "uint8", make: Uint8Array, bytes: 1 },
    i1: { dtype: "int8", make: Int8Array, bytes: 1 },
    u2: { dtype: "uint16", make: Uint16Array, bytes: 2 },
    i2: { dtype: "int16", make: Int16Array, bytes: 2 },
    u4: { dtype: "uint32", make: Uint32Array, bytes: 4 },
    i4: { dtype: "int32", make: Int32Array, bytes: 4 },
    u8: { dtype: "uint64", make: BigUint64Array, bytes: 8 },
    i8: { dtype: "int64", make: BigInt64Array, bytes: 8 },
    f4: { dtype: "float32", make: Float32Array, bytes: 4 },
    f8: { dtype: "float64", make: Float64Array, bytes: 8 },
  }),
);

/** What types that are not read hold, by their letter. */
const refusedTypes: Readonly<Record<string, string>> = {
  O: "Python objects, which only Python can read and which may run code",
  U: "texts",
  S: "texts",
  a: "texts",
  c: "complex numbers",
  f: "numbers of an unusual size",
  V: "records",
  M: "dates",
  m: "times",
};

/**
 * Reads an array in NumPy's format .npy, versions 1 to 3 (NumPy Enhancement Proposal 1). Arrays in Fortran order are turned
 * into C order, big-endian ones into this machine's.
 *
 * @param bytes The whole file. The array may share its memory.
 * @param name What to call it in a message: "breastmnist.npz: train_images".
 * @throws {Problem} Where it is none, is cut off or too long, or holds Python objects, texts, records or complex numbers.
 */
export function parseNumpyArray(bytes: Uint8Array, name: string): NumpyArray {
  const { header, start } = splitHeader(bytes, name);
  const { descr, fortran, shape } = parseHeader(header, name);
  const type = typeOf(descr, name);
  const count = shape.reduce((product, length) => product * length, 1);
  const [expected, found] = [count * type.bytes, bytes.length - start];
  if (!Number.isSafeInteger(expected) || expected !== found) {
    const size = `${type.dtype} [${shape.join(", ")}]`;
    throw damaged(name, `its header states ${size}, ${expected} bytes, and ${found} follow`);
  }
  const data = viewOf(bytes, start, count, type, descr.startsWith(">") ? "BE" : "LE");
  return { shape, dtype: type.dtype, data: fortran && shape.length > 1 ? toRowOrder(data, shape) : data };
}

function splitHeader(bytes: Uint8Array, name: string): { header: string; start: number } {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) {
    throw damaged(name, 'it does not begin with "\\x93NUMPY"');
  }
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw damaged(name, `its format has version ${version}, expected 1 to 3`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = version === 1 ? 10 : 12;
  if (bytes.length < begin) throw damaged(name, "it ends in its header");
  const start = begin + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > bytes.length) throw damaged(name, "it ends in its header");
  return { header: Buffer.from(bytes.buffer, bytes.byteOffset + begin, start - begin).toString("latin1"), start };
}

// The header is a Python dictionary, of which NumPy writes just this form; programs differ in blanks and order.
function parseHeader(header: string, name: string): { descr: string; fortran: boolean; shape: number[] } {
  // A header of plain types is short; a long one is a list of record fields, or not a header.
  const short = header.slice(0, 4000);
  if (/["']descr["']\s*:\s*[[(]/.test(short)) throw refused(name, refusedTypes.V!);
  const descr = /["']descr["']\s*:\s*["']([^"']*)["']/.exec(short)?.[1];
  const fortran = /["']fortran_order["']\s*:\s*(True|False)/.exec(short)?.[1];
  const lengths = /["']shape["']\s*:\s*\(([^()]*)\)/.exec(short)?.[1];
  if (descr === undefined || fortran === undefined || lengths === undefined) {
    throw damaged(name, "its header does not state descr, fortran_order and shape");
  }
  const parts = lengths.split(",").map((part) => part.trim());
  if (parts.at(-1) === "") parts.pop();
  // Python 2 on Windows wrote 12L.
  const shape = parts.map((part) => (/^\d{1,16}L?$/.test(part) ? parseInt(part, 10) : NaN));
  if (shape.length > 32 || shape.some((length) => !Number.isSafeInteger(length))) {
    throw damaged(name, `its header states the shape (${lengths.slice(0, 100)})`);
  }
  return { descr, fortran: fortran === "True", shape };
}

function typeOf(descr: string, name: string): ElementType {
  const type = /^[<>|=]/.test(descr) ? types.get(descr.slice(1)) : undefined;
  if (type !== undefined) return type;
  const what = refusedTypes[descr.replace(/^[<>|=]/, "").charAt(0)];
  if (what === undefined)
    throw damaged(name, `its elements have the unknown type ${JSON.stringify(descr.slice(0, 40))}`);
  throw refused(name, what);
}

function viewOf(bytes: Uint8Array, start: number, count: number, type: ElementType, order: "BE" | "LE"): NumpyData {
  const swap = type.bytes > 1 && order !== endianness();
  const place = bytes.byteOffset + start;
  if (!swap && place % type.bytes === 0) return new type.make(bytes.buffer, place, count);
  const copy = Uint8Array.from(bytes.subarray(start));
  if (swap) swapBytes(copy, type.bytes);
  return new type.make(copy.buffer, 0, count);
}

/**
 * Turns the bytes of each element around, in place: big-endian to little-endian and back.
 *
 * @param size Bytes of one element: 1, 2, 4 or 8.
 */
export function swapBytes(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else if (size === 8) buffer.swap64();
}

// Goes through the array with the last index fastest, as it is to be, and picks from where the first is fastest.
function toRowOrder(data: NumpyData, shape: readonly number[]): NumpyData {
  const steps: number[] = [];
  shape.reduce((step, length) => (steps.push(step), step * length), 1);
  const result = data.slice();
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

function damaged(name: string, why: string): Problem {
  return new Problem(`${name} is not a whole NumPy array: ${why}.`, "Delete the file, and get it again.");
}

function refused(name: string, what: string): Problem {
  return new Problem(
    `${name} holds ${what}, expected whole numbers, floats or truth values.`,
    "Save it from Python as an array of numbers.",
  );
}
