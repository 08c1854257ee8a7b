import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { formatDuration } from "../display/progress";
import { showTable, type TableCell } from "../display/table";
import { showText } from "../display/text";
import { listSets, type ListedSet } from "../data/sets/list-sets";
import { dataRoot, resultsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { chosenStudy } from "./chosen-study";
import { estimateWork, type StudyImages } from "./estimate-work";
import { layout, placeIn } from "./layout";
import { measureSpeed, secondsOf, type Speed } from "./measure-speed";
import { settingsOf } from "./settings-of";
import { readFacts } from "./study-facts";
import { countDone } from "./study-progress";
import { profileNames } from "./study-settings";

/** Images of the phantoms. */
const phantoms = 240;

/** Rows for tables. */
type Rows = Record<string, TableCell>[];

/**
 * Lists the profiles with what a study by each takes on this machine, for every data set that is here.
 *
 * @param root The folder with the data sets; default: `SONONAS_DATA`, else `data/`.
 * @returns One row a profile.
 */
export function listCosts(speed: Speed, root: string = dataRoot()): Rows {
  const sets = listSets(root).filter((set) => set.folder !== null || set.access === "built in");
  return profileNames.map((profile) => {
    const times = sets.flatMap((set): [string, string][] => {
      const images = imagesOf(set);
      if (images === null) return [];
      const seconds = secondsOf(estimateWork(settingsOf({ profile, dataset: set.name }), images), speed);
      return [[`on ${set.name}`, `about ${formatDuration(roundTo(seconds))}`]];
    });
    const { purpose } = settingsOf({ profile, dataset: "phantom" });
    return { profile, ...Object.fromEntries(times), "what it is": purpose };
  });
}

/**
 * Lists the studies that are in a folder of results, and how far each is.
 *
 * @param root The folder; default: the project's.
 * @returns One row a study; one that cannot be read says why.
 */
export function listBegun(root: string = resultsRoot): Rows {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, layout.facts.place)))
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const place = placeIn(join(root, name));
      try {
        const { settings, dataset, changes } = readFacts(place)!;
        const { done, total } = countDone({ ...place, settings });
        const changed = Object.keys(changes).length === 0 ? "none" : JSON.stringify(changes);
        return {
          study: name,
          profile: settings.profile,
          "data set": dataset,
          changes: changed,
          done: `${done} of ${total}`,
        };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return { study: name, profile: null, "data set": null, changes: null, done: error.what };
      }
    });
}

/**
 * Shows what there is to choose from: the profiles with what they take on this machine, the data sets that are here, the studies
 * that were begun, and which study is chosen. It takes some seconds.
 */
export function showChoices(): void {
  showTable(listCosts(measureSpeed()), { caption: "Profiles, and what a study takes on this machine" });
  showText(
    "The times are estimated: the multiply-adds of all searches, trainings and predictions, at the speed of a few steps of two networks just now, and some seconds for each process. Expect half to twice of it.",
  );
  const begun = listBegun();
  if (begun.length > 0) {
    showTable(begun, { caption: "Studies on this machine, and how many of their runs and trainings are done" });
  }
  showText(
    `Chosen is ${chosenStudy().name}. To choose another: study.chooseStudy({ profile: "quick", dataset: "bus-bra" }), or npm run lab -- --profile quick --dataset bus-bra.`,
  );
}

function imagesOf({ name, images }: ListedSet): StudyImages | null {
  if (name === "phantom") return { images: phantoms, folds: 5 };
  const count = (images.benign ?? 0) + (images.malignant ?? 0);
  return count === 0 ? null : { images: count, folds: name.startsWith("breastmnist") ? 1 : 5 };
}

// Whole minutes, and from an hour on whole tens of them: more is not known.
function roundTo(seconds: number): number {
  const step = seconds < 3600 ? 60 : 600;
  return Math.max(step, Math.round(seconds / step) * step);
}
