import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../display/figure";
import { colorOfModel, type ModelKind } from "../display/model-style";
import { heightOfRows, wrapName } from "../display/wrap-text";
import type { Evaluation } from "../evaluate/evaluation";

/** A network of a study beside those of others. */
export interface StandingModel {
  readonly study: string;
  readonly model: string;
  readonly kind: ModelKind;
  readonly evaluation: Evaluation;
}

/** Markers of studies: the colour is the model's. */
const symbols = ["circle", "square", "diamond", "triangle-up", "cross", "star-triangle-down", "hexagram"] as const;

/**
 * Draws the area under the curve of networks of several studies with intervals: a line a network, a marker a study, each network in
 * the colour that it has everywhere.
 *
 * @param models The networks, those of one name together.
 */
export function drawStudies(models: readonly StandingModel[]): Figure {
  const names = [...new Set(models.map(({ model }) => model))];
  const studies = [...new Set(models.map(({ study }) => study))];
  const step = 0.7 / studies.length;
  const traces = studies.flatMap((study, index): Partial<Data>[] => {
    const own = models.filter((one) => one.study === study);
    const areas = own.map(({ evaluation }) => evaluation.pooled.measures.areaUnderCurve);
    const colors = own.map(({ model, kind }) => colorOfModel(model, kind));
    const symbol = symbols[index % symbols.length]!;
    return [
      // For the legend, in no model's colour.
      {
        ...{ type: "scatter", mode: "markers", name: study, x: [null], y: [null], legendgroup: study },
        marker: { symbol, color: "#666", size: 9 },
      },
      {
        ...{ type: "scatter", mode: "markers", legendgroup: study, showlegend: false },
        x: areas.map(({ value }) => value),
        y: own.map(({ model }) => names.indexOf(model) + (index - (studies.length - 1) / 2) * step),
        text: own.map(({ model }) => `${model}, ${study}`),
        error_x: {
          ...{ type: "data", symmetric: false, color: "#888", thickness: 1.2, width: 4 },
          array: areas.map(({ value, high }) => (value === null || high === null ? 0 : high - value)),
          arrayminus: areas.map(({ value, low }) => (value === null || low === null ? 0 : value - low)),
        },
        marker: { symbol, color: colors, size: 10, line: { color: "#fff", width: 1 } },
        hovertemplate: "%{text}<br>AUC %{x:.3f}<extra></extra>",
      },
    ];
  });
  return makeFigure(traces, {
    title: { text: "Studies side by side<br><sub>bars: intervals over patients</sub>" },
    xaxis: { title: { text: "area under the curve" } },
    yaxis: {
      tickvals: names.map((_, index) => index),
      ticktext: names.map(wrapName),
      range: [names.length - 0.4, -0.6],
      showgrid: false,
    },
    height: 120 + heightOfRows(names.map(wrapName), 30 + 14 * studies.length),
    showlegend: true,
  });
}
