import { inspect } from "node:util";

import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { Space } from "../space/kinds";

/** All that the controller of ENAS can be set to: its network, its way of drawing, its way of learning. */
export interface ControllerSettings {
  /** Units of each layer of its long short-term memory, from 1; released: 64, paper: 100. */
  readonly units: number;
  /** Layers of it, from 1; released: 1. */
  readonly memoryLayers: number;
  /** Parameters start between minus this and this, all equally likely, from 0; published: 0.1. */
  readonly initialRange: number;
  /** What all scores are divided by, above 0: larger draws more evenly. 1 for none, as released; paper: 5. */
  readonly temperature: number;
  /** What bounds the scores, by constant · tanh; null for no bound. Released: 1.1 micro, 1.5 macro; paper: 2.5. */
  readonly tanhConstant: number | null;
  /** What the bound is divided by for operations, above 0; released: 2.5 in the micro space, 1 (unused) in the macro space. */
  readonly operationTanhReduction: number;
  /**
   * Where the learned bias of the operations starts, one number for each operation; null for no such bias. Released micro
   * search: 10, 10, 0, 0, 0, at which the tanh lets the convolutions' biases learn next to nothing.
   */
  readonly operationBias: readonly number[] | null;
  /**
   * What is added to the operations' logits in the normal cell, after the bound, and not learned; null for nothing. Released
   * micro search: 0.25, 0.25, -0.25, -0.25, -0.25. Micro space only.
   */
  readonly normalCellBias: readonly number[] | null;
  /** The share of skip connections that is aimed at, above 0 and below 1; published: 0.4. Macro space only. */
  readonly skipTarget: number;
  /** The weight of the skip penalty in the loss, from 0; published: 0.8. Macro space only. */
  readonly skipWeight: number;
  /**
   * Whether the penalty compares the probability by which a skip is "drawn" with the target, or the other one that the
   * "released" program compares: with that, a target of 0.4 is met where 0.31 are drawn.
   */
  readonly skipProbability: "drawn" | "released";
  /** What a nat of entropy adds to the reward, from 0; released: 1e-4, paper: 0.1. */
  readonly entropyWeight: number;
  /** Which entropy: the "exact" one of each decision, or -p · log p of what was "drawn", as in the released macro search. */
  readonly entropyKind: "exact" | "drawn";
  /** How slowly the baseline follows the rewards, from 0 to below 1; released: 0.99. It moves before it is subtracted. */
  readonly baselineDecay: number;
  /** Where the baseline starts: at "zero", as released, so that at first every reward seems good, or at the "first reward". */
  readonly baselineStart: "zero" | "first reward";
  /** The step of Adam, from 0; released: 0.0035 micro, 0.001 macro; paper: 0.00035. */
  readonly learningRate: number;
  /** Adam's decay of the mean of gradients, from 0 to below 1; released: 0. */
  readonly beta1: number;
  /** Adam's decay of the mean of squared gradients, from 0 to below 1; published: 0.999. */
  readonly beta2: number;
  /** What Adam adds to the root of that mean, above 0; released: 1e-3. */
  readonly epsilon: number;
  /** The largest norm of the whole gradient, above 0; a longer one is shortened. null for none, as released. */
  readonly gradientBound: number | null;
}

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
  const settings = withDefaults("The controller", given, defaults);
  const whole = (value: number) => Number.isInteger(value) && value >= 1;
  const fromZero = (value: number) => value >= 0 && value < Infinity;
  const above = (value: number) => value > 0 && value < Infinity;
  const share = (value: number) => value >= 0 && value < 1;
  const between = (value: number) => value > 0 && value < 1;
  check(settings, ["units", "memoryLayers"], whole, "a whole number from 1");
  check(settings, ["initialRange", "skipWeight", "entropyWeight", "learningRate"], fromZero, "a number from 0");
  check(settings, ["temperature", "operationTanhReduction", "epsilon"], above, "a number above 0");
  check(
    settings,
    ["tanhConstant", "gradientBound"],
    (value) => value === null || above(value),
    "a number above 0 or null",
  );
  check(settings, ["baselineDecay", "beta1", "beta2"], share, "a number from 0 to below 1");
  check(settings, ["skipTarget"], between, "a number above 0 and below 1");
  oneOf(settings, "skipProbability", ["drawn", "released"]);
  oneOf(settings, "entropyKind", ["exact", "drawn"]);
  oneOf(settings, "baselineStart", ["zero", "first reward"]);
  const { operations } = space;
  const biases = (value: readonly number[] | null) =>
    value === null || (Array.isArray(value) && value.length === operations.length && value.every(Number.isFinite));
  check(
    settings,
    ["operationBias", "normalCellBias"],
    biases,
    `null or ${operations.length} numbers, for ${operations.join(", ")}`,
  );
  if (space.kind !== "micro" && settings.normalCellBias !== null) {
    throw new Problem(
      `The controller was given a normalCellBias in the ${space.kind} space, which has no cells.`,
      "Leave it out, or give null.",
    );
  }
  return settings;
}

function check<Name extends keyof ControllerSettings>(
  settings: ControllerSettings,
  names: readonly Name[],
  allowed: (value: ControllerSettings[Name]) => boolean,
  expected: string,
): void {
  for (const name of names) {
    if (!allowed(settings[name])) {
      throw new Problem(
        `The controller was given ${name}: ${inspect(settings[name])}, expected ${expected}.`,
        "Correct it, or leave it out for its default.",
      );
    }
  }
}

function oneOf(settings: ControllerSettings, name: keyof ControllerSettings, allowed: readonly string[]): void {
  check(settings, [name], (value) => allowed.includes(value as string), allowed.map((one) => `"${one}"`).join(" or "));
}
