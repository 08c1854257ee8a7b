import { existsSync } from "node:fs";

import type { GivenPlan, StudyModel } from "../validate/plan";
import { readValidation, type Validation } from "../validate/read-validation";
import { Problem } from "../runtime/problem";
import { notebookOf, placeOf } from "./layout";
import type { Study } from "./open-study";
import { checkStudySettings } from "./study-settings";
import { describeRecipe, listRecipes, trainingBy, type TriedRecipe, type TuningSettings } from "./tried-recipes";

/** A recipe as it was judged on one fold. */
export interface JudgedRecipe {
  readonly recipe: TriedRecipe;
  /** Accuracy or area under the curve of the fold's validation images, as the study says. */
  readonly score: number;
}

/** What became of one network with every recipe. */
export interface TunedModel {
  readonly model: string;
  /** How many recipes it was tried with on each fold. */
  readonly recipes: number;
  /** Seconds that all of these trainings took. */
  readonly seconds: number;
  /** The folds on whose validation images recipes were judged, in order. */
  readonly folds: readonly {
    readonly fold: string;
    /** Each recipe with its score, in the order of the study's lists. */
    readonly judged: readonly JudgedRecipe[];
    /** The best of them, the first of equal ones. */
    readonly chosen: TriedRecipe;
  }[];
}

/** Which of a study's cross-validations. */
export type NetworksPart = "found" | "handCrafted";

const placeOfTuning = { found: "tunedFound", handCrafted: "tunedHandCrafted" } as const;

/** Lists the folds, from 1, on whose validation images a study judges recipes. */
export function judgedFolds(
  { split }: Pick<Study, "split">,
  tuning: TuningSettings,
  folds: GivenPlan["folds"],
): number[] {
  return tuning.judgedOn === "fold 1" ? [1] : [...(folds ?? split.folds.map((_, index) => index + 1))];
}

/**
 * Plans the trials of the networks of a plan with every recipe of the study, all with the same: each learns from the training part of
 * a fold and is judged on its validation part; what a fold tests stays shut.
 *
 * @param plan The plan of the cross-validation that follows.
 * @throws {Problem} Where a fold has no validation images of both classes.
 */
export function planTrials(study: Study, tuning: TuningSettings, plan: GivenPlan): GivenPlan {
  const numbers = judgedFolds(study, tuning, plan.folds);
  requireJudges(study, numbers);
  const recipes = listRecipes(tuning);
  const models = plan.models.flatMap((model) =>
    recipes.map((recipe, index): StudyModel => {
      const training = { ...model.training, ...trainingBy(study.settings.training, recipe) };
      return { ...model, name: nameOfTrial(model.name, index), training };
    }),
  );
  return {
    ...{ ...plan, models, split: study.split, predicts: "validation" },
    ...{ folds: numbers, seeds: [study.settings.seeds[0]!] },
  };
}

/**
 * Lets each network of a plan be trained on each fold by the recipe that was chosen for it.
 *
 * @param plan The plan of the cross-validation.
 * @returns The plan; the very same where the study does not tune.
 * @throws {Problem} Where a trial is not done.
 */
export function applyTuning(study: Study, networks: NetworksPart, plan: GivenPlan): GivenPlan {
  const { tuning } = checkStudySettings(study.settings);
  if (tuning === null || plan.models.length === 0) return plan;
  const tuned = chooseRecipes(readValidation(placeOf(study, placeOfTuning[networks])), tuning);
  const names = study.split.folds.map(({ name }) => name);
  return {
    ...plan,
    models: plan.models.map((model) => {
      const { folds } = tuned.find((one) => one.model === model.name)!;
      const chosen = names.flatMap((name) => {
        const judge = tuning.judgedOn === "fold 1" ? folds[0] : folds.find(({ fold }) => fold === name);
        return judge === undefined ? [] : [[name, trainingBy(study.settings.training, judge.chosen)] as const];
      });
      return { ...model, trainingOfFold: Object.fromEntries(chosen) };
    }),
  };
}

