import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { styleOfModel } from "../../display/model-style";
import { heightOfRows, wrapName } from "../../display/wrap-text";
import type { Evaluation } from "../evaluation";
import { measureTitles, type MeasureName } from "../measures";

/**
 * Draws how far a measure differs between folds and seeds: a point for each, and the mean over all with its standard deviation.
 *
 * @param measure Which measure; default: the area under the curve.
 * @returns The figure. Where a measure is not defined for a fold and seed, its point is missing, and the model's name says how
 *   many are.
 */
export function drawSpread(evaluations: readonly Evaluation[], measure: MeasureName = "areaUnderCurve"): Figure {
  const labels = evaluations.map((evaluation) => {
    const missing = evaluation.folds.filter(({ measures }) => measures[measure].value === null).length;
    const name = wrapName(evaluation.model);
    return missing === 0 ? name : `${name}<br>(${missing} not defined)`;
  });
  return makeFigure(
    evaluations.flatMap((evaluation, index) => drawModel(evaluation, index, measure)),
    {
      title: {
        text: `Folds and seeds<br><sub>points: one fold with one seed; bar: mean and standard deviation over folds</sub>`,
      },
      xaxis: { title: { text: measureTitles[measure] } },
      yaxis: {
        tickvals: evaluations.map((_, index) => index),
        ticktext: labels,
        range: [evaluations.length - 0.4, -0.6],
        showgrid: false,
      },
      height: 120 + heightOfRows(labels, 62),
      showlegend: false,
    },
  );
}

function drawModel(evaluation: Evaluation, index: number, measure: MeasureName): Partial<Data>[] {
  const style = styleOfModel(evaluation.model, evaluation.kind);
  const seeds = evaluation.seeds.map(({ seed }) => seed);
  const points = evaluation.folds.flatMap(({ fold, seed, measures }) => {
    const { value } = measures[measure];
    return value === null
      ? []
      : [{ value, text: `${fold}, seed ${seed}`, row: rowOf(seeds.indexOf(seed), seeds.length) }];
  });
  const { folds } = evaluation.spread[measure];
  const bar: Partial<Data>[] =
    folds === null
      ? []
      : [
          {
            type: "scatter",
            mode: "markers",
            x: [folds.mean],
            y: [index + 0.32],
            error_x: { type: "data", array: [folds.deviation], color: "#222", thickness: 1.5, width: 5 },
            marker: { symbol: "line-ns-open", size: 12, color: "#222", line: { width: 2 } },
            hovertemplate: `${evaluation.model}<br>mean %{x:.3f} ± ${folds.deviation.toFixed(3)} over ${folds.count} folds<extra></extra>`,
          },
        ];
  return [
    {
      type: "scatter",
      mode: "markers",
      x: points.map(({ value }) => value),
      y: points.map(({ row }) => index + row),
      text: points.map(({ text }) => text),
      hovertemplate: `${evaluation.model}<br>%{text}: %{x:.3f}<extra></extra>`,
      marker: { color: style.color, symbol: style.symbol, size: 8, opacity: 0.75 },
    },
    ...bar,
  ];
}

// Seeds lie one below the other, above the bar.
function rowOf(place: number, count: number): number {
  return count === 1 ? 0 : -0.25 + (0.4 * place) / (count - 1);
}
