import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import type { Architecture } from "../space/architecture";
import { choicesOf } from "../space/mutate";
import { sampleArchitecture, type Space } from "../space/sample";

/**
 * Counts the choices of each decision in a space, in the order of {@link encode}.
 *
 * @param space The space.
 * @returns One count for each decision.
 * @throws {Problem} Where the space's size is not a whole number from 1.
 */
export function choicesOfSpace(space: Space): number[] {
  // All architectures of a space have the same: any will do.
  return choicesOf(sampleArchitecture(space, createRandom(0)));
}

/**
 * Checks that an architecture is one of a space.
 *
 * @param architecture The architecture.
 * @param space The space.
 * @throws {Problem} Where it is of another space or size.
 */
export function checkOfSpace(architecture: Architecture, space: Space): void {
  const found = choicesOf(architecture).length;
  const expected = choicesOfSpace(space).length;
  if (architecture.space !== space.space || found !== expected) {
    throw new Problem(
      `An architecture of the ${architecture.space} space with ${found} decisions was given, expected one of the ${space.space} space with ${expected}.`,
      "Give an architecture of the space that the strategy was made for.",
    );
  }
}
