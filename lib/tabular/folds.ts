import { existsSync } from "node:fs";
import { join } from "node:path";

import { readFolds } from "../data/audit/read-folds";
import { findSimilar, groupSimilar } from "../data/inspect/duplicates";
import { loadDataSet, type LoadedSet } from "../data/sets/load";
import type { ImageRecord } from "../data/records/record";
import { nested } from "../data/split/nested";
import type { Fold, Split } from "../data/split/split";
import { readSplit, writeSplit } from "../data/split/split-file";
import { readTable } from "../files/table";
import { restoreCell, tableText } from "../files/table-text";
import { writeAtomically } from "../files/write-atomically";
import { dataRoot } from "../runtime/environment";
import { namesOfTested } from "../train/test-door";
import type { Protocol } from "./protocol";

/** The file of a benchmark's folder with its folds. */
const foldsFile = "folds.json";

/** The file with patient and label of each image: with the folds and the logits all that measures are computed from. */
const imagesFile = "images.csv";

/**
 * Keeps the folds of a protocol in its folder: the inner folds of the outer fold whose test part is put aside. What is there
 * stays, and is checked against the images.
 *
 * @param folder The benchmark's folder.
 * @param root The folder with the data sets; default: `SONONAS_DATA`, else `data/`.
 * @returns The split, one fold for each inner fold, and the images.
 * @throws {Problem} Where the images are not there or are others, or a class has too few patients.
 */
export async function keepFolds(
  folder: string,
  { dataset, folds }: Protocol,
  root: string = dataRoot(),
): Promise<{ readonly split: Split; readonly records: readonly ImageRecord[] }> {
  const path = join(folder, foldsFile);
  const loaded = await loadDataSet(dataset, { root });
  const { records, dataHash } = loaded;
  if (!existsSync(path)) {
    const split = splitByProtocol(loaded, folds);
    writeSplit(path, { ...split, folds: innerFoldsOf(split, folds, folds.tested) });
  }
  if (!existsSync(join(folder, imagesFile))) {
    const data = records.map(({ id, patient, label }) => [id, patient ?? "", label === "malignant" ? 1 : 0]);
    writeAtomically(join(folder, imagesFile), tableText(["id", "patient", "label"], data));
  }
  return { split: readSplit(path, { dataHash }), records };
}

/**
 * Makes all folds of a protocol: for each outer fold its inner ones, one after the other, by whole patients and near duplicates.
 *
 * @throws {Problem} Where a class has too few patients.
 */
export function splitByProtocol(
  { records, inspections, set, dataHash }: LoadedSet,
  { outer, inner, seed }: Protocol["folds"],
): Split {
  const nearDuplicates = groupSimilar(findSimilar(inspections), records).map(({ images }) => images);
  return nested(records, { dataset: set.name, dataHash }, { outer, inner, seed, nearDuplicates });
}

/** Finds the inner folds of an outer one, from 1. */
export function innerFoldsOf({ folds }: Split, { inner }: Protocol["folds"], fold: number): readonly Fold[] {
  return folds.slice((fold - 1) * inner, fold * inner);
}

/**
 * Reads which images a benchmark puts aside, without the images themselves.
 *
 * @param folder The benchmark's folder.
 * @returns Their ids, in the order of their logits.
 * @throws {Problem} Where the file is missing or was changed by hand.
 */
export function readPutAsideIds(folder: string): readonly string[] {
  return namesOfTested(readFolds(join(folder, foldsFile)).folds[0]!);
}

/** An image of a benchmark. */
export interface BenchmarkImage {
  readonly id: string;
  /** The patient; null where the set does not say. */
  readonly patient: string | null;
  /** 1 for malignant, 0 for benign. */
  readonly label: 0 | 1;
}

/**
 * Reads patient and label of each image of a benchmark.
 *
 * @param folder The benchmark's folder.
 * @returns The images, by id.
 * @throws {Problem} Where the file is missing or no such table.
 */
export function readImages(folder: string): ReadonlyMap<string, BenchmarkImage> {
  const rows = readTable(join(folder, imagesFile), { columns: ["id", "patient", "label"], delimiter: "," });
  return new Map(
    rows.map((row) => {
      const [id, patient] = [restoreCell(row.id!), restoreCell(row.patient!)];
      return [id, { id, patient: patient === "" ? null : patient, label: row.label === "1" ? 1 : 0 }];
    }),
  );
}
