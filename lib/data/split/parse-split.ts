import { closest } from "fastest-levenshtein";

import { Problem } from "../../runtime/problem";
import { partNames, splitKinds, type Fold, type Split, type SplitKind } from "./split";

/**
 * Reads a split from plain data of unknown origin. Unknown keys are errors.
 *
 * @param data What JSON gave.
 * @param place Where it comes from, for messages.
 * @returns The split.
 * @throws {Problem} Where it is not a split; the message names the key, what it holds and what was expected.
 */
export function parseSplit(data: unknown, place: string): Split {
  const keys = ["name", "kind", "dataset", "dataHash", "sample", "seed", "groupsTorn", "folds"];
  const split = takeObject(data, keys, place, "split");
  const torn = takeObject(split.groupsTorn, ["allowed", "reason", "count"], place, "groupsTorn");
  const { folds, kind, seed, sample } = split;
  return {
    name: take(split.name, isName, "a name", place, "name"),
    kind: take(kind, isKind, `one of ${splitKinds.join(", ")}`, place, "kind"),
    dataset: take(split.dataset, isName, "a name", place, "dataset"),
    dataHash: take(split.dataHash, isHash, "64 hexadecimal digits", place, "dataHash"),
    sample: take(sample, orNull(isName), "a text or null", place, "sample"),
    seed: take(seed, orNull(isCount), "a whole number from 0 or null", place, "seed"),
    groupsTorn: {
      allowed: take(torn.allowed, isTruth, "true or false", place, "groupsTorn.allowed"),
      reason: take(torn.reason, orNull(isName), "a text or null", place, "groupsTorn.reason"),
      count: take(torn.count, isCount, "a whole number from 0", place, "groupsTorn.count"),
    },
    folds: take(folds, isList, "a list of folds, not empty", place, "folds").map((fold, index) =>
      parseFold(fold, place, `folds[${index}]`),
    ),
  };
}

function parseFold(data: unknown, place: string, name: string): Fold {
  const fold = takeObject(data, ["name", ...partNames], place, name);
  const ids = (part: string) => take(fold[part], isIds, "a list of ids", place, `${name}.${part}`);
  const parsed = {
    name: take(fold.name, isName, "a name", place, `${name}.name`),
    train: ids("train"),
    validation: ids("validation"),
    test: ids("test"),
  };
  const seen = new Set<string>();
  const twice = partNames.flatMap((part) => parsed[part]).find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined) throw wrong(place, name, `lists "${twice}" more than once`, "each image once at most");
  return parsed;
}

/**
 * Takes an object whose keys are all known and all there.
 *
 * @param data What should be one.
 * @param keys The keys.
 * @param place Where it comes from, for messages.
 * @param name What it is, for messages.
 * @returns The object.
 * @throws {Problem} Where it is something else, lacks a key, or has another.
 */
export function takeObject(
  data: unknown,
  keys: readonly string[],
  place: string,
  name: string,
): Readonly<Record<string, unknown>> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw wrong(place, name, `is ${write(data)}`, `an object with ${keys.join(", ")}`);
  }
  const other = Object.keys(data).find((key) => !keys.includes(key));
  if (other !== undefined) {
    throw new Problem(
      `${place}: ${name} has the unknown key "${other}".`,
      `Did you mean "${closest(other, [...keys])}"? It takes ${keys.join(", ")}.`,
    );
  }
  const lacking = keys.find((key) => !Object.hasOwn(data, key));
  if (lacking !== undefined) throw wrong(place, name, `lacks the key "${lacking}"`, keys.join(", "));
  return data as Record<string, unknown>;
}

function take<Kind>(
  value: unknown,
  check: (value: unknown) => value is Kind,
  expected: string,
  place: string,
  name: string,
): Kind {
  if (!check(value)) throw wrong(place, name, `is ${write(value)}`, expected);
  return value;
}

function wrong(place: string, name: string, what: string, expected: string): Problem {
  return new Problem(
    `${place}: ${name} ${what}, expected ${expected}.`,
    "Make the split again, or use an older copy of it.",
  );
}

const isName = (value: unknown): value is string => typeof value === "string" && value !== "";
const isKind = (value: unknown): value is SplitKind => splitKinds.some((kind) => kind === value);
const isHash = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isTruth = (value: unknown): value is boolean => typeof value === "boolean";
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;
const isIds = (value: unknown): value is string[] => Array.isArray(value) && value.every(isName);

function orNull<Kind>(check: (value: unknown) => value is Kind): (value: unknown) => value is Kind | null {
  return (value): value is Kind | null => value === null || check(value);
}

function write(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
