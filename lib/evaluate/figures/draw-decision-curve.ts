import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { styleOfModel } from "../../display/model-style";
import type { Evaluation } from "../evaluation";
import type { Sample } from "../sample";
import { bandTrace, curveBand, describeBand, describeFolds, hasBand } from "./band";

/** Threshold probabilities, 0.01 to 0.99. */
const grid = Array.from({ length: 99 }, (_, index) => (index + 1) / 100);

/**
 * Draws decision curves (Vickers and Elkin, "Decision curve analysis", Medical Decision Making 26:565-574, 2006): what acting
 * on a model is worth, for readers who would act from a probability on. Beside the models stand acting on all and on none. A threshold
 * is a probability, the same in every fold: the mean over folds by their images is what all images together give.
 *
 * @returns The figure. The net benefit is in malignant cases found per image, less those called malignant by mistake times
 *   what a mistake costs in the reader's own odds.
 */
export function drawDecisionCurve(evaluations: readonly Evaluation[]): Figure {
  const shares = [...new Set(evaluations.map(({ pooled }) => pooled.malignant / pooled.cases))];
  const all = shares.map((share, index) => {
    const name = index === 0 ? "act on all" : `act on all (${(100 * share).toFixed(1)} % malignant)`;
    const benefits = grid.map((at) => share - ((1 - share) * at) / (1 - at));
    return reference(name, "dash", grid, benefits);
  });
  const none = reference("act on none", "dot", [0, 1], [0, 0]);
  const greatest = Math.max(...shares);
  return makeFigure(
    [...all, none, ...evaluations.flatMap((one, index) => drawModel(one, hasBand(evaluations, index)))],
    {
      title: {
        text: `Decision curve<br><sub>${describeBand(evaluations)}${describeFolds(evaluations, "images")}</sub>`,
      },
      height: 440,
      xaxis: { title: { text: "threshold probability of malignant" }, range: [0, 1], dtick: 0.2 },
      yaxis: { title: { text: "net benefit (malignant found per image)" }, range: [-0.25 * greatest, 1.08 * greatest] },
    },
  );
}

/**
 * Computes the net benefit over threshold probabilities: the share of true positives, less that of false positives times the
 * odds of the threshold.
 *
 * @param sample The cases of one seed, in falling order of probability.
 * @param weights How often each patient counts: `[patients]`.
 * @param values Where the net benefits at 0.01, 0.02, ... 0.99 are written: `[99]`.
 */
export function netBenefitOnGrid(sample: Sample, weights: Uint16Array, values: Float64Array): void {
  const { patient, label, probability } = sample;
  let count = 0;
  for (const one of patient) count += weights[one]!;
  let [hits, alarms, index] = [0, 0, 0];
  for (let place = grid.length - 1; place >= 0; place--) {
    const at = grid[place]!;
    for (; index < label.length && probability[index]! >= at; index++) {
      const weight = weights[patient[index]!]!;
      if (label[index] === 1) hits += weight;
      else alarms += weight;
    }
    values[place] = (hits - (alarms * at) / (1 - at)) / count;
  }
}

function reference(name: string, dash: "dash" | "dot", x: number[], y: number[]): Partial<Data> {
  return { type: "scatter", mode: "lines", name, x, y, line: { color: "#888", width: 1.5, dash }, hoverinfo: "skip" };
}

function drawModel(evaluation: Evaluation, withBand: boolean): Partial<Data>[] {
  const style = styleOfModel(evaluation.model, evaluation.kind);
  const band = curveBand(evaluation, grid.length, netBenefitOnGrid);
  return [
    ...(withBand ? bandTrace(grid, band, style, evaluation.model) : []),
    {
      type: "scatter",
      mode: "lines",
      name: evaluation.model,
      x: grid,
      y: [...band.values],
      hovertemplate: "net benefit %{y:.3f}<br>threshold %{x:.2f}<extra></extra>",
      line: { color: style.color, width: style.width, dash: style.dash },
      legendgroup: evaluation.model,
    },
  ];
}
