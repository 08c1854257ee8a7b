import { existsSync, lstatSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

import { readComparison, writeComparison } from "../compare/comparison-file";
import type { ComparisonRow } from "../compare/comparison-rows";
import { writeAtomically } from "../files/write-atomically";
import { readOwnFile } from "../runs/read-own-file";
import { Problem } from "../runtime/problem";
import { figureText, readFigures } from "./kept-figures";
import { layout, notebookOf, placeIn, placeOf } from "./layout";
import { searchFiles } from "./published-search";

/** The most bytes of a published file: results are tables and drawings, not models and not images. */
export const mostPublishedBytes = 3 * 1024 ** 2;

/** What of a study's folder is published as it is. */
const copied = (["facts", "winner", "evaluations", "claims", "family"] as const).map((part) => layout[part].place);

/**
 * Writes what others need of studies into one folder, to be kept with the project: settings, tables, figures,
 * architectures and their drawings, how searches went and what their controls said, and one `comparison.csv` over all
 * studies, a row a model: where a model takes images of several studies, its input stands behind its name. What each model says of the
 * tested images goes there too, by which anybody can compute every number again; no image of a data set and no weights do.
 *
 * @param target The folder, such as `results/bus-bra`. What stood in its files of the same names is replaced; others stay.
 * @param studies The folders of studies that are at their end: `07_compare` has been run.
 * @returns The files that were written, sorted.
 * @throws {Problem} Where a study has no comparison, two studies have a model of the same name and input, a file is larger than
 *   3 MiB, or one cannot be written.
 */
export async function publishResults(target: string, studies: readonly string[]): Promise<string[]> {
  if (studies.length === 0)
    throw new Problem("No study was named to be published.", "Give the folder of at least one.");
  const rows = inOneTable(studies.flatMap((folder) => rowsOf(folder)));
  const written: string[] = [];
  const write = (file: string, content: string | Uint8Array) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    if (bytes.length > mostPublishedBytes) {
      throw new Problem(
        `${file} would have ${bytes.length} bytes, expected at most ${mostPublishedBytes}.`,
        "Thin it out; large files do not belong to the project.",
      );
    }
    writeAtomically(file, bytes);
    written.push(file);
  };
  const searches = await Promise.all(studies.map((folder) => searchFiles(folder)));
  studies.forEach((folder, index) => {
    const own = join(target, basename(folder));
    for (const [name, bytes] of [...keptFiles(folder), ...searches[index]!]) write(join(own, name), bytes);
  });
  const comparison = join(target, layout.comparison.place);
  writeComparison(comparison, rows);
  return [...written, comparison].sort();
}

function rowsOf(folder: string): ComparisonRow[] {
  const file = placeOf(placeIn(folder), "comparison");
  if (!existsSync(file)) {
    throw new Problem(
      `${folder} has no ${layout.comparison.place}.`,
      `Run its notebooks up to ${notebookOf("comparison")}, with \`npm run study\`.`,
    );
  }
  return readComparison(file);
}

// A name stands for one row: models of several inputs have theirs behind it, and one that sees no image is there once.
function inOneTable(rows: readonly ComparisonRow[]): ComparisonRow[] {
  const inputs = new Map<string, Set<string | null>>();
  for (const { model, input } of rows) inputs.set(model, (inputs.get(model) ?? new Set()).add(input));
  const named = new Map<string, ComparisonRow>();
  for (const row of rows) {
    const name = inputs.get(row.model)!.size === 1 ? row.model : `${row.model}, ${row.input ?? "no image"}`;
    const before = named.get(name);
    if (before !== undefined && row.input !== null) {
      throw new Problem(
        `Two studies have the model "${row.model}" with the input ${row.input}.`,
        "One table cannot tell them apart: publish studies that differ in their images, or give each a folder.",
      );
    }
    if (before === undefined) named.set(name, { ...row, model: name });
  }
  return [...named.values()];
}

// Figures as they are kept today, whichever version kept them.
function keptFiles(folder: string): [string, string | Uint8Array][] {
  const isFile = (name: string) => existsSync(join(folder, name)) && lstatSync(join(folder, name)).isFile();
  const tables = placeOf(placeIn(folder), "tables");
  const predictions = placeOf(placeIn(folder), "predictions");
  const copies = [
    ...copied,
    ...(existsSync(tables) ? readdirSync(tables).sort() : [])
      .filter((file) => /\.(csv|json)$/.test(file))
      .map((file) => join(layout.tables.place, file)),
    ...(existsSync(predictions) ? readdirSync(predictions).sort() : [])
      .filter((file) => file.endsWith(".csv"))
      .map((file) => join(layout.predictions.place, file)),
  ];
  return [
    ...copies
      .filter(isFile)
      .map((name): [string, Uint8Array] => [name, readOwnFile(join(folder, name), mostPublishedBytes)!]),
    ...readFigures(placeIn(folder)).figures.map((one): [string, string] => [
      join(layout.figures.place, `${one.name}.json`),
      figureText(one),
    ]),
  ];
}
