import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse, unparse } from "papaparse";

import type { FamilyComparison } from "../compare/compare-all";
import { readComparison, writeComparison } from "../compare/comparison-file";
import type { ComparisonRow } from "../compare/comparison-rows";
import type { ClaimPoint } from "../compare/judge-claim";
import type { Figure } from "../display/figure";
import type { TableCell } from "../display/table";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson } from "../runs/json";
import { readOwnFile } from "../runs/read-own-file";
import type { Study } from "./open-study";

/** Models side by side, as a study keeps them. */
export interface StudyComparison {
  /** The models, in `comparison.csv`. */
  readonly rows: readonly ComparisonRow[];
  /** The tests between them, in `family.json`; null: none were kept. */
  readonly family: FamilyComparison | null;
  /** What they say of the paper's claim, in `claims.json`; empty: not judged. */
  readonly claims: readonly ClaimPoint[];
  /** Figures by name, in `figures/NAME.json`, with their numbers in `figures/NAME.csv`. */
  readonly figures: Readonly<Record<string, Figure>>;
  /** Tables by name, in `tables/NAME.csv`. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, TableCell>>[]>>;
}

/** The most bytes of one of these files. */
const mostBytes = 5e6;

/**
 * Keeps a study's comparison in its folder, for its report and for other programs.
 *
 * @param study The study.
 * @param comparison The models side by side.
 * @throws {Problem} Where a name is none of lower-case letters, digits and hyphens, or a file cannot be written.
 */
export function keepComparison({ path }: Pick<Study, "path">, comparison: StudyComparison): void {
  const { rows, family, claims, figures, tables } = comparison;
  for (const name of [...Object.keys(figures), ...Object.keys(tables)]) {
    if (/^[a-z0-9][a-z0-9-]*$/.test(name)) continue;
    throw new Problem(
      `A figure or table is called "${name}", expected lower-case letters, digits and hyphens.`,
      'Give it a name such as "roc".',
    );
  }
  const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
  writeComparison(path("comparison.csv"), rows);
  writeAtomically(path("family.json"), json(family));
  writeAtomically(path("claims.json"), json({ claims }));
  for (const [name, figure] of Object.entries(figures)) {
    writeAtomically(path("figures", `${name}.json`), json(figure));
    writeAtomically(path("figures", `${name}.csv`), csvOf(numbersOf(figure)));
  }
  for (const [name, table] of Object.entries(tables)) writeAtomically(path("tables", `${name}.csv`), csvOf(table));
}

/**
 * Reads what {@link keepComparison} kept.
 *
 * @param study The study.
 * @returns The comparison; null where none was kept.
 * @throws {Problem} Where a file is damaged.
 */
export function readComparisonFiles({ path }: Pick<Study, "path">): StudyComparison | null {
  if (!existsSync(path("comparison.csv"))) return null;
  return {
    rows: readComparison(path("comparison.csv")),
    family: readFamily(path("family.json")),
    claims: readClaims(path("claims.json")),
    figures: readFolder(path("figures"), ".json", readFigure),
    tables: readFolder(path("tables"), ".csv", readCells),
  };
}

function numbersOf({ data }: Figure): Record<string, TableCell>[] {
  return data.flatMap((trace, index) => {
    const { name, x, y } = trace as { name?: string; x?: ArrayLike<TableCell>; y?: ArrayLike<TableCell> };
    const length = Math.max(x?.length ?? 0, y?.length ?? 0);
    return Array.from({ length }, (_, place) => ({
      trace: name ?? `trace ${index + 1}`,
      x: x?.[place] ?? null,
      y: y?.[place] ?? null,
    }));
  });
}

/**
 * Writes rows as comma-separated values, under the columns of the first.
 *
 * @param rows The rows, of the same columns.
 * @returns The text.
 */
export function csvOf(rows: readonly Readonly<Record<string, TableCell>>[]): string {
  const fields = Object.keys(rows[0] ?? {});
  const data = rows.map((row) => fields.map((field) => row[field] ?? ""));
  return `${unparse({ fields, data }, { newline: "\n" })}\n`;
}

function readText(file: string): string | null {
  const bytes = readOwnFile(file, mostBytes);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

function readData(file: string): unknown {
  const text = readText(file);
  if (text === null) return null;
  try {
    return parseJson(text);
  } catch {
    throw damaged(file);
  }
}

function damaged(file: string): Problem {
  return new Problem(`${file} is damaged.`, "Remove it, and run 07_compare again.");
}

function readFamily(file: string): FamilyComparison | null {
  const data = readData(file);
  if (data === null) return null;
  const good =
    isPlainObject(data) &&
    typeof data.reference === "string" &&
    Array.isArray(data.family) &&
    Array.isArray(data.members) &&
    isPlainObject(data.best);
  if (!good) throw damaged(file);
  return data as unknown as FamilyComparison;
}

function readClaims(file: string): ClaimPoint[] {
  const data = readData(file);
  if (data === null) return [];
  const list: unknown = isPlainObject(data) ? data.claims : data;
  const isClaim = (one: unknown) =>
    isPlainObject(one) &&
    typeof one.point === "string" &&
    typeof one.because === "string" &&
    ["holds", "does not hold", "cannot be told"].includes(one.verdict as string);
  if (!Array.isArray(list) || !list.every(isClaim)) throw damaged(file);
  return list as ClaimPoint[];
}

function readFigure(file: string): Figure {
  const data = readData(file);
  if (!isPlainObject(data) || !Array.isArray(data.data) || !isPlainObject(data.layout)) throw damaged(file);
  return { config: {}, ...data } as unknown as Figure;
}

function readCells(file: string): Record<string, TableCell>[] {
  const { data } = parse<Record<string, string>>(readText(file) ?? "", { header: true, skipEmptyLines: true });
  return data.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, text]): [string, TableCell] => [column, cellOf(text)])),
  );
}

function cellOf(text: string): TableCell {
  if (text === "") return null;
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : text;
}

function readFolder<Item>(folder: string, ending: string, read: (file: string) => Item): Record<string, Item> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.startsWith("."))
    .sort();
  return Object.fromEntries(names.map((name) => [name.slice(0, -ending.length), read(join(folder, name))]));
}
