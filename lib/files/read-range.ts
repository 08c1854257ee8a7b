import { read } from "node:fs";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import type { Inflate, InflateRaw } from "node:zlib";

/** Bytes of one piece. */
const pieceBytes = 1 << 18;

const readSome = promisify(read);

/**
 * Reads a range of an open file, piece by piece. The file stays open.
 *
 * @param file The file's number.
 * @yields The pieces, each in memory of its own.
 * @throws {Error} Where the file ends before the range does, or cannot be read.
 */
export async function* readRange(
  file: number,
  start: number,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let done = 0; done < length;) {
    const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, length - done));
    const { bytesRead } = await readSome(file, piece, 0, piece.length, start + done);
    if (bytesRead === 0) throw new Error("it ends too early");
    yield piece.subarray(0, bytesRead);
    done += bytesRead;
  }
}

/**
 * Reads a deflated range of an open file, piece by piece. The file stays open.
 *
 * @param file The file's number.
 * @param inflate What unpacks it; is used up.
 * @yields The unpacked pieces.
 * @throws {Error} Where the range cannot be unpacked (codes "Z_…"), or the file cannot be read.
 */
export async function* inflateRange(
  file: number,
  start: number,
  length: number,
  inflate: Inflate | InflateRaw,
): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = Readable.from(readRange(file, start, length), { objectMode: false });
  packed.on("error", (error) => inflate.destroy(error));
  try {
    yield* packed.pipe(inflate) as AsyncIterable<Uint8Array>;
  } finally {
    packed.destroy();
    inflate.destroy();
  }
}
