import type { LoadedSet } from "../data/sets/load";
import { loadDataSet } from "../data/sets/load";
import type { Split } from "../data/split/split";
import { boxGeometryBaseline } from "../evaluate/baselines/box-geometry";
import { outlinedSet } from "../segment/outlined-set";
import { readOutlines } from "../segment/outlines-folder";
import { settingsOf } from "../study/settings-of";
import { outlineBaseline, predictTested, type BaselineStudy } from "../study/trivial-baselines";
import { runVariants, type RunVariantsOptions, type VariantsOutcome } from "../variants/run-variants";
import type { VariantPredictions } from "../variants/variant-rows";
import { inputArms, type InputArm, type OutlinesOf } from "./input-arms";
import { commonImages, variantOf, type CommonImages, type InputsRequest } from "./input-plans";

/** What came of the inputs, as far as they are done; what trivial baselines said stands behind the networks. */
export interface InputsOutcome extends VariantsOutcome {
  /** How many images are left out of all inputs, because nothing was found in them. */
  readonly nothingFound: number;
}

/** How inputs are run. */
export interface RunInputsOptions extends RunVariantsOptions {
  /** The inputs, by their names; null: all. */
  readonly inputs: readonly string[] | null;
}

/**
 * Trains networks on each input, everything else equal, and lets trivial baselines say what outlines and boxes alone tell. What is done is
 * not done again, and what was begun goes on.
 *
 * @param folder Where all of it is kept: one folder with a cross-validation for each input.
 * @throws {Problem} Where the set or its outlines are not there, or a network had seen a patient whom it outlined.
 * @throws {Interrupted} Where it was asked to stop; the same call goes on.
 */
export async function runInputs(
  folder: string,
  request: InputsRequest,
  { inputs, workers, list }: RunInputsOptions,
): Promise<InputsOutcome> {
  const { onContradiction } = settingsOf(request);
  const loaded = await loadDataSet(request.dataset, { root: request.root, onContradiction });
  const outlines = readOutlines(request.outlines, loaded);
  const images = commonImages(loaded, outlines);
  const arms = inputArms.filter(({ name }) => inputs === null || inputs.includes(name));
  const variants = arms.map((arm) => variantOf(arm, request));
  const { sets, missing } = await runVariants(folder, variants, request, images.split, { workers, list });
  const found = await outlinedSet(loaded, outlines);
  const trivial = await trivialSets(loaded, found, foldsOf(request, images), arms);
  return { sets: [...sets, ...trivial], nothingFound: images.nothingFound, missing };
}

function foldsOf(request: InputsRequest, { split }: CommonImages): Split {
  const folds = request.folds ?? settingsOf(request).folds;
  return folds === null ? split : { ...split, folds: folds.map((number) => split.folds[number - 1]!) };
}

// One row for each kind of outlines that is asked for, named by the input that has them undisturbed.
async function trivialSets(
  expert: LoadedSet,
  found: LoadedSet,
  split: Split,
  arms: readonly InputArm[],
): Promise<VariantPredictions[]> {
  const studies: Readonly<Record<OutlinesOf, BaselineStudy>> = {
    expert: { ...expert, tested: null },
    found: { ...found, tested: null },
    mixed: { ...expert, tested: found },
  };
  const sets: VariantPredictions[] = [];
  for (const [kind, study] of Object.entries(studies) as [OutlinesOf, BaselineStudy][]) {
    const named = { expert: "expert's", found: "found", mixed: "mixed" }[kind];
    for (const [input, baseline] of [
      [`${named} box`, boxGeometryBaseline],
      [`${named} outline`, await outlineBaseline(study)],
    ] as const)
      if (arms.some(({ name }) => name === input))
        sets.push({ variant: input, predictions: predictTested(baseline, split, study) });
  }
  return sets;
}
