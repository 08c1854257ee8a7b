import { basename } from "node:path";

import { fileProblem } from "../../files/explain-failure";
import { readText } from "../../files/read-whole";
import { readTable } from "../../files/table";
import { Problem } from "../../runtime/problem";
import { byName } from "../../files/by-name";
import { readSplit } from "../split/split-file";
import type { FoldsToCheck } from "./leakage";

/** Names that tables give to the parts. */
const partNames = {
  train: "train",
  training: "train",
  validation: "validation",
  valid: "validation",
  val: "validation",
  test: "test",
  testing: "test",
} as const;

/**
 * Reads a split that is to be checked for leaks, whoever made it: a file that this project wrote, or a CSV file with the
 * columns `image` and `part` (train, validation or test), or `image` and `fold` (the fold in which the image is tested).
 *
 * @throws {Problem} Where it cannot be read, or is neither.
 */
export function readFolds(path: string): FoldsToCheck {
  return /\.json$/i.test(path) ? readOwn(path) : readCsv(path);
}

function readOwn(path: string): FoldsToCheck {
  let stated: unknown;
  try {
    stated = (JSON.parse(readText(path)) as { split?: { dataHash?: unknown } } | null)?.split?.dataHash;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw fileProblem(path, "read", error);
  }
  // A leak is one in any version of the data: the split is held against the hash that it states itself.
  const { name, folds } = readSplit(path, { dataHash: typeof stated === "string" ? stated : "" });
  return { name: `${name} (${basename(path)})`, folds };
}

function readCsv(path: string): FoldsToCheck {
  const rows = readTable(path, { columns: ["image"], optional: ["part", "fold"] });
  const name = basename(path);
  const column = rows.every(({ part = "" }) => part !== "")
    ? "part"
    : rows.every(({ fold = "" }) => fold !== "")
      ? "fold"
      : null;
  if (rows.length === 0 || column === null) {
    throw new Problem(
      `${path} has no column that is filled in all rows, expected "part" (train, validation, test) or "fold".`,
      "Add one of them.",
    );
  }
  if (column === "fold") {
    const numbers = [...new Set(rows.map(({ fold }) => fold!))].sort(byName);
    const inFold = (wanted: (fold: string) => boolean) =>
      rows.filter(({ fold }) => wanted(fold!)).map(({ image }) => image!);
    return {
      name,
      folds: numbers.map((number) => ({
        train: inFold((fold) => fold !== number),
        validation: [],
        test: inFold((fold) => fold === number),
      })),
    };
  }
  const parts: Record<"train" | "validation" | "test", string[]> = { train: [], validation: [], test: [] };
  rows.forEach(({ image, part }, index) => {
    const known = Object.entries(partNames).find(([written]) => written === part!.toLowerCase())?.[1];
    if (known === undefined)
      throw new Problem(
        `${path}, row ${index + 2}: the part is "${part!}", expected train, validation or test.`,
        "Correct the file.",
      );
    parts[known].push(image!);
  });
  return { name, folds: [parts] };
}
