import { join } from "node:path";

import { needsLesion, needsMask } from "../data/prepare/configuration";
import { groupOf } from "../data/records/record";
import type { LoadedSet } from "../data/sets/load";
import type { Fold } from "../data/split/split";
import { folderNameOf } from "../files/folder-name";
import type { ReleaseData } from "../release/card";
import type { ReleasedFinder } from "../release/finder-files";
import { readOutcome } from "../runs/outcome";
import { Problem } from "../runtime/problem";
import { chooseSure } from "../segment/choose-sure";
import { evaluateOutlines, outlineTable } from "../segment/evaluate-outlines";
import { outlinesFolder, readOutlines, trainingFolder } from "../segment/outlines-folder";
import { loadSegmentation, type TrainedSegmentation } from "../segment/train-segmentation";
import { namesOfTested } from "../train/test-door";
import type { Study } from "./open-study";
import { outlinesOf } from "./study-images";

/**
 * Says which finder is released with a network of a study: that of the outlines that it was given, or which are named.
 *
 * @param named The folder of a cross-fitting; null: the one that the study takes its outlines from.
 * @returns The folder; null where there is none.
 * @throws {Problem} Where another folder is named than the one that the study takes its outlines from, or where the network was given the
 *   expert's outlines: it reads the class in how an expert draws, and is far worse on what a finder draws.
 */
export function finderFolderOf(study: Pick<Study, "settings" | "prepared">, named: string | null): string | null {
  const own = outlinesOf(study.settings);
  if (named === null) return own?.of === "all" && needsLesion(study.prepared.configuration) ? own.folder : null;
  if (own !== null && own.folder !== named) {
    throw new Problem(
      `The finder of ${named} was to be released with a network that was tested on outlines of ${own.folder}: they outline differently.`,
      "Release the finder of the study's own outlines, or none.",
    );
  }
  if (own?.of !== "all" && needsMask(study.prepared.configuration)) {
    throw new Problem(
      "A finder was to be released with a network that was given the expert's outlines, which tell the class by how they are drawn: it would be given others.",
      `Train a study on found outlines: --set 'outlines={"folder":"${named}","of":"all"}'.`,
    );
  }
  return named;
}

/**
 * Reads the finder of a fold to be released, with what it learned from, what it reached on the images that the fold tests, and from when on
 * it is sure, which is chosen on the images of the other folds.
 *
 * @param folder The folder of the cross-fitting.
 * @param loaded The set, with all of its images.
 * @returns The finder; the caller disposes its weights.
 * @throws {Problem} Where the fold is not done, or the finder has seen a patient whom the fold tests.
 */
export function readFinderOfFold(
  folder: string,
  loaded: LoadedSet,
  fold: Fold,
): ReleasedFinder & { readonly network: TrainedSegmentation } {
  const place = join(folder, folderNameOf(fold.name));
  if (readOutcome(join(place, outlinesFolder)) === null) {
    throw new Problem(
      `The finder of ${fold.name} in ${folder} is not done.`,
      "Let npm run segment do it, or release a network of a fold that is done.",
    );
  }
  const { rows } = readOutlines(folder, loaded);
  const network = loadSegmentation(join(place, trainingFolder));
  try {
    requireUnseen(network.seen, loaded, fold);
    const own = rows.filter((row) => row.fold === fold.name);
    const known = own.filter(({ agreement }) => agreement !== null);
    const part = (name: string, ids: readonly string[]) =>
      dataOf(loaded, `${loaded.set.title}, ${name} of ${fold.name}`, ids);
    return {
      network,
      sure: chooseSure(
        rows.filter((row) => row.fold !== fold.name),
        "the other folds, each outlined by a network that had not seen the patient",
      ),
      data: part("training part", network.seen),
      testData:
        known.length === 0
          ? null
          : part(
              "test part",
              known.map(({ id }) => id),
            ),
      results:
        known.length === 0
          ? []
          : outlineTable(evaluateOutlines(known).slice(0, 1)).map(({ group: _, ...row }) => row as ReleasedRow),
    };
  } catch (error) {
    network.weights.dispose();
    throw error;
  }
}

type ReleasedRow = NonNullable<ReleasedFinder["results"]>[number];

function requireUnseen(seen: readonly string[], { records }: LoadedSet, fold: Fold): void {
  const groups = new Map(records.map((record) => [record.id, groupOf(record)]));
  const known = new Set(seen.map((id) => groups.get(id)));
  const both = namesOfTested(fold).filter((id) => known.has(groups.get(id)));
  if (both.length === 0) return;
  throw new Problem(
    `The finder of ${fold.name} has learned from patients of ${both.length} images that ${fold.name} tests, "${both[0]!}" first: what the release says that it reached would not hold.`,
    "Cross-fit on the folds of the study.",
  );
}

function dataOf({ records, set }: LoadedSet, name: string, ids: readonly string[]): ReleaseData {
  const own = new Set(ids);
  const patients = records.flatMap(({ id, patient }) => (own.has(id) ? [patient] : []));
  return {
    ...{ name, hash: null, licence: set.licence, images: ids.length },
    patients: patients.includes(undefined) ? null : new Set(patients).size,
  };
}
