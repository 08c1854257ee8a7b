import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";

import { readComparison } from "../compare/comparison-file";
import type { ComparisonRow } from "../compare/comparison-rows";
import { resultsRoot } from "../runtime/environment";
import { nearestOf } from "../runtime/nearest";
import { Problem } from "../runtime/problem";
import { layout, notebookOf, placeIn, placeOf, type StudyPartName, type StudyPlace } from "../study/layout";
import { listStudies } from "../study/standing-study";
import { readFacts, type StudyFacts } from "../study/study-facts";
import { readWinner, type Winner } from "../study/winner";

/** What of a study a site shows. */
export interface SiteContents extends StudyPlace {
  readonly name: string;
  readonly dataset: string;
  /** By which its networks are built. */
  readonly settings: StudyFacts["settings"];
  /** The found networks; null where the study has not chosen them yet. */
  readonly winner: Winner | null;
  /** The rows of the comparison; null where there is none yet. */
  readonly comparison: readonly ComparisonRow[] | null;
  /** The report's file, and the release's folder; null where there is none. */
  readonly report: string | null;
  readonly release: string | null;
  /** What is not there yet, as sentences that say what makes it. */
  readonly missing: readonly string[];
}

/**
 * Reads what a site shows of a study: from its folder alone, of a study that ran here or was published.
 *
 * @param given The folder, or its name in `results`.
 * @throws {Problem} Where it is no study, has nothing to show yet, or a file is damaged.
 */
export function readSite(given: string): SiteContents {
  const folder = [resolve(given), join(resultsRoot, given)].find((one) => existsSync(join(one, layout.facts.place)));
  if (folder === undefined) {
    const names = listStudies().map((one) => basename(one));
    const near = nearestOf(given, names);
    throw new Problem(
      `There is no study ${isAbsolute(given) ? given : `"${given}" in ${resultsRoot}`}: no ${layout.facts.place} is there.`,
      near !== null
        ? `Did you mean "${near}"?`
        : names.length === 0
          ? "Run one: npm run study"
          : `There are ${names.join(", ")}.`,
    );
  }
  const study = { ...placeIn(folder), name: basename(folder) };
  const missing: string[] = [];
  const there = (part: StudyPartName, what: string): string | null => {
    const place = placeOf(study, part);
    if (existsSync(place)) return place;
    missing.push(`${what} is not there: ${notebookOf(part)} makes it.`);
    return null;
  };
  const winner = there("winner", "The choice of the found networks") === null ? null : readWinner(study);
  // Studies that were published together have one comparison, beside their folders.
  const published = join(dirname(folder), layout.comparison.place);
  const table = existsSync(published) ? published : there("comparison", "The comparison");
  const { dataset, settings } = readFacts(study)!;
  const contents = {
    ...study,
    dataset,
    settings,
    winner,
    comparison: table === null ? null : readComparison(table),
    report: there("report", "The report"),
    release: there("release", "A trained network, to be tried"),
    missing,
  };
  if (contents.winner !== null || contents.comparison !== null) return contents;
  throw new Problem(
    `${study.name} has nothing to show yet: neither found networks nor a comparison.`,
    `Run it to ${notebookOf("winner")} at least: npm run study`,
  );
}
