import type { ModelKind } from "../display/model-style";
import { readTable, type TableRow } from "../files/table";
import { restoreCell, tableText } from "../files/table-text";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { modelKinds, type ComparisonRow } from "./comparison-rows";

/** The columns that hold numbers: their names in the file, and what they may be. */
const numbers = [
  ["parameters", "parameters", "count"],
  ["multiply_adds", "multiplyAdds", "count"],
  ["accuracy", "accuracy", "share"],
  ["accuracy_low", "accuracyLow", "share"],
  ["accuracy_high", "accuracyHigh", "share"],
  ["balanced_accuracy", "balancedAccuracy", "share"],
  ["sensitivity", "sensitivity", "share"],
  ["specificity", "specificity", "share"],
  ["f1", "f1", "share"],
  ["auc", "areaUnderCurve", "share"],
  ["auc_low", "areaLow", "share"],
  ["auc_high", "areaHigh", "share"],
  ["latency_ms", "latencyMs", "time"],
  ["train_seconds", "trainSeconds", "time"],
] as const;

type NumberKey = (typeof numbers)[number][1];

const expected = {
  count: "a whole number from 0, or nothing",
  share: "a number from 0 to 1, or nothing",
  time: "a number from 0, or nothing",
} as const;

/** The columns that are there only where a model has something to say in them, behind the others. */
const optional = [
  ["recipes", "recipes", "count"],
  ["tune_seconds", "tuneSeconds", "time"],
  ["recipe", "recipe", "text"],
  ["networks", "networks", "count"],
  ["note", "note", "text"],
] as const;

/** The columns of every `comparison.csv`, in their order. */
export const comparisonColumns: readonly string[] = ["model", "kind", "input", ...numbers.map(([column]) => column)];

/**
 * Writes models side by side as a table of comma-separated values with the columns {@link comparisonColumns}, and behind them how
 * models were tuned, and which predict together, where some do. What does not apply is an empty cell. Numbers have nine significant digits.
 *
 * @param path The file, `comparison.csv`; what was there is replaced.
 * @param rows The models, at least one.
 * @throws {Problem} Where a number cannot be such, an end of an interval is on the wrong side, or the file cannot be written.
 */
export function writeComparison(path: string, rows: readonly ComparisonRow[]): void {
  if (rows.length === 0) throw new Problem("There is no model to be written.", "Compare at least one.");
  const said = optional.filter(([, key]) => rows.some((row) => row[key] !== undefined));
  const data = rows.map((row, index) => {
    checkRow(`Model ${index + 1}`, row);
    return [
      ...[row.model, row.kind, row.input ?? "", ...numbers.map(([, key]) => formatNumber(row[key]))],
      ...said.map(([, key]) => {
        const value = row[key];
        return typeof value === "string" ? value : formatNumber(value ?? null);
      }),
    ];
  });
  writeAtomically(path, tableText([...comparisonColumns, ...said.map(([column]) => column)], data));
}

/**
 * Reads what `writeComparison` wrote.
 *
 * @throws {Problem} Where the file is no such table or a cell cannot be such; the message names its row.
 */
export function readComparison(path: string): ComparisonRow[] {
  const rows = readTable(path, {
    ...{ columns: comparisonColumns, delimiter: "," },
    optional: optional.map(([column]) => column),
  }).map((cells, index) => {
    const place = `${path}, row ${index + 2}`;
    const row = readRow(place, cells);
    checkRow(place, row);
    return row;
  });
  const names = rows.map(({ model }) => model);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) {
    throw new Problem(
      `${path}, row ${twice + 2}: the model "${names[twice]!}" stands there twice.`,
      "Give each model a name of its own, or write the file again.",
    );
  }
  return rows;
}

function readRow(place: string, cells: TableRow): ComparisonRow {
  const found = numbers.map(([column, key]): [NumberKey, number | null] => {
    const text = cells[column]!.trim();
    if (text === "") return [key, null];
    const value = Number(text);
    if (!Number.isFinite(value)) throw refuse(place, column, text);
    return [key, value];
  });
  const input = cells.input!.trim();
  const said = optional.flatMap(([column, key, kind]): [string, string | number][] => {
    const text = restoreCell(cells[column] ?? "").trim();
    if (text === "") return [];
    if (kind === "text") return [[key, text]];
    if (!Number.isFinite(Number(text))) throw refuse(place, column, text);
    return [[key, Number(text)]];
  });
  return {
    model: restoreCell(cells.model!),
    kind: cells.kind!.trim() as ModelKind,
    input: input === "" ? null : input,
    ...(Object.fromEntries(found) as Record<NumberKey, number | null>),
    ...Object.fromEntries(said),
  };
}

function checkRow(place: string, row: ComparisonRow): void {
  if (row.model.trim() === "") throw problem(`${place}: the model has no name.`);
  if (!modelKinds.includes(row.kind)) {
    throw problem(`${place}: kind is "${row.kind}", expected ${modelKinds.join(", ")}.`);
  }
  if (row.input !== null && !/^[1-9]\d*x[1-9]\d*x[1-9]\d*$/.test(row.input)) {
    throw problem(`${place}: input is "${row.input}", expected height, width and channels, "64x64x1", or nothing.`);
  }
  for (const [column, key, kind] of [...numbers, ...optional]) {
    const value = row[key] ?? null;
    if (value === null || typeof value === "string") continue;
    const possible =
      kind === "count"
        ? Number.isSafeInteger(value) && value >= 0
        : kind === "share"
          ? value >= 0 && value <= 1
          : value >= 0 && value < Infinity;
    if (!possible) throw refuse(place, column, String(value));
  }
  for (const [name, value, low, high] of [
    ["accuracy", row.accuracy, row.accuracyLow, row.accuracyHigh],
    ["auc", row.areaUnderCurve, row.areaLow, row.areaHigh],
  ] as const) {
    if ((low === null) !== (high === null) || (value === null && low !== null)) {
      throw problem(`${place}: of ${name}, ${name}_low and ${name}_high some are missing.`);
    }
    if (value !== null && low !== null && high !== null && !(low <= value && value <= high)) {
      throw problem(`${place}: ${name} is ${value}, not within its interval from ${low} to ${high}.`);
    }
  }
}

function refuse(place: string, column: string, text: string): Problem {
  const kind = [...numbers, ...optional].find(([name]) => name === column)![2];
  return problem(`${place}: ${column} is "${text}", expected ${expected[kind as keyof typeof expected]}.`);
}

function problem(what: string): Problem {
  return new Problem(what, "Correct it, or compare the models again.");
}

// Through Number, so that 0.5 is not written with seven zeros; counts keep all of their digits.
function formatNumber(value: number | null): string {
  if (value === null) return "";
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
}