/**
 * Reads which recipes the networks of a study were tried with, and which was chosen.
 *
 * @returns One a network; none where the study does not tune.
 * @throws {Problem} Where trainings are missing, with the notebook to run.
 */
export function readTuning(study: Pick<Study, "path" | "name" | "settings">, networks: NetworksPart): TunedModel[] {
  const { tuning, handCrafted, ownModels } = checkStudySettings(study.settings);
  if (tuning === null || (networks === "handCrafted" && handCrafted.length + ownModels.length === 0)) return [];
  const folder = placeOf(study, placeOfTuning[networks]);
  if (!existsSync(folder)) {
    throw new Problem(`${study.name} has not tried its recipes yet.`, `Run ${notebookOf(networks)} of the same study.`);
  }
  return chooseRecipes(readValidation(folder), tuning);
}

/**
 * Says what was chosen for a network, over its folds: "rate 0.05, decay 0.0005, strong (fold 1, fold 3); …".
 */
export function describeChosen({ folds }: Pick<TunedModel, "folds">): string {
  const byRecipe = new Map<string, string[]>();
  for (const { fold, chosen } of folds) {
    const said = describeRecipe(chosen);
    byRecipe.set(said, [...(byRecipe.get(said) ?? []), fold]);
  }
  return [...byRecipe].map(([said, names]) => `${said} (${names.join(", ")})`).join("; ");
}

function chooseRecipes({ plan, units, costs }: Validation, tuning: TuningSettings): TunedModel[] {
  const recipes = listRecipes(tuning);
  const names = plan.models.map(({ name }) => name).filter((_, index) => index % recipes.length === 0);
  return names.map((first): TunedModel => {
    const model = first.slice(0, first.length - nameOfTrial("", 0).length);
    const trials = recipes.map((_, index) => nameOfTrial(model, index));
    const own = units.filter(({ unit }) => trials.includes(unit.model));
    const folds = [...new Set(own.map(({ unit }) => unit.fold))].map((fold) => {
      const judged = recipes.map((recipe, index): JudgedRecipe => {
        const report = own.find(({ unit }) => unit.fold === fold && unit.model === trials[index])!;
        const result = report.state.state === "done" ? report.state.result : null;
        const score = tuning.by === "accuracy" ? result?.validationAccuracy : result?.validationArea;
        return { recipe, score: score ?? -Infinity };
      });
      const best = judged.reduce((one, other) => (other.score > one.score ? other : one));
      if (best.score === -Infinity) {
        throw new Problem(
          `${model} learned by none of its ${recipes.length} recipes on ${fold}: the numbers of each became none.`,
          "Give lower rates in tuning.rates.",
        );
      }
      return { fold, judged, chosen: best.recipe };
    });
    const seconds = costs
      .filter(({ unit }) => trials.includes(unit.model))
      .reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0);
    return { model, recipes: recipes.length, seconds, folds };
  });
}

/** Names a network that is tried with a recipe, from 0. */
export const nameOfTrial = (model: string, index: number) => `${model}, recipe ${index + 1}`;

// Whether recipes can be judged is known before any is tried.
function requireJudges({ split, records }: Study, numbers: readonly number[]): void {
  const labels = new Map(records.map(({ id, label }) => [id, label]));
  for (const number of numbers) {
    const { name, validation } = split.folds[number - 1]!;
    const classes = new Set(validation.map((id) => (labels.get(id) === "malignant" ? "malignant" : "benign")));
    if (classes.size === 2) continue;
    throw new Problem(
      `The study tunes, and ${name} has ${validation.length} validation images, ${classes.size === 1 ? `all ${[...classes][0]!}` : "none to judge by"}; images of both classes are needed to judge recipes.`,
      'Judge all folds by the first, with tuning.judgedOn "fold 1", take a split with validation parts, or set tuning to null.',
    );
  }
}
