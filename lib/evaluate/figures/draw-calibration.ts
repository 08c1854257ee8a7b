import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { styleOfModel } from "../../display/model-style";
import { calibration } from "../../statistics/calibration";
import { formatEstimate } from "../evaluation-table";
import type { Evaluation } from "../evaluation";
import { calibrationBins } from "../measures";
import { formatConfidence } from "./band";

/** What of several seeds is drawn. */
export interface OneSeed {
  /** The seed whose models are drawn; default: the first. */
  readonly seed?: number;
}

/**
 * Draws how often images with a probability are malignant, in ten bins of equal width with Wilson's intervals, and below it how
 * many images have such a probability. Of several seeds one is drawn, which the legend names.
 */
export function drawCalibration(evaluations: readonly Evaluation[], options: OneSeed = {}): Figure {
  const levels = [...new Set(evaluations.map(({ confidence }) => formatConfidence(confidence)))].join(", ");
  const diagonal: Partial<Data> = {
    type: "scatter",
    mode: "lines",
    x: [0, 1],
    y: [0, 1],
    line: { color: "#888", width: 1, dash: "dash" },
    hoverinfo: "skip",
    showlegend: false,
  };
  return makeFigure([diagonal, ...evaluations.flatMap((one) => drawModel(one, options))], {
    title: {
      text: `Calibration<br><sub>bars: ${levels} Wilson intervals of each bin</sub>`,
    },
    height: 600,
    xaxis: { title: { text: "predicted probability of malignant" }, range: [-0.02, 1.02], dtick: 0.2, anchor: "y2" },
    yaxis: { title: { text: "share of malignant images" }, range: [-0.02, 1.02], dtick: 0.2, domain: [0.3, 1] },
    yaxis2: {
      title: { text: "images" },
      domain: [0, 0.22],
      rangemode: "tozero",
      nticks: 4,
    },
    barmode: "group",
    bargap: 0.1,
    showlegend: true,
  });
}

/**
 * Finds the seed of which a figure is drawn.
 *
 * @returns It, where the evaluation has it, else the first that it has.
 */
export function seedOf({ seeds }: Evaluation, { seed }: OneSeed): number {
  return (seeds.find((one) => one.seed === seed) ?? seeds[0]!).seed!;
}

function drawModel(evaluation: Evaluation, options: OneSeed): Partial<Data>[] {
  const { model, confidence } = evaluation;
  const seed = seedOf(evaluation, options);
  const cases = evaluation.cases.filter((one) => one.seed === seed);
  const which = evaluation.seeds.length > 1 ? `, seed ${seed}` : "";
  // That of all seeds would not be that of the curve.
  const error = evaluation.seeds.find((one) => one.seed === seed)!.measures.expectedCalibrationError;
  const style = styleOfModel(evaluation.model, evaluation.kind);
  const { bins } = calibration(
    cases.map(({ label }) => label),
    cases.map(({ probability }) => probability),
    { bins: calibrationBins, confidence },
  );
  const middles = bins.map(({ from, to }) => (from + to) / 2);
  return [
    {
      type: "scatter",
      mode: "lines+markers",
      name: `${model}${which}: expected calibration error ${formatEstimate(error)}`,
      x: bins.map(({ meanProbability }) => meanProbability),
      y: bins.map(({ share }) => share),
      error_y: {
        type: "data",
        symmetric: false,
        array: bins.map(({ high, share }) => high - share),
        arrayminus: bins.map(({ low, share }) => share - low),
        color: style.color,
        thickness: 1,
        width: 3,
      },
      text: bins.map(({ count, low, high }) => `${count} images, interval ${low.toFixed(3)} to ${high.toFixed(3)}`),
      hovertemplate: "malignant %{y:.3f}<br>mean probability %{x:.3f}<br>%{text}<extra></extra>",
      line: { color: style.color, width: style.width, dash: style.dash },
      marker: { color: style.color, symbol: style.symbol, size: 8 },
      legendgroup: model,
    },
    {
      type: "bar",
      x: middles,
      y: bins.map(({ count }) => count),
      yaxis: "y2",
      marker: { color: style.color },
      hovertemplate: "%{y} images<extra></extra>",
      legendgroup: model,
      showlegend: false,
    },
  ];
}
