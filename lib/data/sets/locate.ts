import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../../runtime/problem";
import type { DataSet } from "./data-set";
import { listFolder } from "./find-folder";
import { plainName } from "./plain-name";

/**
 * Finds a data set on this machine: in a folder of its name below the data's root, else anywhere in the root, which may
 * also be the set's own folder.
 *
 * @throws {Problem} Where it is not there; says what was looked for and how to get it.
 */
export function locateDataSet(set: DataSet, root: string): string {
  const found = tryLocate(set, root);
  if (found !== null) return found;
  // The set that is missing is named, and how to get it.
  for (const part of set.parts ?? []) locateDataSet(part, root);
  if (!existsSync(root))
    throw new Problem(
      `The folder with the data, ${root}, does not exist.`,
      "Name another with --root or SONONAS_DATA, or make it.",
    );
  if (!statSync(root).isDirectory())
    throw new Problem(
      `${root} is a file, expected the folder with the data.`,
      "Name the folder with --root or SONONAS_DATA.",
    );
  throw new Problem(`${set.title} was not found in ${root}.`, howToGet(set));
}

/**
 * Finds a data set on this machine, or not.
 *
 * @returns The set's folder; null where it is not there.
 */
export function tryLocate(set: DataSet, root: string): string | null {
  if (set.access.kind === "built in") return root;
  if (set.parts !== undefined) return set.recognise(root);
  const names = [set.name, ...set.aliases].map(plainName);
  const own = listFolder(root).folders.filter((name) => names.includes(plainName(name)));
  for (const folder of [...own.map((name) => join(root, name)), root]) {
    const found = set.recognise(folder);
    if (found !== null) return found;
  }
  return null;
}

/** Says how to get a data set. */
export function howToGet({ name, access }: DataSet): string {
  if (access.kind === "download")
    return `npm run data -- fetch ${name} downloads it; or name its folder with --root or SONONAS_DATA.`;
  return access.kind === "built in" ? "It is computed, there is nothing to get." : `${access.how}.`;
}
