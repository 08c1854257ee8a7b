import * as v from "valibot";

import { listOf, nullable, number, oneOf, positive, share, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { say } from "../runtime/schema-places";
import type { Space } from "../space/kinds";

const biases = () => nullable(listOf(number()));

/** The settings of the controller. */
export const settingsSchema = v.strictObject({
  /** Units of each layer of its long short-term memory, from 1; released: 64, paper: 100. */
  units: wholeNumber({ from: 1 }),
  /** Layers of it, from 1; released: 1. */
  memoryLayers: wholeNumber({ from: 1 }),
  /** Parameters start between minus this and this, all equally likely, from 0; published: 0.1. */
  initialRange: number({ from: 0 }),
  /** What all scores are divided by, above 0: larger draws more evenly. 1 for none, as released; paper: 5. */
  temperature: positive(),
  /** What bounds the scores, by constant · tanh; null for no bound. Released: 1.1 micro, 1.5 macro; paper: 2.5. */
  tanhConstant: nullable(positive()),
  /** What the bound is divided by for operations, above 0; released: 2.5 in the micro space, 1 (unused) in the macro space. */
  operationTanhReduction: positive(),
  /**
   * Where the learned bias of the operations starts, one number for each operation; null for no such bias. Released micro
   * search: 10, 10, 0, 0, 0, at which the tanh lets the convolutions' biases learn next to nothing.
   */
  operationBias: biases(),
  /**
   * What is added to the operations' logits in the normal cell, after the bound, and not learned; null for nothing. Released
   * micro search: 0.25, 0.25, -0.25, -0.25, -0.25. Micro space only.
   */
  normalCellBias: biases(),
  /** The share of skip connections that is aimed at, above 0 and below 1; published: 0.4. Macro space only. */
  skipTarget: number({ above: 0, below: 1 }),
  /** The weight of the skip penalty in the loss, from 0; published: 0.8. Macro space only. */
  skipWeight: number({ from: 0 }),
  /**
   * Whether the penalty compares the probability by which a skip is "drawn" with the target, or the other one that the
   * "released" program compares: with that, a target of 0.4 is met where 0.31 are drawn.
   */
  skipProbability: oneOf(["drawn", "released"]),
  /** What a nat of entropy adds to the reward, from 0; released: 1e-4, paper: 0.1. */
  entropyWeight: number({ from: 0 }),
  /** Which entropy: the "exact" one of each decision, or -p · log p of what was "drawn", as in the released macro search. */
  entropyKind: oneOf(["exact", "drawn"]),
  /** How slowly the baseline follows the rewards, from 0 to below 1; released: 0.99. It moves before it is subtracted. */
  baselineDecay: share(),
  /** Where the baseline starts: at "zero", as released, so that at first every reward seems good, or at the "first reward". */
  baselineStart: oneOf(["zero", "first reward"]),
  /** The step of Adam, from 0; released: 0.0035 micro, 0.001 macro; paper: 0.00035. */
  learningRate: number({ from: 0 }),
  /** Adam's decay of the mean of gradients, from 0 to below 1; released: 0. */
  beta1: share(),
  /** Adam's decay of the mean of squared gradients, from 0 to below 1; published: 0.999. */
  beta2: share(),
  /** What Adam adds to the root of that mean, above 0; released: 1e-3. */
  epsilon: positive(),
  /** The largest norm of the whole gradient, above 0; a longer one is shortened. null for none, as released. */
  gradientBound: nullable(positive()),
});

/**
 * All that the controller of ENAS can be set to: its network, its way of drawing, its way of learning.
 *
 * @interface
 */
export type ControllerSettings = Readonly<v.InferOutput<typeof settingsSchema>>;

/**
 * Fills settings with their defaults and checks them.
 *
 * @param given The settings that differ.
 * @param defaults The others.
 * @param space The space of the controller.
 * @returns All settings.
 * @throws {Problem} Where there is no such setting, a value is out of range, or it is none of the space.
 */
export function checkSettings(
  given: Partial<ControllerSettings>,
  defaults: ControllerSettings,
  space: Space,
): ControllerSettings {
  const differing = Object.fromEntries(Object.entries<unknown>(given).filter(([, value]) => value !== undefined));
  const settings = checkOptions("The controller", settingsSchema, { ...defaults, ...differing });
  if (space.kind === "shape") {
    const given = (["operationBias", "normalCellBias"] as const).find((name) => settings[name] !== null);
    if (given === undefined) return settings;
    throw new Problem(
      `The controller was given ${given}: ${say(settings[given])} in the shape space, where each stage decides on its own operation.`,
      "Leave it out, or give null.",
    );
  }
  const { operations } = space;
  for (const name of ["operationBias", "normalCellBias"] as const) {
    const list = settings[name];
    if (list === null || list.length === operations.length) continue;
    throw new Problem(
      `The controller has ${name}: ${say(list)}, expected ${operations.length} numbers, for ${operations.join(", ")}, or null.`,
      "Correct it, or leave it out for its default.",
    );
  }
  if (space.kind !== "micro" && settings.normalCellBias !== null) {
    throw new Problem(
      `The controller was given a normalCellBias in the ${space.kind} space, which has no cells.`,
      "Leave it out, or give null.",
    );
  }
  return settings;
}
