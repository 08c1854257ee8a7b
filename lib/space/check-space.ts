/**
 * What the checks of all kinds of spaces have in common.
 *
 * @module
 */
import { closest } from "fastest-levenshtein";

import { Problem } from "../runtime/problem";

/** What a space of any kind has beside its size. */
export interface SpaceParts {
  /** Which kind. */
  readonly kind: string;
  /** The version of its form. */
  readonly version: 1;
  /** The operations that can be chosen; an architecture that is written as numbers holds places in this list. */
  readonly operations: readonly string[];
}

/**
 * Fills in and checks a space that has one size and a list of operations.
 *
 * @param given What is given.
 * @param size The key of its size: "nodes".
 * @param known All operations of its kind.
 * @param published The operations where none are given.
 * @throws {Problem} Where a key or an operation is unknown, an operation stands twice, or the size or the version is wrong.
 */
export function checkSizedSpace<Space extends SpaceParts>(
  given: object,
  size: Exclude<keyof Space, keyof SpaceParts> & string,
  known: readonly string[],
  published: readonly string[],
): Space {
  const { kind, version = 1, operations = published, ...others } = given as Partial<SpaceParts>;
  const keys = ["kind", "version", size, "operations"];
  const unknown = Object.keys(others).find((key) => key !== size);
  if (unknown !== undefined)
    throw new Problem(
      `A space of the kind "${kind!}" has no "${unknown}".`,
      `Did you mean "${closest(unknown, keys)}"? It has ${keys.join(", ")}.`,
    );
  checkVersion(kind!, version);
  const count = (others as Readonly<Record<string, unknown>>)[size];
  if (!Number.isSafeInteger(count) || (count as number) < 1) {
    const said = typeof count === "number" ? String(count) : count === undefined ? "nothing" : JSON.stringify(count);
    throw new Problem(`A space has ${size} = ${said}, expected a whole number from 1.`, "Correct it.");
  }
  checkList(kind!, operations, known);
  return { kind, version, [size]: count, operations: [...operations] } as unknown as Space;
}

/**
 * Checks that a space has the version of today's form.
 *
 * @param kind Its kind.
 * @param version What it says; undefined where it says none.
 * @throws {Problem} Where it is another one.
 */
export function checkVersion(kind: string, version: unknown): void {
  if (version === undefined || version === 1) return;
  throw new Problem(
    `A space of the kind "${kind}" has version: ${JSON.stringify(version)}, expected 1.`,
    "It was made by another SonoNAS: read it with that one.",
  );
}

function checkList(kind: string, operations: readonly string[], known: readonly string[]): void {
  if (!Array.isArray(operations) || operations.length === 0) {
    throw new Problem(
      `A space of the kind "${kind}" has operations: ${JSON.stringify(operations)}, expected a list of at least one.`,
      `Choose from ${known.join(", ")}; or leave it out for those that are published.`,
    );
  }
  for (const [index, operation] of (operations as readonly string[]).entries()) {
    checkOperation(operation, known, `place ${index} of the space's operations`);
    if (operations.indexOf(operation) !== index)
      throw new Problem(`A space has the operation "${operation}" twice.`, "Name each operation once.");
  }
}

/**
 * Checks that there is an operation of a name.
 *
 * @param operation The name.
 * @param known The names that there are.
 * @param place Where it stands, for the message: "layer 3".
 * @throws {Problem} Where there is none; the nearest is named.
 */
export function checkOperation(operation: string, known: readonly string[], place: string): void {
  if (known.includes(operation)) return;
  throw new Problem(
    `The operation of ${place} is ${JSON.stringify(operation)}, expected one of ${known.join(", ")}.`,
    `Did you mean "${closest(operation, [...known])}"?`,
  );
}
