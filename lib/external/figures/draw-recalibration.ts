import type { Data } from "plotly.js";

import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import { Problem } from "../../runtime/problem";
import type { RecalibrationKind, RecalibrationPoint } from "../recalibrate";

const titles = {
  logLoss: "log loss",
  brierScore: "Brier score",
  tooHigh: "mean probability less share of malignant",
  accuracy: "accuracy",
} as const;

const looks: Readonly<Record<Exclude<RecalibrationKind, "as it came">, { dash: "solid" | "dash"; symbol: string }>> = {
  intercept: { dash: "solid", symbol: "circle" },
  "intercept and slope": { dash: "dash", symbol: "square" },
};

/**
 * Draws what images of the other hospital are worth: the measure on the others of its images, after so many were used to move the logits,
 * or to move and to stretch them. Both curves begin at the networks as they came.
 *
 * @param points As `recalibrate` gives them.
 * @param model The name of the model.
 * @param measure What is drawn; default: "logLoss", the lower the better.
 * @throws {Problem} Where nothing was recalibrated.
 */
export function drawRecalibration(
  points: readonly RecalibrationPoint[],
  model: string,
  measure: keyof typeof titles = "logLoss",
): Figure {
  const start = points.filter(({ kind }) => kind === "as it came");
  const kinds = (Object.keys(looks) as (keyof typeof looks)[]).filter((kind) =>
    points.some((one) => one.kind === kind),
  );
  if (kinds.length === 0)
    throw new Problem("Nothing was recalibrated.", "Give numbers of images above 0 to recalibrate.");
  const traces = kinds.flatMap((kind, index): Partial<Data>[] => {
    const own = [...start, ...points.filter((one) => one.kind === kind)];
    const color = seriesColors[index]!;
    const at = own.map(({ images }) => images);
    const values = own.map((one) => one[measure]);
    const { dash, symbol } = looks[kind];
    return [
      {
        ...{ type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false, legendgroup: kind },
        x: [...at, ...[...at].reverse()],
        y: [...values.map(({ high }) => high), ...values.map(({ low }) => low).reverse()],
        ...{ fill: "toself", fillcolor: `${color}22`, line: { width: 0 } },
      },
      {
        ...{ type: "scatter", mode: "lines+markers", name: kind, legendgroup: kind },
        x: at,
        y: values.map(({ mean }) => mean),
        ...{ line: { color, dash, width: 2 }, marker: { color, symbol, size: 8 } },
        hovertemplate: `%{x} images<br>%{y:.3f}<extra>${kind}</extra>`,
      },
    ];
  });
  return makeFigure(traces, {
    title: {
      text: `${model}: what images of the other hospital are worth<br><sub>mean over draws, measured on the images that were not drawn; bands: 95 % of the draws</sub>`,
    },
    xaxis: {
      title: { text: "images of the other hospital with known class" },
      tickvals: [...new Set(points.map(({ images }) => images))],
    },
    yaxis: { title: { text: titles[measure] } },
  });
}
