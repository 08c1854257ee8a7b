import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, rmdirSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

import { concurrently } from "../runtime/concurrent";
import { Problem } from "../runtime/problem";
import { explainFailure, fileProblem } from "./explain-failure";
import { requireFreeSpace } from "./free-space";
import { flushFolder } from "./write-atomically";

/**
 * Writes a folder whole or not at all: it is filled beside, flushed to the disk, and takes its name last. What a run that was
 * killed has left beside is removed by the next.
 *
 * @param folder The folder; it must not exist yet, or be empty.
 * @param bytes How many bytes will be written, which the disk must have free.
 * @throws {Problem} Where the folder has files already, or cannot be written; and what `fill` throws. Nothing is then left.
 */
export async function writeFolder(
  folder: string,
  bytes: number,
  fill: (staging: string) => Promise<void>,
): Promise<void> {
  const target = resolve(folder);
  requireEmpty(target);
  const staging = await makeStaging(target, bytes);
  try {
    await fill(staging);
    await flushAll(staging, target);
    takeName(staging, target);
  } catch (error) {
    removeQuietly(staging);
    throw error;
  }
}

/**
 * Checks that a folder can be written anew.
 *
 * @throws {Problem} Where there is something in it, or where it is a file.
 */
export function requireEmpty(folder: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (explainFailure(error).code !== "ENOENT") throw fileProblem(folder, "written", error);
  }
  if (names.length > 0) {
    const found = names.length === 1 ? `"${names[0]!}"` : `${names.length} files or folders`;
    throw new Problem(
      `${folder} is there already, with ${found} in it.`,
      "Move it away to have it written anew, or choose another folder.",
    );
  }
}

// The name says whose the folder is, so that the next run can tell what a killed one has left.
async function makeStaging(folder: string, bytes: number): Promise<string> {
  const parent = dirname(folder);
  const ours = `.${basename(folder).slice(0, 40)}.partial-${hostname().replace(/[^\w.]/g, "_")}-`;
  try {
    mkdirSync(parent, { recursive: true });
    for (const name of readdirSync(parent)) {
      const owner = name.startsWith(ours) ? /^(\d+)-/.exec(name.slice(ours.length)) : null;
      if (owner !== null && !isRunning(Number(owner[1]))) removeQuietly(join(parent, name));
    }
    await requireFreeSpace(parent, bytes, folder);
    const staging = join(parent, `${ours}${process.pid}-${randomBytes(6).toString("hex")}`);
    mkdirSync(staging);
    return staging;
  } catch (error) {
    throw fileProblem(folder, "written", error);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return explainFailure(error).code !== "ESRCH";
  }
}

// Several at a time: a disk writes them down together.
async function flushAll(staging: string, folder: string): Promise<void> {
  try {
    await concurrently(readdirSync(staging, { recursive: true, encoding: "utf8" }), 8, async (name) => {
      const path = join(staging, name);
      if (statSync(path).isDirectory()) {
        flushFolder(path);
        return;
      }
      const handle = await open(path, "r+");
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
    flushFolder(staging);
  } catch (error) {
    throw fileProblem(folder, "flushed to the disk", error);
  }
}

function takeName(staging: string, folder: string): void {
  try {
    // An empty folder goes; one that has got files meanwhile stays, and with it what is in it.
    rmdirSync(folder);
  } catch (error) {
    if (explainFailure(error).code !== "ENOENT") throw fileProblem(folder, "replaced", error);
  }
  try {
    renameSync(staging, folder);
  } catch (error) {
    throw fileProblem(folder, "written", error);
  }
  flushFolder(dirname(folder));
}

// What cannot be removed must not hide why the folder could not be written.
function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It stays, under a name that the next run knows.
  }
}
