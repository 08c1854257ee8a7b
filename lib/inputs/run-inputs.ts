import { existsSync } from "node:fs";
import { join } from "node:path";

import type { LoadedSet } from "../data/sets/load";
import { loadDataSet } from "../data/sets/load";
import type { Split } from "../data/split/split";
import { boxGeometryBaseline } from "../evaluate/baselines/box-geometry";
import { folderNameOf } from "../files/folder-name";
import { outlinedSet } from "../segment/outlined-set";
import { readOutlines } from "../segment/outlines-folder";
import { settingsOf } from "../study/settings-of";
import { outlineBaseline, predictTested, type BaselineStudy } from "../study/trivial-baselines";
import { readValidation } from "../validate/read-validation";
import { runPlan } from "../validate/run-plan";
import { inputArms, type InputArm, type OutlinesOf } from "./input-arms";
import { commonImages, planInput, type CommonImages, type InputsRequest } from "./input-plans";
import type { InputPredictions } from "./input-rows";

/** What came of the inputs, as far as they are done. */
export interface InputsOutcome {
  /** What networks and trivial baselines said, in the order of the inputs. */
  readonly sets: readonly InputPredictions[];
  /** How many images are left out of all inputs, because nothing was found in them. */
  readonly nothingFound: number;
  /** The inputs that are not done. */
  readonly missing: readonly string[];
}

/** How inputs are run. */
export interface RunInputsOptions {
  /** The inputs, by their names; null: all. */
  readonly inputs: readonly string[] | null;
  /** Trainings at a time, from 1. */
  readonly workers: number;
  /** Whether only what is done is read, and nothing trained. */
  readonly list: boolean;
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
  const sets: InputPredictions[] = [];
  const missing: string[] = [];
  for (const arm of arms) {
    const own = join(folder, folderNameOf(arm.name));
    if (!list) await runPlan(own, planInput(arm, request, images), { workers });
    const done = existsSync(join(own, "plan.json")) ? readValidation(own, "done") : null;
    if (done?.missing !== null) missing.push(arm.name);
    else sets.push(...done.models.map(({ predictions }) => ({ input: arm.name, predictions })));
  }
  const found = await outlinedSet(loaded, outlines);
  sets.push(...(await trivialSets(loaded, found, foldsOf(request, images), arms)));
  return { sets, nothingFound: images.nothingFound, missing };
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
): Promise<InputPredictions[]> {
  const studies: Readonly<Record<OutlinesOf, BaselineStudy>> = {
    expert: { ...expert, tested: null },
    found: { ...found, tested: null },
    mixed: { ...expert, tested: found },
  };
  const sets: InputPredictions[] = [];
  for (const [kind, study] of Object.entries(studies) as [OutlinesOf, BaselineStudy][]) {
    const named = { expert: "expert's", found: "found", mixed: "mixed" }[kind];
    for (const [input, baseline] of [
      [`${named} box`, boxGeometryBaseline],
      [`${named} outline`, await outlineBaseline(study)],
    ] as const)
      if (arms.some(({ name }) => name === input))
        sets.push({ input, predictions: predictTested(baseline, split, study) });
  }
  return sets;
}
