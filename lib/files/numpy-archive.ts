import * as v from "valibot";

import { positive } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { fileProblem } from "./explain-failure";
import { formatBytes } from "./free-space";
import { parseNumpyArray, type NumpyArray } from "./numpy-array";
import { withZip, type ZipArchive, type ZipEntry } from "./zip-archive";

export type { NumpyArray } from "./numpy-array";

const archiveOptions = v.strictObject({
  /** The most bytes that all its arrays may have together; default: 4 GiB. */
  maximumBytes: v.optional(positive(), 4 * 2 ** 30),
});

/** How an archive is read. @interface */
export type NumpyArchiveOptions = v.InferInput<typeof archiveOptions>;

/**
 * Reads an archive that NumPy wrote with `savez` or `savez_compressed`: a zip archive of .npy files. Other files in it are
 * left out.
 *
 * @returns Its arrays by name, without ".npy".
 * @throws {Problem} Where the archive is missing or damaged, is too large, or an array is of a type that is not read. Memory
 *   is taken only for what the archive can really hold.
 */
export async function readNumpyArchive(
  path: string,
  options: NumpyArchiveOptions = {},
): Promise<Map<string, NumpyArray>> {
  const { maximumBytes } = checkOptions("readNumpyArchive", archiveOptions, options);
  return withZip(path, async (zip) => {
    const files = zip.entries.filter(({ name }) => name.endsWith(".npy"));
    const total = files.reduce((sum, { size }) => sum + size, 0);
    if (total > maximumBytes) {
      throw new Problem(
        `${path} holds ${formatBytes(total)}, at most ${formatBytes(maximumBytes)} are allowed.`,
        "Look whether it is the right file; if so, allow more by maximumBytes.",
      );
    }
    if (files.length === 0) throw new Problem(`${path} holds no NumPy array.`, "Look whether it is the right file.");
    const arrays = new Map<string, NumpyArray>();
    for (const file of files) {
      const name = file.name.slice(0, -".npy".length);
      const shown = `${path}: ${JSON.stringify(name)}`;
      if (arrays.has(name)) throw new Problem(`${shown} is there twice.`, "Delete the file, and get it again.");
      arrays.set(name, parseNumpyArray(await readWhole(path, zip, file), shown));
    }
    return arrays;
  });
}

async function readWhole(path: string, zip: ZipArchive, file: ZipEntry): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  let done = 0;
  for await (const piece of zip.read(file)) {
    // The memory is taken when the first piece is there, and in one go: the array is a view of it.
    bytes ??= allocate(path, file.size);
    bytes.set(piece, done);
    done += piece.length;
  }
  return bytes ?? new Uint8Array(0);
}

function allocate(path: string, size: number): Uint8Array {
  try {
    return new Uint8Array(size);
  } catch {
    throw fileProblem(path, "read", new Error(`this machine has no ${formatBytes(size)} of memory for it`));
  }
}
