import { join } from "node:path";

import { folderNameOf } from "../files/folder-name";
import { readTable, type TableRow } from "../files/table";
import { restoreCell, tableText } from "../files/table-text";
import { withinFile } from "../files/within-file";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { checkPredictions } from "./check-predictions";
import type { Prediction, PredictionSet } from "./predictions";

const columns = ["id", "patient", "label", "probability", "logit", "fold", "seed", "part"] as const;

/** What is published: of tested images alone, each file of one model. */
const published = ["model", "id", "patient", "label", "probability", "fold", "seed"] as const;

/** What predictions of any origin must have, and what they may. */
const foreign = {
  columns: ["id", "label", "probability"],
  optional: ["model", "patient", "logit", "fold", "seed", "part"],
};

/**
 * Writes predictions as a table of comma-separated values: `id, patient, label, probability, logit, fold, seed, part`. An
 * unknown patient or logit is an empty cell. Numbers have nine significant digits, by which a float32 survives.
 *
 * @param path The file; its folder is made where it is not there. What was there is replaced.
 * @param set The predictions; the model's name is not in the file.
 * @throws {Problem} Where they are not fit to be evaluated (see `checkPredictions`), or the file cannot be written.
 */
export function writePredictions(path: string, set: PredictionSet): void {
  checkPredictions(set);
  const data = set.rows.map((row) => [
    row.id,
    row.patient ?? "",
    row.label,
    formatNumber(row.probability),
    row.logit === null ? "" : formatNumber(row.logit),
    row.fold,
    row.seed,
    row.part,
  ]);
  writeAtomically(path, tableText(columns, data));
}

/**
 * Reads predictions that {@link writePredictions} wrote, or another program in that form.
 *
 * @throws {Problem} Where the file is no such table, a cell cannot be read, naming its row, or the predictions are not fit to
 *   be evaluated.
 */
export function readPredictions(path: string, model: string): PredictionSet {
  const rows = readTable(path, { columns, delimiter: "," }).map((row, index) => readRow(path, index + 2, row));
  const set = { model, rows };
  withinFile(path, () => {
    checkPredictions(set);
  });
  return set;
}

/**
 * Writes what a model says of the tested images, to be published: `model, id, patient, label, probability, fold, seed`. From such
 * files every number of a study can be computed again; no image is in them.
 *
 * @param path The file; its folder is made where it is not there. What was there is replaced.
 * @throws {Problem} Where the predictions are not fit to be evaluated, or the file cannot be written.
 */
export function publishPredictions(path: string, set: PredictionSet): void {
  checkPredictions(set);
  const tested = set.rows.filter(({ part }) => part === "test");
  writeAtomically(
    path,
    tableText(
      published,
      tested.map(({ id, patient, label, probability, fold, seed }) => [
        ...[set.model, id, patient ?? "", label],
        ...[formatNumber(probability), fold, seed],
      ]),
    ),
  );
}

/**
 * Publishes what several models say, a file each by its name; see {@link publishPredictions}.
 *
 * @param folder The files' folder.
 */
export function publishAll(folder: string, sets: readonly PredictionSet[]): void {
  for (const set of sets) publishPredictions(join(folder, `${folderNameOf(set.model)}.csv`), set);
}

/**
 * Reads predictions of any origin: of this project's studies, or of whatever else gives a probability to each image. The table must
 * have `id`, `label` (0 or 1) and `probability` (of 1). It may have `patient`; `fold`, of the network that predicted the image, without
 * which all are taken for those of one network; `seed`, by default 1; `logit`; `part`, by default "test"; and `model`, where it has
 * several models.
 *
 * @param path A table of comma-separated values, also with semicolons or tabs.
 * @param model The model's name where the table has no column for it.
 * @returns The predictions of each model, in the order in which they are first named.
 * @throws {Problem} Where the file is no such table, a cell cannot be read, naming its row, or the predictions are not fit to be
 *   evaluated.
 */
export function readForeignPredictions(path: string, model: string): PredictionSet[] {
  const table = readTable(path, foreign);
  const filled = { patient: "", logit: "", fold: "all", seed: "1", part: "test" };
  const rows = new Map<string, Prediction[]>();
  table.forEach((row, index) => {
    const name = restoreCell(row.model?.trim() ?? "") || model;
    const known = rows.get(name);
    const read = readRow(path, index + 2, { ...filled, ...row });
    if (known === undefined) rows.set(name, [read]);
    else known.push(read);
  });
  return [...rows].map(([name, own]) => {
    const set = { model: name, rows: own };
    withinFile(path, () => {
      checkPredictions(set);
    });
    return set;
  });
}

// Through Number, so that 0.5 is not written with seven zeros.
const formatNumber = (value: number) => String(Number(value.toPrecision(9)));

function readRow(path: string, line: number, row: TableRow): Prediction {
  const cell = (column: (typeof columns)[number]) => row[column]!;
  const refuse = (column: (typeof columns)[number], expected: string): never => {
    throw new Problem(
      `${path}, row ${line}: ${column} is "${cell(column)}", expected ${expected}.`,
      "Correct the cell, or write the file again.",
    );
  };
  const numberIn = (column: (typeof columns)[number], expected: string): number => {
    const text = cell(column).trim();
    const value = Number(text);
    return text === "" || Number.isNaN(value) ? refuse(column, expected) : value;
  };
  const label = numberIn("label", "0 for benign or 1 for malignant");
  const part = cell("part").trim();
  const probability = numberIn("probability", "a number from 0 to 1");
  if (probability < 0 || probability > 1) refuse("probability", "a number from 0 to 1");
  const seed = numberIn("seed", "a whole number");
  if (!Number.isSafeInteger(seed)) refuse("seed", "a whole number");
  if (cell("id") === "") refuse("id", "the image's name");
  return {
    id: restoreCell(cell("id")),
    patient: cell("patient") === "" ? null : restoreCell(cell("patient")),
    label: label === 0 || label === 1 ? label : refuse("label", "0 for benign or 1 for malignant"),
    probability,
    logit: cell("logit").trim() === "" ? null : numberIn("logit", "a number, or nothing"),
    fold: restoreCell(cell("fold")),
    seed,
    part: part === "validation" || part === "test" ? part : refuse("part", '"validation" or "test"'),
  };
}
