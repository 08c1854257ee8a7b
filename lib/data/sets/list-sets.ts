import { join } from "node:path";

import type { TableCell } from "../../display/table";
import type { DataSet } from "./data-set";
import { listFolder } from "./find-folder";
import { tryLocate } from "./locate";
import { describeFolder } from "./plain-folder";
import { dataSets } from "./registry";

/** A data set, and whether it is on this machine. */
export interface ListedSet {
  readonly name: string;
  readonly title: string;
  /** Its images by class, as published; empty where that depends on the user. */
  readonly images: Readonly<Record<string, number>>;
  readonly access: DataSet["access"]["kind"];
  readonly licence: string;
  readonly citation: string;
  readonly homepage: string;
  /** Its folder on this machine; null where it is not there. */
  readonly folder: string | null;
}

/** Lists the data sets that the project knows, and the folders of one's own that lie in the root. */
export function listSets(root: string): ListedSet[] {
  const known = dataSets.map((set) => listed(set, set.access.kind === "built in" ? null : tryLocate(set, root)));
  const taken = known.flatMap(({ folder }) => folder ?? []);
  const own = listFolder(root)
    .folders.map((name) => describeFolder(name))
    .filter((set) => set.recognise(join(root, set.name)) !== null)
    // The folder of a known set may look like one of one's own.
    .filter(({ name }) => !taken.some((folder) => `${folder}/`.startsWith(`${join(root, name)}/`)));
  return [...known, ...own.map((set) => listed(set, join(root, set.name)))];
}

function listed(set: DataSet, folder: string | null): ListedSet {
  return {
    name: set.name,
    title: set.title,
    images: set.expected?.images ?? {},
    access: set.access.kind,
    licence: set.licence,
    citation: set.citation,
    homepage: set.homepage,
    folder,
  };
}

/** Makes a table of the data sets. */
export function tableOfSets(sets: readonly ListedSet[]): Record<string, TableCell>[] {
  return sets.map(({ name, images, access, folder, licence }) => ({
    name,
    images: Object.entries(images)
      .map(([label, count]) => `${count} ${label}`)
      .join(", "),
    "how to get it": access,
    here: access === "built in" ? "always" : folder === null ? "no" : "yes",
    licence: licence.replace(/[,;:].*$/, ""),
  }));
}
