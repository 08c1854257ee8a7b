import * as v from "valibot";

import type { ModelKind } from "../display/model-style";
import { resamplingOptions } from "../evaluate/bootstrap";
import { thresholdOption } from "../evaluate/decide";
import { measureTitles } from "../evaluate/measures";
import type { PredictionSet } from "../evaluate/predictions";
import { oneOf, passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { ranksOf } from "../statistics/area-under-curve";
import { resampleGroups } from "../statistics/resample-groups";
import { quantile } from "../statistics/summary";
import { alignPredictions } from "./align";
import { comparedMeasures, measureOfRows, type ComparedMeasure } from "./measure-rows";

const rankOptions = v.strictObject({
  /** By what; the greater, the better. Default: "areaUnderCurve". */
  measure: v.optional(oneOf(comparedMeasures), "areaUnderCurve"),
  /** How each model's thresholds are chosen; default: 0.5, fixed beforehand. */
  threshold: thresholdOption,
  /** What counts as one case; default: "images". */
  unit: v.optional(oneOf(["images", "patients"]), "images"),
  replicates: resamplingOptions.replicates,
  confidence: resamplingOptions.confidence,
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
});

/** How models are ranked. @interface */
export type RankOptions = v.InferInput<typeof rankOptions>;

/** A model at its rank. */
export interface RankedModel {
  readonly model: string;
  /** Where it comes from, as its predictions say; left out where they do not. */
  readonly kind?: ModelKind;
  /** What it is ranked by, the mean over its seeds. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Its rank from 1, the best; equal models share the mean of their ranks. */
  readonly rank: number;
  /** The best rank in the interval of ranks. */
  readonly rankLow: number;
  /** The worst rank in it. */
  readonly rankHigh: number;
  /** In which share of the replicates it is the best, 0 to 1; where several are, each gets its part. */
  readonly bestShare: number;
}

/** Models in order. */
export interface Ranking {
  readonly measure: ComparedMeasure;
  readonly models: readonly RankedModel[];
  /** How many replicates the intervals come from. */
  readonly replicates: number;
  /** How many more were drawn and left out, as the measure is not defined in them. */
  readonly undefinedReplicates: number;
  /** How many patients were resampled. */
  readonly patients: number;
  readonly confidence: number;
}

/**
 * Ranks models, and says how sure the ranks are: patients are resampled with replacement, within folds, the same for all models, and ranks
 * computed anew each time. A rank that goes from 1 to 5 is no rank.
 *
 * The shares are of other patients that might have been tested, not of other trainings: with few seeds they are too sure.
 *
 * @param sets The models' predictions, two or more.
 * @returns The models, the best first.
 * @throws {Problem} Where the models were not tested on the same images (see `alignPredictions`), there is one patient
 *   only, the measure is not one, is not defined for a model or not in more than half of the replicates.
 */
export function rankModels(sets: readonly PredictionSet[], options: RankOptions): Ranking {
  const settings = checkOptions("rankModels", rankOptions, options);
  const { measure, replicates, confidence, random } = settings;
  const alignment = alignPredictions(sets, settings);
  const patients = new Set(alignment.patients).size;
  if (patients < 2) throw new Problem("All images are of one patient: how patients differ is unknown.", "Use more.");
  const statistics = alignment.models.map((model) => measureOfRows(alignment, model, measure));
  const all = alignment.labels.map((_, row) => row);
  const values = statistics.map((statistic, index) => {
    const value = statistic(all);
    if (value !== null) return value;
    throw new Problem(
      `The ${measureTitles[measure]} of ${alignment.models[index]!.name} is not defined.`,
      "Rank by another measure, or leave the model out.",
    );
  });

  const drawn = alignment.models.map(() => ({ values: [] as number[], ranks: [] as number[], best: 0 }));
  let undefinedReplicates = 0;
  resampleGroups({ groups: alignment.patients, strata: alignment.folds, replicates, random }, (rows) => {
    const found = statistics.map((statistic) => statistic(rows));
    const defined = found.flatMap((value) => (value === null ? [] : [value]));
    if (defined.length < found.length) {
      undefinedReplicates++;
      return;
    }
    const ranks = ranksFromBest(defined);
    const greatest = Math.max(...defined);
    const winners = defined.filter((value) => value === greatest).length;
    drawn.forEach((one, index) => {
      one.values.push(defined[index]!);
      one.ranks.push(ranks[index]!);
      if (defined[index] === greatest) one.best += 1 / winners;
    });
  });
  const kept = replicates - undefinedReplicates;
  if (2 * kept < replicates) {
    throw new Problem(
      `The ${measureTitles[measure]} is not defined in ${undefinedReplicates} of ${replicates} replicates.`,
      "Rank by another measure, or test more patients of each class.",
    );
  }

  const ranks = ranksFromBest(values);
  const tail = (1 - confidence) / 2;
  const models = alignment.models.map(({ name }, index): RankedModel => {
    const own = drawn[index]!;
    const { kind } = sets[index]!;
    return {
      model: name,
      ...(kind === undefined ? {} : { kind }),
      value: values[index]!,
      low: quantile(own.values, tail),
      high: quantile(own.values, 1 - tail),
      rank: ranks[index]!,
      rankLow: quantile(own.ranks, tail),
      rankHigh: quantile(own.ranks, 1 - tail),
      bestShare: own.best / kept,
    };
  });
  models.sort((a, b) => a.rank - b.rank);
  return { measure, models, replicates: kept, undefinedReplicates, patients, confidence };
}

function ranksFromBest(values: readonly number[]): number[] {
  return ranksOf(values.map((value) => -value));
}
