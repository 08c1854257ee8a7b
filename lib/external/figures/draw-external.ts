import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { styleOfModel } from "../../display/model-style";
import { heightOfRows, nameWithNote } from "../../display/wrap-text";
import { measureTitles, type FirstMeasure } from "../../evaluate/measures";
import { Problem } from "../../runtime/problem";
import { sayDifference } from "../external-tables";
import type { ExternalResult } from "../judge-external";

const titleOf = (measure: FirstMeasure) =>
  measure === "areaUnderCurve" ? "area under the curve" : measureTitles[measure];

/**
 * Draws what becomes of each model on another set: a hollow mark on its own tested images, a filled one on the other set, both with
 * their intervals, and the difference below its name.
 *
 * @param results The models, in the order in which they are to stand from above.
 * @param dataset The other set's name.
 * @param measure What is drawn; default: "areaUnderCurve".
 * @throws {Problem} Where there are no models.
 */
export function drawExternal(
  results: readonly ExternalResult[],
  dataset: string,
  measure: FirstMeasure = "areaUnderCurve",
): Figure {
  if (results.length === 0) throw new Problem("There are no models to be drawn.", "Test some on another set.");
  const names = results.map((result) => nameWithNote(result.model, sayDifference(result, measure)));
  const side = (of: "own" | "each", name: string, offset: number): Partial<Data> => {
    const estimates = results.map((result) => result[of].measures[measure]);
    const colors = results.map(({ model, kind }) => styleOfModel(model, kind).color);
    return {
      ...{ type: "scatter", mode: "markers", name },
      x: estimates.map(({ value }) => value),
      y: results.map((_, index) => index + offset),
      text: results.map(({ model }) => model),
      error_x: {
        ...{ type: "data", symmetric: false, color: "#555", thickness: 1.2, width: 4 },
        array: estimates.map(({ value, high }) => (high ?? value ?? 0) - (value ?? 0)),
        arrayminus: estimates.map(({ value, low }) => (value ?? 0) - (low ?? value ?? 0)),
      },
      marker: {
        color: of === "own" ? "#fff" : colors,
        symbol: results.map(({ model, kind }) => styleOfModel(model, kind).symbol),
        size: 10,
        line: { color: colors, width: 2 },
      },
      hovertemplate: `%{text}<br>%{x:.3f}<extra>${name}</extra>`,
    };
  };
  return makeFigure(
    [side("own", "own tested images (hollow)", -0.14), side("each", `${dataset} (filled), mean network`, 0.14)],
    {
      title: {
        text: `On images of ${dataset}: ${titleOf(measure)}<br><sub>bars: 95 % intervals over patients, of the mean network over networks too; below the names: difference</sub>`,
      },
      height: 120 + heightOfRows(names, 44),
      xaxis: { title: { text: titleOf(measure) } },
      yaxis: {
        tickvals: results.map((_, index) => index),
        ticktext: names,
        range: [results.length - 0.4, -0.6],
        showgrid: false,
      },
    },
  );
}
