import { existsSync } from "node:fs";

import { startProgress } from "../display/progress";
import { joinCosts, measureCost, type NetworkCost } from "../compare/measure-cost";
import { measureLayersCost } from "../compare/measure-layers-cost";
import type { ComparedModel } from "../compare/comparison-rows";
import type { Evaluation, EvaluationOptions } from "../evaluate/evaluation";
import type { PredictionSet } from "../evaluate/predictions";
import { createRandom } from "../runtime/random";
import { readRun } from "../runs/read-run";
import { hearSignals } from "../runs/stop";
import { readSearch } from "../search/read-search";
import { sizeOf } from "../train/specification";
import { describeLayers } from "../train/layers-model/layers-specification";
import { isTrialSearch, readTrialSearch } from "../trials/trial-record";
import type { StudyModel } from "../validate/plan";
import { combineModels } from "./combine-models";
import { evaluateModels } from "./evaluate-models";
import { searchFolder } from "./layout";
import type { Study } from "./open-study";
import { readCrossValidation } from "./read-cross-validation";
import { trivialBaselines } from "./trivial-baselines";
import { describeChosen, readTuning, type TunedModel } from "./tune-networks";

/** What a model that is no network does not have. */
const noNetwork = { input: null, cost: null, trainSeconds: null, searchSeconds: null, peakMegabytes: null };

/** A model of a study with its predictions and all that follows from them. */
export interface GatheredModel extends ComparedModel {
  /** What it said of each image. */
  readonly predictions: PredictionSet;
  /** Seconds of the searches that it comes from, of processors where candidates were trained alone; null for a model that no search has found. */
  readonly searchSeconds: number | null;
  /** The most memory that one of its trainings took, in units of 2²⁰ bytes; null where nothing was trained. */
  readonly peakMegabytes: number | null;
  /** Every recipe that it was tried with, and how it was judged; null or left out: it was not tuned. */
  readonly tuned?: TunedModel | null;
}

/**
 * Gathers all models of a study: the found one and the random controls, the hand-crafted ones, those that predict together, and the
 * trivial baselines, each
 * with its predictions, its evaluation and its cost.
 *
 * @returns The models, the found one first.
 * @throws {Problem} Where a cross-validation is missing or not done, with the notebook to run.
 */
export async function gatherModels(
  study: Study,
  options: Partial<EvaluationOptions> = {},
): Promise<readonly GatheredModel[]> {
  const networks = [...modelsOf(study, "found"), ...modelsOf(study, "handCrafted")];
  const combined = (["found", "handCrafted"] as const).flatMap((part) =>
    combineModels(study, part, readCrossValidation(study, part)),
  );
  const trivial = await trivialBaselines(study);
  const size = sizeOf(study.prepared);
  const total = networks.length + combined.length + trivial.length;
  const progress = startProgress({ title: "gather models", total, endsWithCell: true });
  const gathered: GatheredModel[] = [];
  const searching = study.settings.search.seeds
    .map((seed) => searchFolder(study, seed))
    .filter((folder) => existsSync(folder))
    .reduce((sum, folder) => sum + secondsOfSearch(folder), 0);
  const costs = await measureInTurn(
    networks.map(({ model }) => model),
    study,
  );
  for (const [index, { model, predictions, trainSeconds, peakMegabytes, tuned }] of networks.entries()) {
    gathered.push({
      predictions,
      evaluation: evaluateModels(study, [predictions], options)[0]!,
      kind: model.kind,
      input: size,
      cost: costs[index]!,
      trainSeconds,
      searchSeconds: model.kind === "found" ? searching : null,
      peakMegabytes,
      tuned,
      ...(model.network.kind === "layers model" && { note: describeLayers(model.network) }),
      tuning: tuned && { recipes: tuned.recipes, recipe: describeChosen(tuned), tuneSeconds: tuned.seconds },
    });
    await progress.advance(1, model.name);
    await hearSignals();
  }
  for (const { base, predictions, networks: count, note, trainSeconds, peakMegabytes } of combined) {
    const one = gathered.find(({ predictions: own }) => own.model === base)!;
    gathered.push({
      ...{ predictions, evaluation: evaluateModels(study, [predictions], options)[0]!, kind: "ensemble" },
      ...{ input: size, cost: timesOf(one.cost!, count), trainSeconds, peakMegabytes },
      ...{ searchSeconds: one.searchSeconds, tuned: null, tuning: one.tuning ?? null },
      ensemble: { networks: count },
      note,
    });
    await progress.advance(1, predictions.model);
    await hearSignals();
  }
  for (const predictions of trivial) {
    const [evaluation] = evaluateModels(study, [predictions], options) as [Evaluation];
    gathered.push({ predictions, evaluation, kind: "trivial", ...noNetwork });
    await progress.advance(1, predictions.model);
  }
  progress.finish();
  return gathered;
}

/** Rounds in which networks are timed, and passes of each in a round. */
const [rounds, repeats] = [3, 10];

async function measureInTurn(
  models: readonly StudyModel[],
  { prepared }: Pick<Study, "prepared">,
): Promise<NetworkCost[]> {
  const size = sizeOf(prepared);
  const measured: NetworkCost[][] = models.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, { name, network }] of models.entries()) {
      const options = { random: createRandom(1).split(name), repeats };
      measured[index]!.push(
        network.kind === "layers model"
          ? await measureLayersCost(network, { channels: prepared.channels, size }, options)
          : measureCost(network, size, options),
      );
      await hearSignals();
    }
  return measured.map(joinCosts);
}

// One after the other: so many weights, multiplications and passes.
function timesOf({ parameters, multiplyAdds, fileBytes, latency }: NetworkCost, count: number): NetworkCost {
  return {
    ...{ parameters: count * parameters, multiplyAdds: count * multiplyAdds, fileBytes: count * fileBytes },
    latency: latency.map(({ medianMs, lowMs, highMs, ...others }) => ({
      ...others,
      ...{ medianMs: count * medianMs, lowMs: count * lowMs, highMs: count * highMs },
    })),
  };
}

// Of a search by trials they are those of processors.
function secondsOfSearch(folder: string): number {
  return isTrialSearch(readRun(folder)) ? readTrialSearch(folder).accounts.seconds : readSearch(folder).seconds;
}

function modelsOf(study: Study, part: "found" | "handCrafted") {
  const { models, costs } = readCrossValidation(study, part);
  const tuned = readTuning(study, part);
  return models.map(({ model, predictions }) => {
    const own = costs.filter(({ unit }) => unit.model === model.name);
    return {
      model,
      predictions,
      tuned: tuned.find((one) => one.model === model.name) ?? null,
      trainSeconds: own.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0),
      peakMegabytes: Math.max(...own.map(({ peakMegabytes }) => peakMegabytes)),
    };
  });
}
