import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "papaparse";

import type { Figure } from "../display/figure";
import type { TableCell } from "../display/table";
import { thinFigure } from "../display/thin-figure";
import { restoreCell, tableText } from "../files/table-text";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson } from "../runs/json";
import { readOwnFile } from "../runs/read-own-file";
import { comparisonFigureTable } from "./comparison-figures";
import { placeOf, type StudyPlace } from "./layout";
import { nameToTitle } from "./report/blocks";
import { reportParts, searchFigures, type ReportPart, type StudyFigure, type StudyTable } from "./report/parts";

/** The most bytes of one of these files. */
const mostBytes = 5e6;

/** The file beside the tables that says where each stands, and what it shows. */
const tablesFile = "contents.json";

/**
 * Writes a figure as it is kept: thinned to what can be seen, with all of its numbers in this one file, a trace a line.
 *
 * @returns The text of `figures/NAME.json`.
 */
export function figureText({ name, section, caption, figure }: StudyFigure): string {
  const { data, layout, config } = thinFigure(figure);
  const traces = data.map((trace) => `  ${JSON.stringify(trace)}`).join(",\n");
  const head = [
    `"name": ${JSON.stringify(name)}`,
    `"section": ${JSON.stringify(section)}`,
    `"caption": ${JSON.stringify(caption)}`,
    `"layout": ${JSON.stringify(layout)}`,
    `"config": ${JSON.stringify(config)}`,
  ];
  return `{\n ${head.join(",\n ")},\n "data": [\n${traces}\n ]\n}\n`;
}

/**
 * Reads a figure that was kept. Versions before 0.2 kept neither section nor caption: such a figure gets those that figures of
 * its name have today, and else stands in the comparison.
 *
 * @returns The figure; its name is that of the file.
 * @throws {Problem} Where the file is damaged.
 */
function readFigure(file: string): StudyFigure {
  const data = readJson(file);
  if (!isPlainObject(data) || !Array.isArray(data.data) || !isPlainObject(data.layout)) throw damaged(file);
  const { section, caption, data: traces, layout, config } = data;
  const name = nameIn(file, ".json");
  const figure = { data: traces, layout, config: isPlainObject(config) ? config : {} } as unknown as Figure;
  return { name, ...captionOf(name, section, caption), figure };
}

/**
 * Keeps figures and tables in a study's folder, in `figures` and `tables`. What was kept under other names stays; a table without
 * rows is not kept.
 *
 * @throws {Problem} Where a name is none of lower-case letters, digits and hyphens, or a file cannot be written; in the first case
 *   nothing is.
 */
export function keepFigures(
  study: StudyPlace,
  given: { readonly figures: readonly StudyFigure[]; readonly tables: readonly StudyTable[] },
): void {
  const { figures } = given;
  const tables = given.tables.filter(({ rows }) => rows.length > 0);
  for (const { name } of [...figures, ...given.tables]) {
    if (/^[a-z0-9][a-z0-9-]*$/.test(name)) continue;
    throw new Problem(
      `A figure or table is called "${name}", expected lower-case letters, digits and hyphens.`,
      'Give it a name such as "roc".',
    );
  }
  for (const one of figures) writeAtomically(placeOf(study, "figures", `${one.name}.json`), figureText(one));
  for (const { name, rows } of tables) writeAtomically(placeOf(study, "tables", `${name}.csv`), csvOf(rows));
  if (tables.length === 0) return;
  const contents = tables.map(({ name, section, caption }) => ({ name, section, caption }));
  writeAtomically(placeOf(study, "tables", tablesFile), `${JSON.stringify(contents, null, 1)}\n`);
}

/**
 * Reads the figures and tables that a study has kept.
 *
 * @returns They, by their names; none where none were kept.
 * @throws {Problem} Where a file is damaged.
 */
export function readFigures(study: StudyPlace): { figures: StudyFigure[]; tables: StudyTable[] } {
  const contents = readContents(placeOf(study, "tables", tablesFile));
  return {
    figures: filesOf(placeOf(study, "figures"), ".json").map(readFigure),
    tables: filesOf(placeOf(study, "tables"), ".csv").map((file): StudyTable => {
      const name = nameIn(file, ".csv");
      const known = contents.find((one) => one.name === name);
      return { name, ...captionOf(name, known?.section, known?.caption), rows: readCells(file) };
    }),
  };
}

/**
 * Says where a figure or table stands and what it shows.
 *
 * @param section The section that was kept with it; default: that of this name, else the comparison.
 * @param caption The caption that was kept with it; default: that of this name, else the name itself.
 */
export function captionOf(
  name: string,
  section?: unknown,
  caption?: unknown,
): { section: ReportPart; caption: string } {
  const known = [...comparisonFigureTable, ...Object.values(searchFigures)].find((one) => one.name === name);
  const isPart = (value: unknown): value is ReportPart => reportParts.includes(value as ReportPart);
  return {
    section: isPart(section) ? section : (known?.section ?? (name.startsWith("subgroup") ? "subgroups" : "comparison")),
    caption: typeof caption === "string" ? caption : (known?.caption ?? nameToTitle(name)),
  };
}

/** Writes rows, of the same columns, as comma-separated values. */
export function csvOf(rows: readonly Readonly<Record<string, TableCell>>[]): string {
  const fields = Object.keys(rows[0] ?? {});
  const data = rows.map((row) => fields.map((field) => row[field] ?? ""));
  return tableText(fields, data);
}

/**
 * Reads a JSON file that a study keeps.
 *
 * @returns What it holds; null where there is none.
 * @throws {Problem} Where it is damaged, naming the notebook that writes it again.
 */
export function readJson(file: string): unknown {
  const bytes = readOwnFile(file, mostBytes);
  if (bytes === null) return null;
  try {
    return parseJson(new TextDecoder().decode(bytes));
  } catch {
    throw damaged(file);
  }
}

/** Says that a file of a comparison cannot be read. */
export function damaged(file: string): Problem {
  return new Problem(`${file} is damaged.`, "Remove it, and run 07_compare again.");
}

const nameIn = (file: string, ending: string) => file.split(/[\\/]/).at(-1)!.slice(0, -ending.length);

function filesOf(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ending) && !name.startsWith("."));
  return names.sort().map((name) => join(folder, name));
}

function readContents(file: string): Record<string, unknown>[] {
  const data = readJson(file);
  if (data === null) return [];
  if (!Array.isArray(data) || !data.every(isPlainObject)) throw damaged(file);
  return data;
}

function readCells(file: string): Record<string, TableCell>[] {
  const text = new TextDecoder().decode(readOwnFile(file, mostBytes) ?? new Uint8Array());
  const { data } = parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  return data.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, cell]): [string, TableCell] => [column, cellOf(cell)])),
  );
}

function cellOf(text: string): TableCell {
  if (text === "") return null;
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : restoreCell(text);
}
