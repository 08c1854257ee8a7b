import { closeSync, read } from "node:fs";
import { createInflateRaw, inflateRawSync } from "node:zlib";

import * as yauzl from "yauzl";

import { Problem } from "../runtime/problem";
import { crc32 } from "./crc32";
import { explainFailure, fileProblem } from "./explain-failure";
import { inflateRange, readRange } from "./read-range";
import { openRegular } from "./read-whole";
import { decodeName } from "./zip-names";

/** A file or folder in a zip archive. */
export interface ZipEntry {
  /** Its name as it stands there, decoded but not checked; a folder's ends with "/". */
  readonly name: string;
  /** Bytes once unpacked, as the archive states them; reading checks it. */
  readonly size: number;
  readonly packedSize: number;
  /** What Unix says it is: 0 where nothing is said, 0o100000 a file, 0o040000 a folder, 0o120000 a link. */
  readonly unixType: number;
}

/** An open zip archive. */
export interface ZipArchive {
  /** Its files and folders, in the order in which it lists them. */
  readonly entries: readonly ZipEntry[];

  /**
   * Unpacks one file, piece by piece.
   *
   * @returns Its contents. Going through them throws a {@link Problem} where they are damaged, or more or fewer bytes than
   *   stated.
   */
  read(entry: ZipEntry): AsyncIterable<Uint8Array>;
}

/** No more files and folders than this are taken. */
const mostEntries = 200_000;

/** Deflate packs 258 bytes into two bits at best: to less than this part. An entry that states more is no real one. */
const bestRatio = 1032;

/** Up to this many bytes, a file is unpacked in one go: that is several times as fast as a stream, and a set has thousands. */
const atOnce = 2 ** 22;

/** How methods other than stored (0) and deflate (8) are called. */
const methods: Readonly<Record<number, string>> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  12: "bzip2",
  14: "LZMA",
  93: "Zstandard",
  95: "xz",
  98: "PPMd",
  99: "AES encryption",
};

/**
 * Opens a zip archive, does something with it, and closes it.
 *
 * @throws {Problem} Where the file cannot be read, is no zip archive, is cut off, is encrypted or packed by a method other
 *   than deflate, or where its directory cannot be true: entries that overlap, or that are packed more tightly than deflate
 *   can.
 */
export async function withZip<Result>(path: string, work: (zip: ZipArchive) => Promise<Result>): Promise<Result> {
  const { file, size } = openRegular(path);
  try {
    const { zip, raw } = await openDirectory(path, file, size);
    try {
      checkDirectory(path, size, [...raw.values()]);
      const read = (entry: ZipEntry) => contentsOf(path, file, zip, raw.get(entry)!);
      return await work({ entries: [...raw.keys()], read });
    } finally {
      zip.close();
    }
  } finally {
    closeSync(file);
  }
}

async function openDirectory(path: string, file: number, size: number) {
  try {
    const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: false };
    const zip = await yauzl.fromRandomAccessReaderPromise(new BoundedReader(file, size), size, options);
    const raw = new Map<ZipEntry, yauzl.Entry>();
    if (zip.entryCount > mostEntries) throw new Error(`it states ${zip.entryCount} files`);
    for await (const entry of zip.eachEntry()) raw.set(describe(entry), entry);
    return { zip, raw };
  } catch (error) {
    throw zipProblem(path, error);
  }
}

/** Reads from the file, never beyond it: Node throws where a damaged archive asks for a place that cannot be. */
class BoundedReader extends yauzl.RandomAccessReader {
  constructor(
    private readonly file: number,
    private readonly size: number,
  ) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    if (position >= 0 && position + length <= this.size) {
      read(this.file, buffer, offset, length, position, callback);
    } else {
      setImmediate(callback, new Error("it ends too early"));
    }
  }
}

