import { isDeepStrictEqual } from "node:util";

import { Problem } from "../runtime/problem";
import type { Json, SavedState } from "../runs/state";
import type { Space } from "../space/kinds";
import { upgradeStored } from "../space/upgrade";

/** What the state of any strategy says of itself. */
export interface SavedHead {
  /** Which strategy it is of. */
  readonly strategy: string;
  readonly space: Space;
}

/**
 * Writes what a state is of.
 *
 * @param head Strategy and space.
 * @returns The same as plain data.
 */
export function writeHead({ strategy, space }: SavedHead): Readonly<Record<string, Json>> {
  return { strategy, space: { ...space } };
}

/**
 * Checks that a state is of a strategy.
 *
 * @param head The strategy and its space.
 * @returns The state's plain data.
 * @throws {Problem} Where it is of another strategy or space.
 */
export function readHead(state: SavedState, head: SavedHead): Readonly<Record<string, Json>> {
  const json = upgradeStored(state.json);
  const record = (json !== null && typeof json === "object" && !Array.isArray(json) ? json : {}) as Record<
    string,
    Json
  >;
  for (const [name, expected] of Object.entries(writeHead(head))) {
    if (!isDeepStrictEqual(record[name], expected)) {
      throw new Problem(
        `A saved state is of ${name} ${JSON.stringify(record[name])}, expected ${JSON.stringify(expected)}.`,
        "Carry on with the options that the run was started with.",
      );
    }
  }
  return record;
}

/**
 * Reports that a saved state is not whole.
 *
 * @param name What is missing or wrong.
 * @returns What to throw.
 */
export function damaged(name: string): Problem {
  return new Problem(
    `The ${name} of a saved state is missing or wrong.`,
    "Carry on with the options that the run was started with; where they are the same, use an older checkpoint.",
  );
}
