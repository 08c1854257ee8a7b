import { closeSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { constants, createInflate, inflateSync } from "node:zlib";

import * as v from "valibot";

import { number, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { explainFailure, fileProblem } from "./explain-failure";
import { formatBytes } from "./free-space";
import { parseMatrix, type MatlabValue } from "./matlab-matrix";
import { compressedType, damaged, matrixType, nameOfMatrix } from "./matlab-tags";
import { inflateRange } from "./read-range";
import { openRegular } from "./read-whole";

const matlabOptions = v.strictObject({
  variable: text(),
  /** The most bytes that the variable may have once unpacked; default: 4 GiB. */
  maximumBytes: v.optional(number({ above: 0 }), 4 * 2 ** 30),
});

/** What to read of a MATLAB file. @interface */
export type MatlabReadOptions = v.InferInput<typeof matlabOptions>;

/** Length of the file's header. */
const headerBytes = 128;

/** Deflate packs no more tightly; see `zip-archive.ts`. */
const bestRatio = 1032;

/** A variable of the file. */
interface Variable {
  readonly name: string;
  readonly packed: boolean;
  /** Where its bytes are: packed, or with the tag of the matrix. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads one variable of a MATLAB file of level 5, as MATLAB's `save` writes it without options or with -v6 and -v7 (MathWorks,
 * "MAT-File Format"). The variable is unpacked into memory once and checked as a whole; the numbers in structs and cells are
 * decoded when they are read, each time anew. Other variables are not unpacked.
 *
 * @throws {Problem} Where the file is missing, damaged, of another format (-v7.3, -v4), has no such variable, or where the
 *   variable holds objects, functions or sparse arrays.
 */
export async function readMatlab(path: string, options: MatlabReadOptions): Promise<MatlabValue> {
  const settings = checkOptions("readMatlab", matlabOptions, options);
  let file: FileHandle;
  try {
    closeSync(openRegular(path).file);
    file = await open(path);
  } catch (error) {
    throw fileProblem(path, "read", error);
  }
  try {
    const { size } = await file.stat();
    const little = checkHeader(path, await readAt(file, path, 0, Math.min(size, headerBytes + 8)));
    const variables = await listVariables(file, path, size, little);
    const found = variables.find(({ name }) => name === settings.variable);
    if (found === undefined) {
      const names = variables.map(({ name }) => name).filter((name) => name !== "");
      throw new Problem(
        `${path} has no variable "${settings.variable}". It has ${names.length === 0 ? "none" : names.join(", ")}.`,
        "Look whether it is the right file.",
      );
    }
    const bytes = await load(file, path, found, little, settings.maximumBytes);
    return parseMatrix({ bytes, little, file: path }, 0).matrix.decode();
  } catch (error) {
    throw matlabProblem(path, error);
  } finally {
    await file.close();
  }
}

// Gives whether the file is little-endian.
function checkHeader(path: string, bytes: Buffer): boolean {
  const text = bytes.toString("latin1", 0, 116);
  const mark = bytes.toString("latin1", 126, 128);
  const version = mark === "IM" ? bytes.readUInt16LE(124) : mark === "MI" ? bytes.readUInt16BE(124) : 0;
  if (text.startsWith("MATLAB 7.3") || version === 0x0200 || text.startsWith("\x89HDF")) {
    throw new Problem(
      `${path} is a MATLAB file of version 7.3, expected 5 to 7.`,
      `Load it in MATLAB, and save it with save("FILE", "-v7").`,
    );
  }
  if (version !== 0x0100) {
    throw new Problem(
      `${path} is not a MATLAB file of version 5 to 7.`,
      `Look whether it is the right file; an older one can be loaded in MATLAB and saved with save("FILE", "-v7").`,
    );
  }
  return mark === "IM";
}

async function listVariables(file: FileHandle, path: string, size: number, little: boolean): Promise<Variable[]> {
  const variables: Variable[] = [];
  for (let at = headerBytes; at < size;) {
    const tag = await readAt(file, path, at, 8);
    const [type, length] = little
      ? [tag.readUInt32LE(0), tag.readUInt32LE(4)]
      : [tag.readUInt32BE(0), tag.readUInt32BE(4)];
    const packed = type === compressedType;
    const end = at + 8 + length;
    if (type !== matrixType && !packed) throw damaged({ file: path }, `a variable is of type ${type}`);
    if (end > size) throw damaged({ file: path }, "it ends too early");
    const start = packed ? at + 8 : at;
    // The name is within the first hundred or so bytes, packed or not.
    const head = await readAt(file, path, start, Math.min(2048, end - start));
    const bytes = packed ? inflateSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head;
    variables.push({ name: nameOfMatrix({ bytes, little, file: path }), packed, start, end });
    at = end;
  }
  return variables;
}

async function load(
  file: FileHandle,
  path: string,
  variable: Variable,
  little: boolean,
  most: number,
): Promise<Uint8Array> {
  const { start, end, packed } = variable;
  const checkLength = (length: number) => {
    if (length <= most) return;
    throw new Problem(
      `${path}: the variable "${variable.name}" has ${formatBytes(length)}, at most ${formatBytes(most)} are allowed.`,
      "Look whether it is the right file; if so, allow more by maximumBytes.",
    );
  };
  if (!packed) {
    checkLength(end - start);
    return readAt(file, path, start, end - start);
  }
  const pieces = inflateRange(
    file.fd,
    start,
    end - start,
    createInflate({ chunkSize: 1 << 18 }),
  ) as AsyncIterable<Buffer>;
  let bytes: Uint8Array = Buffer.alloc(0);
  let done = 0;
  for await (const piece of pieces) {
    if (done === 0) {
      // The first word of the tag is its type, the second the length of what follows.
      const length = 8 + (piece.length < 8 ? 0 : little ? piece.readUInt32LE(4) : piece.readUInt32BE(4));
      checkLength(length);
      if (length > (end - start) * bestRatio) throw damaged({ file: path }, "it ends too early");
      bytes = allocate(path, length);
    }
    if (done + piece.length > bytes.length) throw damaged({ file: path }, "a variable is longer than it states");
    bytes.set(piece, done);
    done += piece.length;
  }
  if (done !== bytes.length || done === 0) throw damaged({ file: path }, "a variable is shorter than it states");
  return bytes;
}

function allocate(path: string, length: number): Buffer {
  try {
    return Buffer.allocUnsafeSlow(length);
  } catch {
    throw new Problem(
      `${path} needs ${formatBytes(length)} of memory, which this machine does not give.`,
      "Read it on a larger machine, or save fewer variables with it.",
    );
  }
}

async function readAt(file: FileHandle, path: string, position: number, length: number): Promise<Buffer> {
  const bytes = allocate(path, length);
  for (let done = 0; done < length;) {
    // One read gives at most 2 GiB.
    const { bytesRead } = await file.read(bytes, done, Math.min(length - done, 2 ** 30), position + done);
    if (bytesRead === 0) throw damaged({ file: path }, "it ends too early");
    done += bytesRead;
  }
  return bytes;
}

function matlabProblem(path: string, error: unknown): Problem {
  const { code, reason } = explainFailure(error);
  return code?.startsWith("Z_") === true ? damaged({ file: path }, reason) : fileProblem(path, "read", error);
}
