import type { Data } from "plotly.js";

import type { ModelStyle } from "../../display/model-style";
import { createRandom } from "../../runtime/random";
import { bootstrapSamples, measureSamples, type WeightedStatistic } from "../bootstrap";
import type { Evaluation } from "../evaluation";
import { makeSamples } from "../sample";

/** A curve over a grid, with its pointwise band. */
export interface CurveBand {
  /** The curve at each point of the grid: the mean over seeds; NaN where it is not defined. */
  readonly values: readonly number[];
  /** The band's lower edge; null where there is none. */
  readonly low: readonly (number | null)[];
  /** The band's upper edge; null where there is none. */
  readonly high: readonly (number | null)[];
}

/** Fewer than for the numbers of a table: an edge need not be known to three digits. */
const replicates = 500;

/**
 * Computes a curve and its pointwise band by resampling patients.
 *
 * @returns The curve with its band. At each point by itself, such a band holds the true curve as often as the confidence says;
 *   all of the curve, less often.
 */
export function curveBand(evaluation: Evaluation, points: number, statistic: WeightedStatistic): CurveBand {
  const { cases, confidence, resamplingSeed } = evaluation;
  const samples = makeSamples(cases);
  const random = createRandom(resamplingSeed).split("band");
  const intervals = bootstrapSamples(samples, points, statistic, { replicates, confidence, random });
  return {
    values: measureSamples(samples, points, statistic),
    low: intervals.map(({ low }) => low),
    high: intervals.map(({ high }) => high),
  };
}

/**
 * Draws a band as a closed area.
 *
 * @param group The name of the curve it belongs to, with which it is hidden.
 * @returns The trace; none where the band has no edges.
 */
export function bandTrace(grid: readonly number[], band: CurveBand, style: ModelStyle, group: string): Partial<Data>[] {
  const kept = grid.flatMap((x, index) => {
    const [low, high] = [band.low[index] ?? null, band.high[index] ?? null];
    return low === null || high === null ? [] : [{ x, low, high }];
  });
  if (kept.length < 2) return [];
  const back = [...kept].reverse();
  return [
    {
      type: "scatter",
      mode: "lines",
      x: [...kept, ...back].map(({ x }) => x),
      y: [...kept.map(({ high }) => high), ...back.map(({ low }) => low)],
      fill: "toself",
      fillcolor: style.band,
      line: { width: 0 },
      hoverinfo: "skip",
      legendgroup: group,
      showlegend: false,
    },
  ];
}

/**
 * Writes how often intervals hold the true value.
 *
 * @returns "95 %".
 */
export function formatConfidence(confidence: number): string {
  return `${Number((100 * confidence).toFixed(1))} %`;
}

/** Says whether a model's curve is a mean: over folds, whose networks have scales of their own, or over seeds. */
export function isMean({ folds }: Evaluation): boolean {
  return folds.length > 1;
}

/**
 * Says how curves of several folds were joined, as titles do.
 *
 * @param by By what folds count.
 * @returns "; curves: means over folds by their pairs"; nothing where each model has one fold.
 */
export function describeFolds(evaluations: readonly Evaluation[], by: string): string {
  const several = evaluations.some(({ folds }) => new Set(folds.map(({ fold }) => fold)).size > 1);
  return several ? `; curves: means over folds by their ${by}` : "";
}

/** The most models whose bands can be told from each other where they overlap. */
const mostBands = 3;

/** Says whether a model's curve has its band drawn: where there are more than three, only the first one's has. */
export function hasBand(evaluations: readonly Evaluation[], index: number): boolean {
  return index === 0 || evaluations.length <= mostBands;
}

/**
 * Says what the bands of a figure are, as titles do.
 *
 * @returns "band: pointwise 95 %, bootstrap over patients"; with the first model's name where only it has one.
 */
export function describeBand(evaluations: readonly Evaluation[]): string {
  const levels = [...new Set(evaluations.map(({ confidence }) => formatConfidence(confidence)))];
  const whose = evaluations.length > mostBands ? `band of ${evaluations[0]!.model}` : "band";
  return `${whose}: pointwise ${levels.join(", ")}, bootstrap over patients`;
}
