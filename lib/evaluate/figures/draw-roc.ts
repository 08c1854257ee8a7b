import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { styleOfModel, type ModelStyle } from "../../display/model-style";
import { rocCurve } from "../../statistics/roc-curve";
import type { Estimate } from "../estimate";
import type { Evaluation } from "../evaluation";
import type { Sample } from "../sample";
import { bandTrace, curveBand, describeBand, describeFolds, formatConfidence, hasBand, isMean } from "./band";
import { overFolds } from "./fold-curve";
import { squareLayout } from "./square";

/** Where curves are averaged over seeds, and bands computed. */
const grid = Array.from({ length: 101 }, (_, index) => index / 100);

/**
 * Draws ROC curves with pointwise bands, and the operating point of each model as a marker. With several folds or seeds,
 * sensitivities are averaged at equal specificity: over folds by their pairs of a malignant and a benign image, so that the curve has the
 * area within folds under it.
 *
 * @param evaluations The models' evaluations; those whose tested images are of one class have no curve and are left out.
 */
export function drawRoc(evaluations: readonly Evaluation[]): Figure {
  const drawn = evaluations.flatMap((evaluation, index) => drawModel(evaluation, hasBand(evaluations, index)));
  const chance: Partial<Data> = {
    type: "scatter",
    mode: "lines",
    x: [0, 1],
    y: [0, 1],
    line: { color: "#888", width: 1, dash: "dash" },
    hoverinfo: "skip",
    showlegend: false,
  };
  const titles = {
    title: `ROC curve<br><sub>${describeBand(evaluations)}${describeFolds(evaluations, "pairs")}</sub>`,
    x: "1 − specificity",
    y: "sensitivity",
  };
  return makeFigure([chance, ...drawn], squareLayout(titles));
}

/**
 * Writes an area under a curve as legends do.
 *
 * @param name What the area is called; default: "AUC".
 * @returns "AUC 0.912 (95 % CI 0.871–0.945, DeLong)".
 */
export function describeArea(estimate: Estimate, confidence: number, name = "AUC"): string {
  const { value, low, high, method } = estimate;
  if (value === null) return `${name} not defined`;
  if (low === null || high === null) return `${name} ${value.toFixed(3)}`;
  // "bootstrap over 120 patients, 2000 replicates": the rest is in the table.
  const short = method?.split(/ over |, /)[0];
  return `${name} ${value.toFixed(3)} (${formatConfidence(confidence)} CI ${low.toFixed(3)}–${high.toFixed(3)}, ${short})`;
}

/**
 * Computes the sensitivity over a grid of 1 - specificity, along straight lines between the curve's points.
 *
 * @param sample The cases of one seed, in falling order of probability.
 * @param weights How often each patient counts: `[patients]`.
 * @param values Where the sensitivities at 0, 0.01, ... 1 are written: `[101]`; NaN with one class only.
 */
export function rocOnGrid(sample: Sample, weights: Uint16Array, values: Float64Array): void {
  const { patient, label, probability } = sample;
  const [hits, alarms] = [[0], [0]];
  for (let index = 0; index < label.length;) {
    let [ones, zeros] = [hits.at(-1)!, alarms.at(-1)!];
    const shared = probability[index];
    for (; index < label.length && probability[index] === shared; index++) {
      const weight = weights[patient[index]!]!;
      if (label[index] === 1) ones += weight;
      else zeros += weight;
    }
    hits.push(ones);
    alarms.push(zeros);
  }
  const [ones, zeros] = [hits.at(-1)!, alarms.at(-1)!];
  if (ones === 0 || zeros === 0) {
    values.fill(NaN);
    return;
  }
  let point = 0;
  grid.forEach((share, place) => {
    const wanted = share * zeros;
    // Where the curve rises straight up, its upper end counts.
    while (point + 1 < alarms.length && alarms[point + 1]! <= wanted + 1e-9) point++;
    const run = (alarms[point + 1] ?? Infinity) - alarms[point]!;
    const rise = (hits[point + 1] ?? ones) - hits[point]!;
    values[place] = (hits[point]! + (rise * Math.max(0, wanted - alarms[point]!)) / run) / ones;
  });
}

function drawModel(evaluation: Evaluation, withBand: boolean): Partial<Data>[] {
  const { model, cases, seeds, pooled, confidence } = evaluation;
  if (pooled.measures.areaUnderCurve.value === null) return [];
  const style = styleOfModel(evaluation.model, evaluation.kind);
  // A band takes resampling: not for one that is neither drawn nor needed for a mean over folds or seeds.
  const mean = isMean(evaluation);
  const ofFolds = overFolds(rocOnGrid, (malignant, benign) => malignant * benign);
  const band = withBand || mean ? curveBand(evaluation, grid.length, ofFolds) : null;
  const exact = !mean
    ? rocCurve(
        cases.map(({ label }) => label),
        cases.map(({ probability }) => probability),
      )
    : grid.map((falsePositiveRate, place) => ({
        falsePositiveRate,
        truePositiveRate: band!.values[place]!,
        threshold: null,
      }));
  const curve: Partial<Data> = {
    type: "scatter",
    mode: "lines",
    name: `${model}: ${describeArea(pooled.measures.areaUnderCurve, confidence)}`,
    x: exact.map(({ falsePositiveRate }) => falsePositiveRate),
    y: exact.map(({ truePositiveRate }) => truePositiveRate),
    text: exact.map(({ threshold }) =>
      threshold === null
        ? `mean over ${seeds.length > 1 ? "folds and seeds" : "folds"}`
        : `threshold ${threshold === Infinity ? "above all" : threshold.toFixed(3)}`,
    ),
    hovertemplate: "sensitivity %{y:.3f}<br>1 − specificity %{x:.3f}<br>%{text}<extra></extra>",
    line: { color: style.color, width: style.width, dash: style.dash },
    legendgroup: model,
  };
  return [...(withBand ? bandTrace(grid, band!, style, model) : []), curve, ...drawPoint(evaluation, style)];
}

function drawPoint({ model, pooled }: Evaluation, style: ModelStyle): Partial<Data>[] {
  const { sensitivity, specificity } = pooled.measures;
  if (sensitivity.value === null || specificity.value === null) return [];
  const arm = (low: number | null, high: number | null, value: number) => ({
    type: "data" as const,
    symmetric: false,
    array: [high === null ? 0 : high - value],
    arrayminus: [low === null ? 0 : value - low],
    color: style.color,
    thickness: 1,
    width: 4,
  });
  // 1 - specificity: the ends change places.
  const upper = specificity.low === null ? null : 1 - specificity.low;
  const lower = specificity.high === null ? null : 1 - specificity.high;
  return [
    {
      type: "scatter",
      mode: "markers",
      x: [1 - specificity.value],
      y: [sensitivity.value],
      error_x: arm(lower, upper, 1 - specificity.value),
      error_y: arm(sensitivity.low, sensitivity.high, sensitivity.value),
      marker: { color: style.color, symbol: style.symbol, size: 9, line: { color: "#fff", width: 1 } },
      hovertemplate: `${model}, at its threshold<br>sensitivity %{y:.3f}<br>1 − specificity %{x:.3f}<extra></extra>`,
      legendgroup: model,
      showlegend: false,
    },
  ];
}
