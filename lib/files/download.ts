import { closeSync, mkdirSync, readSync, renameSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";

import * as v from "valibot";

import { callback, passed, positive, text, wholeNumber, pattern } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { systemClock, type Clock } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { hashFile } from "./checksum";
import { askServer, type Answer } from "./download-request";
import { findPart, removePart, writeNote, type PartialFile } from "./download-part";
import { fileProblem } from "./explain-failure";
import { formatBytes, requireFreeSpace } from "./free-space";
import { openRegular } from "./read-whole";
import { flushFolder } from "./write-atomically";

const expectedSchema = v.strictObject({
  /** Its MD5 in hexadecimal digits. */
  md5: v.optional(pattern(/^[0-9a-f]{32}$/i, "an MD5 sum: 32 hexadecimal digits")),
  /** Its SHA-256 in hexadecimal digits. */
  sha256: v.optional(pattern(/^[0-9a-f]{64}$/i, "a SHA-256 sum: 64 hexadecimal digits")),
  /** Its length in bytes. */
  bytes: v.optional(wholeNumber()),
});

/** What is known of a file before it is downloaded. @interface */
export type ExpectedFile = v.InferInput<typeof expectedSchema>;

const downloadOptions = v.strictObject({
  /** Where from: an address that begins with http:// or https://. Redirections are followed. */
  url: passed<string>("an address that begins with https://", isAddress),
  /** Where to. Its folder is made. What is there so far is kept beside as FILE.part and FILE.part.json. */
  file: text("a file"),
  /** What is known of it; default: nothing. */
  expected: v.optional(expectedSchema, {}),
  /** Is told after each piece how many bytes of how many are there, null where the server does not say. Default: nobody. */
  onProgress: v.optional(callback<(done: number, total: number | null) => void>()),
  /** Stops the download; what is there so far stays. Default: nothing stops it. */
  signal: v.optional(passed<AbortSignal>("an AbortSignal", (given) => given instanceof AbortSignal)),
  /** For how many seconds the server may send nothing, above 0; default: 60. */
  timeoutSeconds: v.optional(positive(), 60),
  /** The most bytes that are taken, where neither the set nor the server says how many there are; default: 50 GB. */
  mostBytes: v.optional(positive(), 50e9),
  /** The fewest bytes a second, on average over `timeoutSeconds`, above 0; default: 1000. A day is then 86 MB. */
  leastSpeed: v.optional(positive(), 1000),
  /** Where the time comes from; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
});

/** What to download, and how. @interface */
export type DownloadOptions = v.InferInput<typeof downloadOptions>;

type Settings = v.InferOutput<typeof downloadOptions>;

/**
 * Downloads a file whole or not at all: it has its name only when all of it is there and its checksums are right. A download
 * that was interrupted is carried on where it stopped, unless the file has changed at the server. Only one at a time may
 * download to the same file.
 *
 * @returns "there already" where the file is there and is the expected one, which without checksums and length it always is.
 * @throws {Problem} Where the server cannot be reached, does not give the file, or gives another one; where the disk is full;
 *   where it was stopped. The message says what to do, which mostly is to run again.
 */
export async function download(options: DownloadOptions): Promise<"downloaded" | "there already"> {
  const settings = checkOptions("download", downloadOptions, options);
  if (await isThere(settings)) return "there already";
  try {
    mkdirSync(dirname(settings.file), { recursive: true });
  } catch (error) {
    throw fileProblem(settings.file, "written", error);
  }
  const part = findPart(settings.file, settings.url, hasSum(settings));
  if (!(hasSum(settings) && part.bytes === (settings.expected.bytes ?? part.note?.total)))
    await fetchRest(settings, part);
  await accept(settings, part.path);
  return "downloaded";
}

const hasSum = ({ expected }: Settings) => expected.md5 !== undefined || expected.sha256 !== undefined;

function isAddress(url: unknown): boolean {
  try {
    return ["http:", "https:"].includes(new URL(url as string).protocol);
  } catch {
    return false;
  }
}

async function isThere({ file, expected, onProgress }: Settings): Promise<boolean> {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.isDirectory()) throw new Problem(`${file} is a folder, expected a file or nothing.`, "Choose another name.");
  if ((await mismatchOf(file, expected)) !== null) return false;
  onProgress?.(stat.size, stat.size);
  return true;
}

// Says how a file differs from the expected one; null where it does not.
async function mismatchOf(file: string, { bytes, md5, sha256 }: ExpectedFile): Promise<string | null> {
  const found = statSync(file).size;
  if (bytes !== undefined && bytes !== found) return `has ${found} bytes, expected ${bytes}`;
  for (const [algorithm, title, sum] of [["md5", "MD5", md5] as const, ["sha256", "SHA-256", sha256] as const]) {
    const hash = sum === undefined ? undefined : await hashFile(file, algorithm);
    if (hash !== sum?.toLowerCase()) return `has the ${title} sum ${hash!}, expected ${sum!.toLowerCase()}`;
  }
  return null;
}

async function fetchRest(settings: Settings, part: PartialFile): Promise<void> {
  const tooLong = part.bytes > (settings.expected.bytes ?? Infinity);
  const answer = await askServer({ ...settings, part: tooLong ? { ...part, bytes: 0 } : part });
  try {
    if (answer.kind === "contents") await receive(settings, part.path, answer);
  } finally {
    await answer.close();
  }
}

async function receive(settings: Settings, path: string, answer: Extract<Answer, { kind: "contents" }>): Promise<void> {
  const { url, file, expected, mostBytes, onProgress } = settings;
  const { from, total, validator } = answer;
  if (expected.bytes !== undefined && total !== null && total !== expected.bytes) {
    removePart(file);
    throw otherFile(settings, `has ${total} bytes, expected ${expected.bytes}`);
  }
  const most = Math.min(expected.bytes ?? total ?? mostBytes, mostBytes);
  if (total !== null) await requireFreeSpace(dirname(file), total - from, file);
  let done = from;
  const pace = watchPace(settings, from);
  try {
    // Emptied before the note is written: an old part must never stand beside a new note.
    const handle = await open(path, from === 0 ? "w" : "a");
    try {
      if (from === 0) writeNote(file, { url, validator, total });
      for (;;) {
        const piece = await answer.next(done);
        if (piece === null) break;
        done += piece.length;
        if (done > most) break;
        pace.check(done);
        await handle.appendFile(piece);
        onProgress?.(done, total);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === undefined ? error : fileProblem(path, "written", error);
  }
  if (done > most) {
    removePart(file);
    throw otherFile(settings, `has more than ${most} bytes, expected ${most}`);
  }
  if (total !== null && done < total) {
    throw new Problem(
      `${url} ended after ${formatBytes(done)} of ${formatBytes(total)}.`,
      "Run again: it continues where it stopped.",
    );
  }
}

// A server that sends a byte now and then is never silent, and never done.
function watchPace({ url, timeoutSeconds, leastSpeed, clock }: Settings, from: number) {
  let [since, bytes] = [clock.seconds(), from];
  return {
    check(done: number): void {
      const seconds = clock.seconds() - since;
      if (seconds < timeoutSeconds) return;
      const speed = (done - bytes) / seconds;
      if (speed < leastSpeed) {
        throw new Problem(
          `${url} came at ${Math.round(speed)} bytes a second, expected ${leastSpeed} at least.`,
          "Run again: it continues where it stopped. If it stays slow, download it by another way.",
        );
      }
      [since, bytes] = [clock.seconds(), done];
    },
  };
}

// A server that asks for a log-in, or has moved the file, gives a page for people in place of it.
function requireNoPage(settings: Settings, path: string): void {
  if (/\.html?$/i.test(settings.file)) return;
  const { file, size } = openRegular(path);
  try {
    const begin = Buffer.alloc(Math.min(size, 512));
    readSync(file, begin, 0, begin.length, 0);
    if (!/^\s*(?:<!doctype html|<html[\s>])/i.test(begin.toString("latin1").replace(/^\xef\xbb\xbf/, ""))) return;
  } finally {
    closeSync(file);
  }
  removePart(settings.file);
  throw otherFile(settings, "is a web page, and not the file");
}

// Gives the part its name, if it is what was expected.
async function accept(settings: Settings, path: string): Promise<void> {
  const { file, expected } = settings;
  requireNoPage(settings, path);
  const mismatch = await mismatchOf(path, expected);
  if (mismatch !== null) {
    removePart(file);
    throw otherFile(settings, mismatch);
  }
  try {
    renameSync(path, file);
  } catch (error) {
    throw fileProblem(file, "written", error);
  }
  removePart(file);
  flushFolder(dirname(file));
}

function otherFile({ url, file }: Settings, why: string): Problem {
  return new Problem(
    `What ${url} gives ${why}. It was not kept.`,
    `Run again; if it stays, the file has changed there: look at its page, or download it by hand to ${file}.`,
  );
}
