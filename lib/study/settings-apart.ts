import type { TableCell } from "../display/table";
import { canonicalJson } from "../files/canonical-json";
import { isPlainObject } from "../runs/json";

/** What changes no result, or is in the study's name. */
const untold: readonly string[] = ["profile", "purpose", "workers"];

/**
 * Lists what studies differ in, and nothing else.
 *
 * @returns One row a setting that is not the same in all of them, in the order of their paths, with a column a study: the value as
 *   JSON, or null where a study has no such setting.
 */
export function settingsApart(
  studies: readonly { readonly name: string; readonly settings: object }[],
): Record<string, TableCell>[] {
  const leaves = studies.map(({ settings }) => new Map(leavesOf("", settings)));
  const paths = [...new Set(leaves.flatMap((own) => [...own.keys()]))].sort();
  return paths
    .filter((path) => !untold.includes(path) && new Set(leaves.map((own) => own.get(path))).size > 1)
    .map((path) => ({
      setting: path,
      ...Object.fromEntries(studies.map(({ name }, index) => [name, leaves[index]!.get(path) ?? null])),
    }));
}

// A list is one value: that its third member differs says little.
function leavesOf(path: string, value: unknown): [string, string][] {
  if (!isPlainObject(value) || Object.keys(value).length === 0) return [[path, canonicalJson(value)]];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(path === "" ? key : `${path}.${key}`, one));
}
