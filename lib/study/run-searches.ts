import { existsSync } from "node:fs";

import { formatDuration } from "../display/progress";
import { showText } from "../display/text";
import { describeDifferences, findDifferences } from "../runs/differences";
import { readRun } from "../runs/read-run";
import { Problem } from "../runtime/problem";
import { readSearch, type SearchRecords } from "../search/read-search";
import { checkSearch } from "../search/search-options";
import { upgradeStored } from "../space/upgrade";
import { readTrialSearch, type TrialSearchResult } from "../trials/trial-record";
import type { Unit } from "../units/unit";
import { isSealed } from "../units/unit-folder";
import { driveUnits } from "./drive-units";
import { forecastStudy, tellForecast } from "./forecast";
import { isByTrials } from "./found-by";
import { notebookOf, searchFolder } from "./layout";
import type { Study } from "./open-study";
import { requireRecorded } from "./study-facts";
import { watchSearches } from "./watch-searches";

/** A search of a study, as its records tell it. */
export interface StudySearchRecords extends SearchRecords {
  readonly seed: number;
}

/**
 * Runs the searches of a study, one for each of its seeds, as its settings say and not otherwise. What is done is not done again;
 * what was cut off goes on. Before the first of them stands what the whole study computes, and how long on this machine.
 *
 * @returns What each recorded, in the order of the seeds; nothing of searches by trials, which `readSearches` reads.
 * @throws {Problem} Where the study's settings are not those of its folder, or a folder has a search of others.
 * @throws {Interrupted} Where the cell is interrupted; all is saved, and the same call goes on.
 */
export async function runSearches(study: Study): Promise<StudySearchRecords[]> {
  requireRecorded(study);
  const own = ({ kind, of }: Unit) => kind === "search" && of.strategy === study.found.slug;
  const open = study.settings.search.seeds.filter((seed) => !isSealed(searchFolder(study, seed)));
  if (open.length > 0) tellForecast(await forecastStudy(study));
  await driveUnits(study, own, { watch: watchSearches(study) });
  requireSearches(study);
  if (isByTrials(study)) {
    for (const seed of study.settings.search.seeds) tellTrials(seed, readTrialSearch(searchFolder(study, seed)));
    return [];
  }
  return study.settings.search.seeds.map((seed) => {
    const records = readSearch(searchFolder(study, seed));
    showText(`The search with the seed ${seed} took ${formatDuration(records.seconds)}.`);
    return { seed, ...records };
  });
}

function tellTrials(seed: number, { trials, accounts }: TrialSearchResult): void {
  const { seconds, supernets, sharers } = accounts;
  const share =
    supernets === 0
      ? ""
      : `, ${Math.round(supernets / sharers)} of them its share of ${Math.round(supernets)} for supernets`;
  showText(
    `The search with the seed ${seed} made ${trials.length} trainings in ${Math.round(seconds)} processor seconds${share}.`,
  );
}

/**
 * Makes sure that all searches of a study are done, and that they are the study's own.
 *
 * @throws {Problem} Where one is missing, was cut off or was set otherwise, with what to do.
 */
export function requireSearches({ settings, name, path }: Pick<Study, "settings" | "name" | "path">): void {
  for (const seed of settings.search.seeds) {
    const folder = searchFolder({ settings, path }, seed);
    const run = existsSync(folder) ? readRun(folder, { upgrade: upgradeStored }) : null;
    if (run?.finished !== true) {
      throw new Problem(
        `The search with the seed ${seed} of ${name} is ${run === null ? "missing" : "not done"}.`,
        `Run ${notebookOf("search")} of the same study; it goes on where it was cut off.`,
      );
    }
    // What a search by trials was set to is checked where it is run: the images have a part in it.
    const wanted = isByTrials({ settings }) ? null : checkSearch({ ...settings.search.options, seed });
    const differences = wanted === null ? [] : findDifferences(run.configuration, wanted);
    if (differences.length === 0) continue;
    throw new Problem(
      `${folder} has a search that is not set as the study is: ${describeDifferences(differences)}.`,
      "Move it away and run it anew, or open the study with these settings as its changes.",
    );
  }
}
