import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { styleOfModel } from "../../display/model-style";
import { precisionRecallCurve } from "../../statistics/precision-recall-curve";
import type { Evaluation } from "../evaluation";
import type { Sample } from "../sample";
import { bandTrace, curveBand, describeBand, describeFolds, hasBand, isMean } from "./band";
import { overFolds } from "./fold-curve";
import { describeArea } from "./draw-roc";
import { squareLayout } from "./square";

// Not from 0: the precision of the first few cases is a matter of chance.
const grid = Array.from({ length: 99 }, (_, index) => (index + 2) / 100);

/**
 * Draws precision-recall curves with pointwise bands, and the share of malignant cases, which is the precision of a model that
 * tells nothing. With several folds or seeds, precisions are averaged at equal recall: over folds by their malignant images. Points are joined by steps, not by straight lines,
 * which would flatter (Davis and Goadrich, ICML 2006).
 *
 * @param evaluations The models' evaluations; those whose tested images are of one class have no curve and are left out.
 */
export function drawPrecisionRecall(evaluations: readonly Evaluation[]): Figure {
  const shares = [...new Set(evaluations.map(({ pooled }) => pooled.malignant / pooled.cases))];
  const chance = shares.map((share): Partial<Data> => ({
    type: "scatter",
    mode: "lines",
    x: [0, 1],
    y: [share, share],
    line: { color: "#888", width: 1, dash: "dash" },
    hovertemplate: `share of malignant cases ${share.toFixed(3)}<extra></extra>`,
    showlegend: false,
  }));
  const titles = {
    title: `Precision-recall curve<br><sub>dashed: share of malignant cases; ${describeBand(evaluations)}${describeFolds(evaluations, "malignant images")}</sub>`,
    x: "recall (sensitivity)",
    y: "precision",
  };
  const drawn = evaluations.flatMap((evaluation, index) => drawModel(evaluation, hasBand(evaluations, index)));
  return makeFigure([...chance, ...drawn], squareLayout(titles));
}

/**
 * Computes the precision over a grid of recall: that of the highest threshold at which the recall is reached.
 *
 * @param sample The cases of one seed, in falling order of probability.
 * @param weights How often each patient counts: `[patients]`.
 * @param values Where the precisions at recall 0.02, 0.03, ... 1 are written: `[99]`; NaN with one class only.
 */
export function precisionOnGrid(sample: Sample, weights: Uint16Array, values: Float64Array): void {
  const { patient, label, probability } = sample;
  let [ones, count] = [0, 0];
  label.forEach((one, index) => {
    ones += one * weights[patient[index]!]!;
    count += weights[patient[index]!]!;
  });
  values.fill(NaN);
  if (ones === 0 || ones === count) return;
  let [hits, called, place] = [0, 0, 0];
  for (let index = 0; index < label.length;) {
    const shared = probability[index];
    for (; index < label.length && probability[index] === shared; index++) {
      const weight = weights[patient[index]!]!;
      hits += weight * label[index]!;
      called += weight;
    }
    while (place < grid.length && grid[place]! * ones <= hits + 1e-9) values[place++] = hits / called;
  }
}

function drawModel(evaluation: Evaluation, withBand: boolean): Partial<Data>[] {
  const { model, cases, pooled, confidence } = evaluation;
  if (pooled.measures.averagePrecision.value === null) return [];
  const style = styleOfModel(evaluation.model, evaluation.kind);
  // A band takes resampling: not for one that is neither drawn nor needed for a mean over folds or seeds.
  const mean = isMean(evaluation);
  const ofFolds = overFolds(precisionOnGrid, (malignant) => malignant);
  const band = withBand || mean ? curveBand(evaluation, grid.length, ofFolds) : null;
  const points = !mean
    ? precisionRecallCurve(
        cases.map(({ label }) => label),
        cases.map(({ probability }) => probability),
      )
    : grid.map((recall, place) => ({ recall, precision: band!.values[place]! }));
  return [
    ...(withBand ? bandTrace(grid, band!, style, model) : []),
    {
      type: "scatter",
      mode: "lines",
      name: `${model}: ${describeArea(pooled.measures.averagePrecision, confidence, "average precision")}`,
      x: points.map(({ recall }) => recall),
      y: points.map(({ precision }) => precision),
      hovertemplate: "precision %{y:.3f}<br>recall %{x:.3f}<extra></extra>",
      line: { color: style.color, width: style.width, dash: style.dash, shape: "vh" },
      legendgroup: model,
    },
  ];
}
