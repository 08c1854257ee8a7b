import * as v from "valibot";

import { number, wholeNumber, listOf } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";

/** The schema of {@link BracketOptions}. */
export const bracketsSchema = v.strictObject({
  /** The epochs of each rung, from the shortest training to the whole one; default: 3, 9, 27. */
  epochs: v.optional(listOf(wholeNumber({ from: 1 }), { least: 1, different: true }), [3, 9, 27]),
  /** How many points each bracket begins with, from 1; default: 9. */
  points: v.optional(wholeNumber({ from: 1 }), 9),
  /** Which part of a rung goes on to the next: one of this many, from 2; default: 3. */
  factor: v.optional(number({ from: 2 }), 3),
  /** How many brackets, from 1; default: 4. */
  count: v.optional(wholeNumber({ from: 1 }), 4),
});

/** How budgets are divided among points. @interface */
export type BracketOptions = v.InferInput<typeof bracketsSchema>;

/** The same with every default. @interface */
export type Brackets = v.InferOutput<typeof bracketsSchema>;

/**
 * Fills how budgets are divided with its defaults, and checks it.
 *
 * @throws {Problem} Where a key is unknown, a number out of range, rungs do not grow, or no point reaches the last rung.
 */
export function checkBrackets(given: BracketOptions): Brackets {
  const brackets = checkOptions("Brackets", bracketsSchema, given);
  const { epochs, points, factor } = brackets;
  if (epochs.some((one, index) => index > 0 && one <= epochs[index - 1]!))
    throw new Problem(`Brackets have epochs: [${epochs.join(", ")}].`, "Give them from the fewest to the most.");
  const last = pointsOfRungs(brackets).at(-1)!;
  if (last >= 1) return brackets;
  throw new Problem(
    `Of ${points} points none reaches the last of ${epochs.length} rungs, where one of ${factor} goes on each time.`,
    `Begin with ${Math.ceil(factor ** (epochs.length - 1))} points, or give fewer rungs.`,
  );
}

/**
 * Says how many points are trained in each rung of a bracket: successive halving (Jamieson and Talwalkar, "Non-stochastic best arm
 * identification and hyperparameter optimization", 2016).
 */
export function pointsOfRungs({ epochs, points, factor }: Brackets): number[] {
  return epochs.map((_, rung) => Math.floor(points / factor ** rung + 1e-9));
}

/** Says how many epochs all brackets take together: the same whatever proposes the points. */
export function epochsOf(brackets: Brackets): number {
  const counts = pointsOfRungs(brackets);
  return brackets.count * brackets.epochs.reduce((sum, epochs, rung) => sum + epochs * counts[rung]!, 0);
}

/** Says at which share of the budget a rung measures, from 0 to 1 on a logarithmic scale: 1 for the last. */
export function fidelityOf({ epochs }: Pick<Brackets, "epochs">, rung: number): number {
  const [least, most] = [epochs[0]!, epochs.at(-1)!];
  return least === most ? 1 : Math.log(epochs[rung]! / least) / Math.log(most / least);
}
