import type { RandomGenerator } from "../runtime/random";
import type { Architecture } from "./architecture";
import { decode, encode } from "./encode";
import { macroOperations, microOperations } from "./operations";

/**
 * Changes one decision of an architecture to another one that is allowed there: an input, an operation or a skip
 * connection. All places are equally likely, and at a place all other choices.
 *
 * @param architecture The architecture; it stays as it is.
 * @param random The source of chance.
 * @returns An architecture that differs in one number.
 */
export function mutateArchitecture(architecture: Architecture, random: RandomGenerator): Architecture {
  const numbers = encode(architecture);
  const choices = choicesOf(architecture);
  // Every decision has another choice: a first node has two inputs, and there are always several operations.
  const place = random.integer(0, choices.length - 1);
  // One of the others: those from the present one on move up by one.
  const drawn = random.integer(0, choices[place]! - 2);
  numbers[place] = drawn >= numbers[place]! ? drawn + 1 : drawn;
  return decode(architecture.space, numbers);
}

/**
 * Counts the choices of each decision of an architecture, in the order of {@link encode}.
 *
 * @param architecture The architecture; only its size matters.
 * @returns One count for each number.
 */
export function choicesOf(architecture: Architecture): number[] {
  if (architecture.space === "macro") {
    return architecture.layers.flatMap((_, layer) => [macroOperations.length, ...new Array<number>(layer).fill(2)]);
  }
  const cell = architecture.normal.flatMap((_, node) => [
    node + 2,
    microOperations.length,
    node + 2,
    microOperations.length,
  ]);
  return [...cell, ...cell];
}
