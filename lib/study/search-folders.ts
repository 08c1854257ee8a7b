import { existsSync } from "node:fs";

import { readRun } from "../runs/read-run";
import { Problem } from "../runtime/problem";
import type { Study } from "./open-study";

/**
 * Gives the folder of one of a study's searches.
 *
 * @param study The study.
 * @param seed The search's seed.
 * @param strategy What proposed architectures; default: "enas".
 * @returns Its path.
 */
export function searchFolder(
  study: Pick<Study, "path">,
  seed: number,
  strategy: "enas" | "uniform" | "evolution" = "enas",
): string {
  return study.path("search", `${strategy}-seed-${seed}`);
}

/**
 * Makes sure that all searches of a study are done.
 *
 * @param study The study.
 * @throws {Problem} Where one is missing or was cut off, with what to do.
 */
export function requireSearches({ settings, name, path }: Pick<Study, "settings" | "name" | "path">): void {
  for (const seed of settings.search.seeds) {
    const folder = searchFolder({ path }, seed);
    if (existsSync(folder) && readRun(folder).finished) continue;
    throw new Problem(
      `The search with the seed ${seed} of ${name} is ${existsSync(folder) ? "not done" : "missing"}.`,
      "Run 03_enas_search with the same profile and data set; it goes on where it was cut off.",
    );
  }
}
