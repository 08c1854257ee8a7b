import type { Annotations, Data } from "plotly.js";
import * as v from "valibot";

import { makeFigure, type Figure } from "../../display/figure";
import { colorOfModel, kindSymbols, styleOfModel } from "../../display/model-style";
import { wrapText } from "../../display/wrap-text";
import { oneOf } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { modelKinds, type ComparisonRow } from "../comparison-rows";
import { placeLabels } from "./place-labels";

const costPlaneOptions = v.strictObject({
  /** What is to be high; default: "accuracy". */
  measure: v.optional(oneOf(["accuracy", "areaUnderCurve"]), "accuracy"),
  /** What is to be low; default: "parameters". */
  cost: v.optional(oneOf(["parameters", "multiplyAdds", "latencyMs"]), "parameters"),
});

/** What is drawn against what. @interface */
export type CostPlaneOptions = v.InferInput<typeof costPlaneOptions>;

const costTitles = {
  parameters: "parameters",
  multiplyAdds: "multiply-adds of one image",
  latencyMs: "time of one image (ms)",
} as const;

const costNames = { parameters: "parameters", multiplyAdds: "multiply-adds", latencyMs: "time" } as const;

const height = 460;
/** Beside the plane, in pixels: the figure's margins. */
const [beside, above] = [60 + 28, 48 + 56];
/** The plane where labels are placed: in a report on a telephone of 390 pixels, on the telephone itself, on larger screens. */
const plane = { widths: [358 - beside, 390 - beside, 620, 924, 1340], height: height - above } as const;
const letters = 11;

/**
 * Draws how good models are against what they cost, on a logarithmic axis, with intervals: the found one should stand up and to
 * the left. Models without the cost, as trivial ones are, are lines across, for they cost next to nothing.
 *
 * @throws {Problem} Where no model has both.
 */
export function drawCostPlane(rows: readonly ComparisonRow[], options: CostPlaneOptions = {}): Figure {
  const { measure, cost } = checkOptions("drawCostPlane", costPlaneOptions, options);
  const name = measure === "accuracy" ? "accuracy" : "AUC";
  const points = rows.flatMap((row) => toPoint(row, measure, row[cost] ?? null));
  const drawn = points.filter(({ cost: value }) => value !== null && value > 0);
  const lines = points.filter(({ cost: value }) => value === null || value === 0);
  if (drawn.length === 0) {
    throw new Problem(
      `None of the ${rows.length} models has both ${name} and ${costNames[cost]}: there is nothing to draw.`,
      "Measure the cost of the networks by measureCost first.",
    );
  }
  const xRange = widen(
    drawn.map(({ cost: value }) => Math.log10(value!)),
    0.16,
    0.5,
  );
  const [bottom, top] = widen(
    points.flatMap(({ low, high, value }) => [low ?? value, high ?? value]),
    0.08,
    0.02,
  );
  // Room is left above 1 only for what is drawn there.
  const yRange = [Math.max(-0.02, bottom), Math.min(1.02, top)] as const;
  const across = (value: number) => ((Math.log10(value) - xRange[0]) / (xRange[1] - xRange[0])) * plane.widths[0];
  const down = (value: number) => ((yRange[1] - value) / (yRange[1] - yRange[0])) * plane.height;
  const names = drawn.map(({ model }) => wrapText(model, 18));
  const places = placeLabels(
    drawn.map(({ cost: x, value, low, high }, index) => ({
      x: across(x!),
      y: down(value),
      top: down(high ?? value),
      bottom: down(low ?? value),
      lines: names[index]!,
    })),
    { ...plane, size: letters, lines: lines.map(({ value }) => down(value)) },
  );
  const labels = drawn.map(({ model, kind, cost: x, value }, index): Partial<Annotations> => {
    const { shiftX, shiftY } = places[index]!;
    return {
      x: Math.log10(x!),
      y: value,
      // A line leads from the label to its point, unless it stands right beside it.
      ax: Math.round(shiftX),
      ay: Math.round(shiftY),
      text: names[index]!.join("<br>"),
      font: { size: letters, color: kind === "found" || kind === "ensemble" ? colorOfModel(model, kind) : "#444" },
      showarrow: true,
      arrowhead: 0,
      arrowwidth: 0.8,
      arrowcolor: shiftY === 0 ? "rgba(0,0,0,0)" : "#999",
      borderpad: 0,
    };
  });
  return makeFigure(
    [
      ...lines.map((point) => drawLine(point, [10 ** xRange[0], 10 ** xRange[1]])),
      ...modelKinds.flatMap((kind) =>
        drawKind(
          kind,
          drawn.filter((point) => point.kind === kind),
          name,
        ),
      ),
    ],
    {
      title: {
        text: `${name === "AUC" ? name : "Accuracy"} against ${costNames[cost]}<br><sub>bars: intervals; up and to the left is better</sub>`,
      },
      height,
      xaxis: { title: { text: costTitles[cost] }, type: "log", range: [...xRange], dtick: 1 },
      yaxis: { title: { text: name }, range: [...yRange] },
      annotations: labels,
      showlegend: true,
    },
  );
}

interface Point {
  readonly model: string;
  readonly kind: ComparisonRow["kind"];
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly cost: number | null;
}

function toPoint(row: ComparisonRow, measure: CostPlaneOptions["measure"], cost: number | null): Point[] {
  const { model, kind } = row;
  const [value, low, high] =
    measure === "accuracy"
      ? [row.accuracy, row.accuracyLow, row.accuracyHigh]
      : [row.areaUnderCurve, row.areaLow, row.areaHigh];
  return value === null ? [] : [{ model, kind, value, low, high, cost }];
}

function drawKind(kind: ComparisonRow["kind"], points: readonly Point[], name: string): Partial<Data>[] {
  if (points.length === 0) return [];
  const symbol = kindSymbols[kind];
  const colors = points.map(({ model }) => colorOfModel(model, kind));
  return [
    {
      type: "scatter",
      mode: "markers",
      name: kind,
      x: points.map(({ cost }) => cost!),
      y: points.map(({ value }) => value),
      text: points.map(({ model }) => model),
      error_y: {
        type: "data",
        symmetric: false,
        array: points.map(({ value, high }) => (high === null ? 0 : high - value)),
        arrayminus: points.map(({ value, low }) => (low === null ? 0 : value - low)),
        color: "#888",
        thickness: 1,
        width: 4,
      },
      marker: { color: colors, symbol, size: kind === "found" ? 13 : 9, line: { color: "#fff", width: 1 } },
      hovertemplate: `%{text}<br>${name} %{y:.3f}<br>cost %{x:,}<extra></extra>`,
    },
  ];
}

// A model without a cost is named in the legend: beside its line is no room on a telephone.
function drawLine({ model, kind, value }: Point, x: readonly number[]): Partial<Data> {
  const { color, dash, width } = styleOfModel(model, kind);
  return {
    ...{ type: "scatter", mode: "lines", name: model, x: [...x], y: [value, value], line: { color, dash, width } },
    hovertemplate: `${model} %{y:.3f}<extra></extra>`,
  };
}

function widen(values: readonly number[], share: number, least: number): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(share * (high - low), least);
  return [low - room, high + room];
}
