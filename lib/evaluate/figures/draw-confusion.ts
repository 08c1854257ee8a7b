import { classStyles } from "../../display/colors";
import { drawnWide } from "../../display/frame";
import { makeFigure, type Figure } from "../../display/figure";
import type { ConfusionCounts } from "../../statistics/confusion";
import type { Evaluation } from "../evaluation";
import { seedOf, type OneSeed } from "./draw-calibration";

/**
 * Draws right and wrong decisions on images: counts large, and their share of the row small. Of several seeds one is drawn,
 * which the title names.
 */
export function drawConfusion(evaluation: Evaluation, options: OneSeed = {}): Figure {
  const { model, pooled, seeds, thresholdRule } = evaluation;
  const seed = seedOf(evaluation, options);
  const { counts } = pooled.counts.find((one) => one.seed === seed)!;
  const { truePositive, falsePositive, trueNegative, falseNegative }: ConfusionCounts = counts;
  const rows = [
    { name: "benign", counts: [trueNegative, falsePositive] },
    { name: "malignant", counts: [falseNegative, truePositive] },
  ] as const;
  const columns = ["benign", "malignant"] as const;
  const shareOf = (row: (typeof rows)[number], column: number) =>
    row.counts[column]! / Math.max(1, row.counts[0] + row.counts[1]);
  const cells = rows.flatMap((row, down) => columns.map((column, across) => ({ row, down, column, across })));
  const which = seeds.length > 1 ? `; seed ${seed} of ${seeds.length}` : "";
  return makeFigure(
    [{ type: "scatter", mode: "markers", x: [0, 1], y: [0, 1], marker: { opacity: 0 }, hoverinfo: "skip" }],
    {
      title: {
        text: `Decisions of ${model}<br><sub>threshold: ${thresholdRule}${which}</sub>`,
      },
      height: 404,
      ...drawnWide(440),
      showlegend: false,
      xaxis: {
        title: { text: "decision" },
        range: [-0.5, 1.5],
        ...{ constrain: "domain", constraintoward: "left" },
        tickvals: [0, 1],
        ticktext: [...columns],
        showgrid: false,
        showline: false,
        ticks: "",
        fixedrange: true,
      },
      yaxis: {
        title: { text: "reference standard", standoff: 14 },
        range: [1.5, -0.5],
        ...{ constrain: "domain", constraintoward: "top", scaleanchor: "x" },
        tickvals: [0, 1],
        ticktext: rows.map(({ name, counts: own }) => `${name}<br>(${own[0] + own[1]})`),
        showgrid: false,
        showline: false,
        ticks: "",
        fixedrange: true,
      },
      // A cell is filled in the colour of what it was called, the stronger the greater its share of the row.
      shapes: cells.map(({ row, down, column, across }) => ({
        type: "rect" as const,
        layer: "below" as const,
        x0: across - 0.49,
        x1: across + 0.49,
        y0: down - 0.49,
        y1: down + 0.49,
        fillcolor: classStyles[column].color,
        opacity: 0.08 + 0.47 * shareOf(row, across),
        line: { width: 0 },
      })),
      annotations: cells.map(({ row, down, across }) => ({
        x: across,
        y: down,
        showarrow: false,
        text: `<span style="font-size:26px">${row.counts[across]}</span><br>${row.counts[0] + row.counts[1] === 0 ? "no case" : `${(100 * shareOf(row, across)).toFixed(1)} %`}`,
        font: { color: "#111" },
      })),
    },
  );
}
