import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { colorOfModel } from "../../display/model-style";
import { heightOfRows, nameWithNote } from "../../display/wrap-text";
import { correctedP, describeSeeds, sayProbability, type FamilyComparison } from "../compare-all";
import { formatDifference } from "../format-difference";

/**
 * Draws a forest plot: how far each model is from the reference, with intervals by a bootstrap over patients, and the
 * p-value after Holm's correction beside it. Models to the left are worse than the reference.
 *
 * @param measure Which measure; default: "accuracy". P-values are over patients; of what earlier versions kept, McNemar's and
 *   DeLong's.
 * @returns The figure. A model outside the family has no p-value.
 */
export function drawDifferences(
  comparisons: FamilyComparison,
  measure: "accuracy" | "areaUnderCurve" = "accuracy",
): Figure {
  const { reference, members, family } = comparisons;
  const seeds = describeSeeds(comparisons);
  const older = members.some(({ comparison }) => comparison.overPatients === undefined);
  const [name, test] =
    measure === "accuracy"
      ? ["accuracy", older ? "McNemar" : "patients"]
      : ["AUC", older ? "DeLong" : "patients, within folds"];
  const rows = members.map((member, index) => {
    const { model, comparison } = member;
    const p = correctedP(member, measure);
    return { index, model, p, ...comparison[measure].difference };
  });
  const reach = 1.1 * reachOf(rows.map(({ estimate, low, high }) => [estimate ?? 0, low ?? 0, high ?? 0]));
  const outside = rows.filter(({ estimate }) => Math.abs(estimate ?? 0) > reach);
  const names = rows.map((row) => {
    const probability = row.p === undefined ? "not in the family" : sayProbability(row.p);
    return nameWithNote(row.model, formatDifference(row), probability);
  });
  const points: Partial<Data> = {
    type: "scatter",
    mode: "markers",
    x: rows.map(({ estimate }) => estimate),
    y: rows.map(({ index }) => index),
    text: rows.map(({ model }) => model),
    error_x: {
      type: "data",
      symmetric: false,
      array: rows.map(({ estimate, high }) => (high === null ? 0 : high - estimate!)),
      arrayminus: rows.map(({ estimate, low }) => (low === null ? 0 : estimate! - low)),
      color: "#222",
      thickness: 1.5,
      width: 5,
    },
    marker: { color: rows.map(({ model }) => colorOfModel(model)), symbol: "square", size: 9 },
    hovertemplate: "%{text}<br>%{x:+.3f}<extra></extra>",
  };
  return makeFigure(outside.length > 0 ? [points, drawOutside(outside, reach)] : [points], {
    title: {
      text: `Difference in ${name}, minus ${reference}<br><sub>left of 0: worse than it; bars: bootstrap over patients; p: ${test}, corrected by Holm over ${family.length} ${family.length === 1 ? "model" : "models"}${seeds === "" ? "" : `<br>${seeds}`}</sub>`,
    },
    height: 120 + heightOfRows(names, 44),
    xaxis: {
      title: { text: `difference in ${name}` },
      range: [-reach, reach],
      tickformat: "+.3~f",
      dtick: stepOf(reach),
    },
    yaxis: {
      tickvals: rows.map(({ index }) => index),
      ticktext: names,
      range: [rows.length - 0.4, -0.6],
      showgrid: false,
    },
    shapes: [
      {
        type: "line",
        x0: 0,
        x1: 0,
        y0: 0,
        y1: 1,
        yref: "paper",
        line: { color: "#888", width: 1, dash: "dash" },
      },
    ],
    showlegend: false,
  });
}

// A round step, so that a number stands on either side of 0, and labels have room.
function stepOf(reach: number): number {
  const power = 10 ** Math.floor(Math.log10(reach));
  return power * [5, 2, 1].find((one) => one * power <= reach)!;
}

// How far the axis goes: as far as the intervals, but for models that are so far away, the majority class for example, that the
// others would lie on top of each other.
function reachOf(ends: readonly (readonly number[])[]): number {
  const farthest = ends.map((each) => Math.max(0.01, ...each.map(Math.abs))).sort((a, b) => a - b);
  while (farthest.length > 1 && farthest.at(-1)! > 3 * farthest.at(-2)!) farthest.pop();
  return farthest.at(-1) ?? 0.01;
}

// Arrows at the edge for models beyond it; their numbers stand beside them like those of the others.
function drawOutside(rows: readonly { index: number; model: string; estimate: number | null }[], reach: number) {
  return {
    type: "scatter",
    mode: "markers",
    x: rows.map(({ estimate }) => 0.97 * reach * Math.sign(estimate!)),
    y: rows.map(({ index }) => index),
    text: rows.map(({ model, estimate }) => `${model}, beyond the edge: ${estimate!.toFixed(3)}`),
    marker: {
      color: "#222",
      symbol: rows.map(({ estimate }) => (estimate! < 0 ? "triangle-left" : "triangle-right")),
      size: 11,
    },
    hovertemplate: "%{text}<extra></extra>",
  } satisfies Partial<Data>;
}
