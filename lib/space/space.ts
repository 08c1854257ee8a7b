import type { Decision } from "./kind";
import { kindOf, type Space } from "./kinds";
import type { GivenMacroSpace } from "./macro/architecture";
import type { GivenMicroSpace } from "./micro/architecture";
import type { GivenShapeSpace } from "./shape/architecture";
import { upgradeStored } from "./upgrade";

/** A space of which the version and the choices may be left out: those that are published. */
export type GivenSpace = GivenMicroSpace | GivenMacroSpace | GivenShapeSpace;

/**
 * Fills in what is not given of a space, and checks it.
 *
 * @param given The space: `{ kind: "micro", nodes: 4 }` or `{ kind: "shape" }`, or with choices of one's own; also as it was stored before
 *   spaces had a version: `{ space: "micro", nodes: 4 }`.
 * @returns The whole space, plain data.
 * @throws {Problem} Where the kind, a key or a choice is unknown, a choice stands twice, a size is not a whole number from 1,
 *   or the version is another one.
 */
export function checkSpace(given: GivenSpace): Space {
  const space = upgradeStored(given) as unknown as GivenSpace;
  return kindOf(space, "space").checkSpace(space);
}

/**
 * Lists the decisions that make an architecture of a space, in the order of `encode`. Counting, drawing by chance, changing
 * and comparing architectures follow from them.
 *
 * @returns The decisions, with all options of each.
 * @throws {Problem} As {@link checkSpace}.
 */
export function decisionsOf(given: GivenSpace): Decision[] {
  const space = checkSpace(given);
  return kindOf(space).decisionsOf(space);
}

/**
 * Counts the architectures of a space, two orders of the same sum counting as two, as a search tells them apart.
 *
 * @returns How many: the product of the options of all decisions.
 * @throws {Problem} As {@link checkSpace}.
 */
export function countArchitectures(space: GivenSpace): bigint {
  return decisionsOf(space).reduce((count, { options }) => count * BigInt(options.length), 1n);
}
