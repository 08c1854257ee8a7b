import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { colorOfModel } from "../../display/model-style";
import { heightOfRows, nameWithNote } from "../../display/wrap-text";
import { measureTitles } from "../../evaluate/measures";
import type { Ranking } from "../rank-models";

/**
 * Draws the ranks of models with their intervals, and beside them how often each is the best.
 *
 * @returns The figure, the best above.
 */
export function drawRanks({ measure, models, replicates, patients, confidence }: Ranking): Figure {
  const points: Partial<Data> = {
    type: "scatter",
    mode: "markers",
    x: models.map(({ rank }) => rank),
    y: models.map((_, index) => index),
    text: models.map(
      ({ model, value, low, high }) => `${model}<br>${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`,
    ),
    error_x: {
      type: "data",
      symmetric: false,
      // The rank of all cases can lie outside of what resampling gives where models are equal.
      array: models.map(({ rank, rankHigh }) => Math.max(0, rankHigh - rank)),
      arrayminus: models.map(({ rank, rankLow }) => Math.max(0, rank - rankLow)),
      color: "#222",
      thickness: 1.5,
      width: 5,
    },
    marker: { color: models.map(({ model, kind }) => colorOfModel(model, kind)), symbol: "circle", size: 9 },
    hovertemplate: "%{text}<br>rank %{x}<extra></extra>",
  };
  const names = models.map(({ model, bestShare }) => nameWithNote(model, `best in ${(100 * bestShare).toFixed(0)} %`));
  return makeFigure([points], {
    title: {
      text: `Ranks by ${measureTitles[measure]}<br><sub>bars: ${100 * confidence} % of ${replicates} replicates over ${patients} patients</sub>`,
    },
    height: 120 + heightOfRows(names, 44),
    xaxis: { title: { text: "rank (1 is best)" }, range: [0.6, models.length + 0.4], dtick: 1 },
    yaxis: {
      tickvals: models.map((_, index) => index),
      ticktext: names,
      range: [models.length - 0.4, -0.6],
      showgrid: false,
    },
    showlegend: false,
  });
}
