import { existsSync } from "node:fs";

import { readRun } from "../runs/read-run";
import { Problem } from "../runtime/problem";
import { notebookOf, searchFolder } from "./layout";
import type { Study } from "./open-study";

/**
 * Makes sure that all searches of a study are done.
 *
 * @param study The study.
 * @throws {Problem} Where one is missing or was cut off, with what to do.
 */
export function requireSearches({ settings, name, path }: Pick<Study, "settings" | "name" | "path">): void {
  for (const seed of settings.search.seeds) {
    const folder = searchFolder({ settings, path }, seed);
    if (existsSync(folder) && readRun(folder).finished) continue;
    throw new Problem(
      `The search with the seed ${seed} of ${name} is ${existsSync(folder) ? "not done" : "missing"}.`,
      `Run ${notebookOf("search")} of the same study; it goes on where it was cut off.`,
    );
  }
}
