import { createHash } from "node:crypto";
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";

import { canonicalJson } from "../../files/canonical-json";
import { writeAtomically } from "../../files/write-atomically";
import type { Finding } from "../records/finding";
import { compareFiles, type FileIdentities } from "./source-files";

/** Prepared images as the cache keeps them. */
export interface CacheContent {
  readonly ids: readonly string[];
  /** Their numbers, one image after the other. float32. */
  readonly pixels: Float32Array;
  /** SHA-256 of these numbers' bytes. */
  readonly pixelsHash: string;
  /** Which images could not be prepared. */
  readonly leftOut: readonly Finding[];
}

/** What lies in a folder of the cache: nothing, images that hold, images of files that changed since, or something broken. */
export type CacheState =
  | { readonly kind: "none" }
  | { readonly kind: "fresh"; readonly content: CacheContent }
  | { readonly kind: "changed"; readonly files: readonly string[] }
  | { readonly kind: "damaged"; readonly reason: string };

/** What `manifest.json` holds beside `pixels.bin`. */
interface Manifest {
  readonly ids: readonly string[];
  /** Numbers of one image. */
  readonly imageLength: number;
  readonly pixelsHash: string;
  readonly leftOut: readonly Finding[];
  readonly files: FileIdentities;
}

/**
 * Computes the hash by which the cache knows numbers.
 *
 * @returns SHA-256 in 64 hexadecimal digits.
 */
export function hashPixels(pixels: Float32Array): string {
  return createHash("sha256").update(bytesOf(pixels)).digest("hex");
}

/** Reads images from the cache, after looking whether they are whole and whether their files are what they were. */
export async function readCache(folder: string, imageLength: number): Promise<CacheState> {
  let text: string;
  try {
    text = readFileSync(join(folder, "manifest.json"), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? { kind: "none" } : { kind: "damaged", reason: message };
  }
  const manifest = parseManifest(text);
  if (manifest?.imageLength !== imageLength) return { kind: "damaged", reason: "manifest.json is damaged" };
  const { changed, current } = await compareFiles(manifest.files);
  if (changed.length > 0) return { kind: "changed", files: changed };
  let pixels: Float32Array;
  try {
    pixels = readPixels(join(folder, "pixels.bin"), manifest);
  } catch (error) {
    return { kind: "damaged", reason: (error as Error).message };
  }
  // Files that were only touched would be read again each time.
  if (canonicalJson(current) !== canonicalJson(manifest.files))
    tryWriteManifest(folder, { ...manifest, files: current });
  return {
    kind: "fresh",
    content: { ids: manifest.ids, pixels, pixelsHash: manifest.pixelsHash, leftOut: manifest.leftOut },
  };
}

/**
 * Writes images into the cache. Both files appear whole or not at all, the numbers first; whatever another process writes
 * at the same time, readers see by the hash whether the two belong together.
 *
 * @param folder The folder of these images; made where it is missing.
 * @throws Where the disk is full or the folder cannot be written.
 */
export function writeCache(folder: string, content: CacheContent, files: FileIdentities): void {
  const { ids, pixels, pixelsHash, leftOut } = content;
  mkdirSync(folder, { recursive: true });
  writeAtomically(join(folder, "pixels.bin"), bytesOf(pixels));
  const imageLength = ids.length === 0 ? 0 : pixels.length / ids.length;
  writeManifest(folder, { ids, imageLength, pixelsHash, leftOut, files });
}

function writeManifest(folder: string, manifest: Manifest): void {
  const text = canonicalJson(manifest);
  writeAtomically(
    join(folder, "manifest.json"),
    `${JSON.stringify({ check: hashText(text), manifest: JSON.parse(text) as Manifest })}\n`,
  );
}

function tryWriteManifest(folder: string, manifest: Manifest): void {
  try {
    writeManifest(folder, manifest);
  } catch {
    // A cache that can only be read serves as well.
  }
}

// Only a manifest whose own hash is right is looked into, so that its form need not be checked.
function parseManifest(text: string): Manifest | null {
  try {
    const { check, manifest } = JSON.parse(text) as { check: string; manifest: Manifest };
    return hashText(canonicalJson(manifest)) === check ? manifest : null;
  } catch {
    return null;
  }
}

// Piece by piece into the array itself: sets of gigabytes fit neither twice into memory nor into one read.
function readPixels(path: string, { ids, imageLength, pixelsHash }: Manifest): Float32Array {
  const piece = 1 << 26;
  const pixels = new Float32Array(ids.length * imageLength);
  const bytes = bytesOf(pixels);
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (size !== bytes.length) throw new Error(`pixels.bin has ${size} bytes, expected ${bytes.length}`);
    for (let start = 0; start < bytes.length;) {
      const read = readSync(file, bytes, start, Math.min(piece, bytes.length - start), start);
      if (read === 0) throw new Error("pixels.bin ended while it was read");
      hash.update(bytes.subarray(start, start + read));
      start += read;
    }
  } finally {
    closeSync(file);
  }
  if (hash.digest("hex") !== pixelsHash) throw new Error("pixels.bin does not have the hash that manifest.json states");
  return pixels;
}

const hashText = (text: string) => createHash("sha256").update(text).digest("hex");

// In the machine's own byte order: TensorFlow runs on little-endian machines alone.
const bytesOf = (pixels: Float32Array) => new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