function describe(entry: yauzl.Entry): ZipEntry {
  // An extra field may hold the name in UTF-8; flag 0 makes yauzl decode the name itself by code page 437.
  const byField = entry.extraFields.some(({ id }) => id === 0x7075);
  const asCodePage = (bytes: Uint8Array) =>
    yauzl.getFileNameLowLevel(0, Buffer.from(bytes), byField ? entry.extraFields : [], true);
  return {
    name: byField ? asCodePage(entry.fileNameRaw) : decodeName(entry.fileNameRaw, asCodePage),
    size: entry.uncompressedSize,
    packedSize: entry.compressedSize,
    unixType: (entry.externalFileAttributes >>> 16) & 0o170000,
  };
}

function checkDirectory(path: string, size: number, entries: readonly yauzl.Entry[]): void {
  for (const { generalPurposeBitFlag, compressionMethod, compressedSize, uncompressedSize } of entries) {
    if (generalPurposeBitFlag & 0x41 || compressionMethod === 99) {
      throw new Problem(`${path} is encrypted.`, "Unpack it with another program, with the password.");
    }
    if (compressionMethod !== 0 && compressionMethod !== 8) {
      throw new Problem(
        `${path} is packed by ${methods[compressionMethod] ?? `method ${compressionMethod}`}, expected deflate.`,
        "Unpack it with another program, or pack it again as an ordinary zip archive.",
      );
    }
    const possible =
      compressionMethod === 0
        ? uncompressedSize === compressedSize
        : uncompressedSize <= compressedSize * bestRatio + bestRatio;
    if (!possible) {
      throw zipProblem(path, new Error(`it states ${uncompressedSize} bytes packed into ${compressedSize}`));
    }
  }
  // Entries that share their packed bytes are how a small archive unpacks to petabytes (Fifield, "A better zip bomb",
  // 2019).
  let end = 0;
  const ranges = entries.map((entry) => [entry.relativeOffsetOfLocalHeader, entry.compressedSize] as const);
  for (const [start, length] of ranges.sort((one, other) => one[0] - other[0])) {
    if (start < end) throw zipProblem(path, new Error("its files overlap"));
    end = start + 30 + length;
  }
  if (end > size) throw zipProblem(path, new Error("it ends too early"));
}

async function* contentsOf(
  path: string,
  file: number,
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stated = entry.uncompressedSize;
  let [done, sum] = [0, 0];
  try {
    for await (const piece of unpackedPieces(file, zip, entry)) {
      done += piece.length;
      if (done > stated) throw new Error(`a file unpacks to more than stated`);
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    throw zipProblem(path, error);
  }
  if (done !== stated) throw zipProblem(path, new Error(`a file unpacks to ${done} bytes, ${stated} are stated`));
  if (sum !== entry.crc32) throw zipProblem(path, new Error("a file does not have its checksum"));
}

async function* unpackedPieces(
  file: number,
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  if (compressionMethod === 0) {
    yield* readRange(file, start, compressedSize);
  } else if (uncompressedSize <= atOnce) {
    const packed: Uint8Array[] = [];
    for await (const piece of readRange(file, start, compressedSize)) packed.push(piece);
    // One byte more than stated is enough to notice that there are more.
    yield inflateRawSync(Buffer.concat(packed), { maxOutputLength: uncompressedSize + 1 });
  } else {
    yield* inflateRange(file, start, compressedSize, createInflateRaw({ chunkSize: 1 << 16 }));
  }
}

function zipProblem(path: string, error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code, reason } = explainFailure(error);
  if (code === "ERR_BUFFER_TOO_LARGE") return zipProblem(path, new Error("a file unpacks to more than stated"));
  // A code of zlib is about the archive, any other about the disk.
  if (code !== undefined && !code.startsWith("Z_")) return fileProblem(path, "read", error);
  return new Problem(
    `${path} is not a whole zip archive: ${reason}.`,
    "It is damaged, or something else under this name: delete it, and get it again.",
  );
}
