import * as v from "valibot";

import { augmentations } from "../data/augment/presets";
import { canonicalJson } from "../files/canonical-json";
import { listOf, number, oneOf, positive } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { checkTraining, type TrainingOptions } from "../train/training-options";

/** The fewest recipes that are a choice worth its name. */
const fewest = 4;

/** What recipes are made of. */
interface Lists {
  readonly rates: readonly number[];
  readonly decays: readonly number[];
  readonly augment: readonly TriedRecipe["augment"][];
}

/** The schema of {@link TuningSettings}. */
export const tuningSchema = v.strictObject({
  /** The learning rates, each the highest of the study's schedule, whose shape stays; default: 0.02 and 0.05. */
  rates: v.optional(listOf(positive(), { least: 1, different: true }), [0.02, 0.05]),
  /** The weight decays, each from 0; default: 0.0005 and 0.005. */
  decays: v.optional(listOf(number({ from: 0 }), { least: 1, different: true }), [5e-4, 5e-3]),
  /** How training images are varied: "as trained", as the study's training says, or one of `augmentations`. Default: "as trained", "strong". */
  augment: v.optional(
    listOf(oneOf(["as trained", "none", "light", "busBraAuthors", "strong"]), { least: 1, different: true }),
    ["as trained", "strong"],
  ),
  /**
   * On whose validation images recipes are judged: "each fold" chooses for each fold by its own, which it does not test; "fold 1"
   * chooses for all folds by those of the first, which costs less, and which other folds test. Default: "each fold".
   */
  judgedOn: v.optional(oneOf(["each fold", "fold 1"]), "each fold"),
  /** By what they are judged; equal ones by their order. Default: "area under the curve". */
  by: v.optional(oneOf(["area under the curve", "accuracy"]), "area under the curve"),
});

/** Which recipes every network of a study is tried with. @interface */
export type TuningSettings = v.InferOutput<typeof tuningSchema>;

/** A way to train that is tried: what of the study's training is otherwise. */
export interface TriedRecipe {
  readonly rate: number;
  readonly decay: number;
  /** The name of the augmentation. */
  readonly augment: "as trained" | keyof typeof augmentations;
}

/** Counts the recipes that a network is tried with. */
export function countRecipes({ rates, decays, augment }: Lists): number {
  return rates.length * decays.length * augment.length;
}

/** Lists the recipes, in the order in which equal ones are preferred: rates first, then decays, then augmentations. */
export function listRecipes({ rates, decays, augment }: Lists): TriedRecipe[] {
  return rates.flatMap((rate) => decays.flatMap((decay) => augment.map((name) => ({ rate, decay, augment: name }))));
}

/**
 * Makes options of a training by a recipe.
 *
 * @param training The study's training. The lowest rate of its schedule keeps its share of the highest.
 * @returns What is otherwise than in the study's training: schedule, optimiser, augmentation.
 */
export function trainingBy(
  training: Partial<TrainingOptions>,
  { rate, decay, augment }: TriedRecipe,
): Pick<TrainingOptions, "schedule" | "optimiser" | "augment"> {
  const { schedule, optimiser, augment: own } = checkTraining(training, 1);
  const lowest = "lowest" in schedule ? { lowest: (schedule.lowest * rate) / schedule.rate } : {};
  return {
    schedule: { ...schedule, rate, ...lowest },
    optimiser: { ...optimiser, decay },
    augment: augment === "as trained" ? own : augmentations[augment],
  };
}

/** Says a recipe: "rate 0.05, decay 0.0005, strong". */
export function describeRecipe({ rate, decay, augment }: TriedRecipe): string {
  return `rate ${rate}, decay ${decay}, ${augment === "as trained" ? "varied as trained" : augment}`;
}

/**
 * Makes sure that the recipes of a study can be tried with its training, and are different ones.
 *
 * @throws {Problem} Where they are too few, the optimiser has no decay, or two recipes are the same training.
 */
export function requireRecipes(tuning: TuningSettings, training: Partial<TrainingOptions>): void {
  const count = countRecipes(tuning);
  if (count < fewest) {
    throw new Problem(
      `The study's tuning has ${count} ${count === 1 ? "recipe" : "recipes"}, expected ${fewest} at least: rates × decays × augment.`,
      "Give more values in these lists; null for no tuning.",
    );
  }
  const { kind } = checkTraining(training, 1).optimiser;
  const decay = tuning.decays.find((one) => one !== 0);
  if (kind === "adam" && decay !== undefined) {
    throw new Problem(
      `The study has tuning.decays with ${decay}, but its training's optimiser is adam, which has no weight decay.`,
      'Give training.optimiser {"kind": "adamw"}, or tuning.decays [0] and more rates.',
    );
  }
  const seen = new Map<string, TriedRecipe>();
  for (const recipe of listRecipes(tuning)) {
    const text = canonicalJson(checkTraining({ ...training, ...trainingBy(training, recipe) }, 1));
    const same = seen.get(text);
    if (same !== undefined) {
      throw new Problem(
        `Two recipes of the study's tuning are the same training: "${describeRecipe(same)}" and "${describeRecipe(recipe)}".`,
        "Leave one of them out: the budget counts each recipe once.",
      );
    }
    seen.set(text, recipe);
  }
}
