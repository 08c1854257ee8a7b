import { closeSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";

import { copyFile } from "../../files/copy-file";
import { explainFailure } from "../../files/explain-failure";
import { openRegular } from "../../files/read-whole";
import { unpackZip } from "../../files/unpack";
import { Problem } from "../../runtime/problem";
import { walkFiles } from "../own/walk-files";
import type { DataSet } from "../sets/data-set";
import { findDataSet } from "../sets/registry";
import { describeFolder } from "../sets/plain-folder";
import { copyOwn, developOwn, keepOwn, surveyOwn, type OwnOptions } from "./import-own";
import { saysAnything } from "./said-options";
import { makeSetFolder } from "./set-folder";

/** What was brought in. */
export interface Imported {
  /** The set's name, as commands take it. */
  readonly name: string;
  /** The folder in the data's root. */
  readonly folder: string;
  /** Where its files lie. */
  readonly found: string;
}

/**
 * Brings files that the user has into the folder with the data sets: archives are unpacked, folders and files copied. The
 * originals stay as they are. What comes out is kept only if it is the data set that it should be.
 *
 * Of a folder of one's own, every file is looked at first and told of; what is nothing of a study, or left out, is not copied.
 *
 * @param name The set's name, or a new one for a folder of one's own.
 * @param paths The files: an archive, a folder, or several that make one set.
 * @param own What is said of a folder of one's own.
 * @throws {Problem} Where a path is missing, the disk full, the set not recognised in what came out, or where something must be
 *   said of a folder of one's own first.
 */
export async function importSet(
  name: string,
  paths: readonly string[],
  root: string,
  own: OwnOptions = {},
): Promise<Imported> {
  const set = knownOrOwn(name);
  if (set.access.kind === "built in") throw new Problem(`${set.title} is computed.`, "There is nothing to bring in.");
  for (const path of paths) {
    if (!existsSync(path))
      throw new Problem(`${path} does not exist.`, "Give the path of the archive or folder that you have.");
    const inside = relative(resolve(path), resolve(root));
    if (inside === "" || (!inside.startsWith("..") && !inside.startsWith(sep) && statSync(path).isDirectory())) {
      throw new Problem(
        `${path} holds the folder with the data sets, ${root}.`,
        "It is there already: name it with --root.",
      );
    }
  }
  const isOwn = set.access.kind === "own files";
  if (!isOwn && saysAnything(own.said ?? {}))
    throw new Problem(`${set.title} is read as it was published.`, "What can be described is a folder of your own.");
  const [path] = paths as [string, ...string[]];
  const folder = makeSetFolder(root, set.name);
  const [staging, developed] = [join(folder, ".import.part"), join(folder, ".dicom.part")];
  const clear = () => {
    for (const part of [staging, developed]) rmSync(part, { recursive: true, force: true });
  };
  clear();
  try {
    mkdirSync(staging);
    const whole = isOwn && paths.length === 1 && statSync(path).isDirectory();
    if (!whole) for (const one of paths) await take(one, staging, paths.length > 1);
    if (isOwn) {
      // Nothing is copied before it is told what it is.
      const { folder: source, options } = await namedAs(paths, staging, () =>
        developOwn(whole ? path : staging, developed, own),
      );
      const survey = await namedAs(paths, source, () => surveyOwn(source, options));
      if (source === staging) keepOwn(survey);
      else {
        rmSync(staging, { recursive: true });
        mkdirSync(staging);
        copyOwn(survey, staging);
        rmSync(developed, { recursive: true, force: true });
      }
    }
    const found = isOwn ? staging : set.recognise(staging);
    if (found === null) throw notRecognised(set, paths);
    for (const entry of readdirSync(staging)) renameSync(join(staging, entry), join(folder, entry));
    rmSync(staging, { recursive: true });
    return { name: set.name, folder, found: join(folder, relative(staging, found)) };
  } catch (error) {
    clear();
    removeIfEmpty(folder);
    throw error;
  }
}

// Messages name what the person gave, and no folder of this work.
async function namedAs<T>(paths: readonly string[], folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const named = (text: string) => text.replaceAll(folder, paths.join(", "));
    throw new Problem(named(error.what), named(error.fix));
  }
}

function knownOrOwn(name: string): DataSet {
  try {
    const set = findDataSet(name);
    if (set.name !== "folder") return set;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  return describeFolder(name);
}

async function take(path: string, staging: string, severalPaths: boolean): Promise<void> {
  const name = basename(resolve(path));
  if (statSync(path).isDirectory()) {
    // A single folder becomes the set's folder; of several, each keeps its name.
    copy(path, severalPaths ? join(staging, name) : staging);
  } else if (/\.zip$/i.test(name)) {
    await unpackZip({ archive: path, folder: join(staging, name.replace(/\.zip$/i, "")) });
  } else {
    copy(path, join(staging, name));
  }
}

// Each folder once, and only true files: a link that leads out of the folder would bring in what nobody meant.
function copy(from: string, to: string): void {
  try {
    if (statSync(from).isDirectory()) {
      for (const { path, parts, refused } of walkFiles(from)) {
        if (refused !== null) {
          throw new Problem(`${path} ${refused}, and is not copied.`, "Put the file itself there, or take it away.");
        }
        copyFile(path, join(to, ...parts));
      }
      return;
    }
    closeSync(openRegular(from).file);
    copyFile(from, to);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `${from} could not be copied to ${to}: ${explainFailure(error).reason}.`,
      explainFailure(error).fix,
    );
  }
}

function notRecognised(set: DataSet, paths: readonly string[]): Problem {
  return new Problem(
    `${paths.join(", ")} is not ${set.title}, as far as its files' names tell.`,
    `Look whether it is whole; it is kept at ${set.homepage}.`,
  );
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
