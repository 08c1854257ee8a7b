import type { Data, Layout } from "plotly.js";

import { seriesColors } from "../display/colors";
import { makeFigure, type Figure } from "../display/figure";
import { epochAxis, epochTicks } from "../display/epoch-axis";
import type { ScoredRecord, SearchEpoch } from "./search-record";

const [green, pink, blue, yellow] = seriesColors as [string, string, string, string];

/**
 * Draws how a search went: rewards with the baseline, the entropy of the strategy, the loss of the shared weights and their
 * learning rate, epoch by epoch.
 */
export function drawSearch(epochs: readonly SearchEpoch[], title = "Search"): Figure {
  const line = (
    name: string,
    value: (epoch: SearchEpoch) => number | null,
    color: string,
    dash: "solid" | "dash" | "dot",
    panel: "" | "2" | "3" | "4",
  ): Partial<Data> => ({
    type: "scatter",
    mode: epochs.length > 1 ? "lines" : "markers",
    name,
    x: epochs.map(({ epoch }) => epoch),
    y: epochs.map(value),
    line: { color, dash },
    marker: { color },
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
    showlegend: panel === "",
    hovertemplate: `epoch %{x}<br>${name} %{y:.4g}<extra></extra>`,
  });
  // Named below the lower row alone.
  const [upper, lower] = [epochAxis(epochs), { ...epochAxis(epochs), title: { text: "epoch" } }];
  const layout = {
    title: { text: title },
    grid: { rows: 2, columns: 2, pattern: "independent", xgap: 0.2, ygap: 0.3 },
    ...{ xaxis: upper, yaxis: {}, xaxis2: upper, yaxis2: {} },
    ...{ xaxis3: lower, yaxis3: {}, xaxis4: lower, yaxis4: {} },
    annotations: ["reward", "entropy (nats)", "training loss (nats)", "learning rate"].map(headingOf),
    height: 500,
    margin: { t: 72 },
  };
  return makeFigure(
    [
      line("mean reward", (one) => one.meanReward, green, "solid", ""),
      line("best reward", (one) => one.bestReward, blue, "dot", ""),
      line("baseline", (one) => one.baseline, pink, "dash", ""),
      line("entropy", (one) => one.entropy, green, "solid", "2"),
      line("training loss", (one) => one.trainingLoss, yellow, "solid", "3"),
      line("learning rate", (one) => one.rate, "#000000", "solid", "4"),
    ],
    layout as unknown as Partial<Layout>,
  );
}

/**
 * Draws how often each choice was made, epoch by epoch, as heat maps: one for the operations and one for the inputs of each cell,
 * for operations and skips of whole networks, or for each choice of the stages of a shape.
 *
 * @param epochs The epochs; those in which nothing was scored are left out.
 * @returns The figure; in each map the shares of an epoch add up to 1.
 */
export function drawChoices(epochs: readonly SearchEpoch[], title = "Choices among the scored architectures"): Figure {
  const scored = epochs.filter(({ meanReward }) => meanReward !== null);
  const groups = Object.keys(scored[0]?.choices ?? {});
  const rows = Math.max(1, groups.length);
  const shares = groups.map((group) => {
    const totals = scored.map(({ choices }) => Object.values(choices[group]!).reduce((sum, count) => sum + count, 0));
    return Object.keys(scored[0]!.choices[group]!).map((name) =>
      scored.map(({ choices }, at) => choices[group]![name]! / Math.max(1, totals[at]!)),
    );
  });
  // All panels are as high as that with the most choices, and a third as much lies between them.
  const panelHeight = 60 + 17 * Math.max(2, ...shares.map((panel) => panel.length));
  // One scale for all maps.
  const most = Math.max(0.01, ...shares.flat(2));
  const data = groups.map((group, index): Partial<Data> => {
    const panel = index === 0 ? "" : String(index + 1);
    return {
      type: "heatmap",
      x: scored.map(({ epoch }) => epoch),
      y: Object.keys(scored[0]!.choices[group]!),
      z: shares[index],
      zmin: 0,
      zmax: most,
      colorscale: "Viridis",
      showscale: index === 0,
      colorbar: { title: { text: "share", side: "right" }, thickness: 12, ...belowButtons(0.85) },
      xaxis: `x${panel}`,
      yaxis: `y${panel}`,
      hovertemplate: `epoch %{x}<br>%{y}: %{z:.2f}<extra>${group}</extra>`,
    };
  });
  const axes = groups.flatMap((_, index): [string, object][] => {
    const panel = index === 0 ? "" : String(index + 1);
    return [
      [
        `xaxis${panel}`,
        {
          ...(index === groups.length - 1 ? { title: { text: "epoch" } } : {}),
          ...epochAxis(scored),
        },
      ],
      [`yaxis${panel}`, { ticks: "", autorange: "reversed", dtick: 1 }],
    ];
  });
  return makeFigure(data, {
    title: { text: title },
    // Below each other: side by side, their names would lie over each other where the page is narrow.
    grid: { rows, columns: 1, pattern: "independent", ygap: 0.35 },
    ...Object.fromEntries(axes),
    annotations: groups.map(headingOf),
    height: 104 + panelHeight * rows,
    margin: { t: 72 },
  });
}

// A colour bar stands in the right margin, at the top of which are the buttons that show with the mouse.
const belowButtons = (len: number) => ({ len, y: 0, yanchor: "bottom" as const });

// Above the panel of that number, at its left edge.
function headingOf(text: string, index: number): object {
  const panel = index === 0 ? "" : index + 1;
  return {
    ...{ text, xref: `x${panel} domain`, yref: `y${panel} domain`, x: 0, y: 1.02 },
    ...{ xanchor: "left", yanchor: "bottom", showarrow: false, font: { size: 13 } },
  };
}

/** Finds the architectures that no other beats in both reward and cost, the cheapest first. */
export function paretoFront(
  scored: readonly ScoredRecord[],
  of: "parameters" | "multiplyAdds" = "parameters",
): ScoredRecord[] {
  const front: ScoredRecord[] = [];
  for (const one of [...scored].sort((a, b) => a[of] - b[of] || b.measured - a.measured)) {
    if (one.measured > (front.at(-1)?.measured ?? -Infinity)) front.push(one);
  }
  return front;
}

/**
 * Draws what the scored architectures measured against what they cost, with the front that none beats in both.
 *
 * @param measure What was measured: the label of the axis.
 */
export function drawPareto(
  scored: readonly ScoredRecord[],
  of: "parameters" | "multiplyAdds" = "parameters",
  measure = "measure on the search-validation images",
): Figure {
  const front = paretoFront(scored, of);
  const label = of === "parameters" ? "parameters" : "multiply-adds of one image";
  const hovertemplate = `${label} %{x:,}<br>${measure} %{y:.3f}<extra></extra>`;
  return makeFigure(
    [
      {
        type: "scatter",
        mode: "markers",
        name: "scored",
        x: scored.map((one) => one[of]),
        y: scored.map(({ measured }) => measured),
        marker: {
          color: scored.map(({ epoch }) => epoch),
          colorscale: "Viridis",
          size: 5,
          opacity: 0.6,
          cmin: 1,
          cmax: Math.max(2, ...scored.map(({ epoch }) => epoch)),
          colorbar: {
            title: { text: "epoch" },
            thickness: 12,
            ...belowButtons(0.6),
            ...epochTicks(Math.max(2, ...scored.map(({ epoch }) => epoch)) - 1),
          },
        },
        hovertemplate,
      },
      {
        type: "scatter",
        mode: "lines+markers",
        name: "beaten by none",
        x: front.map((one) => one[of]),
        y: front.map(({ measured }) => measured),
        line: { color: "#000000", shape: "hv" },
        marker: { color: "#000000", symbol: "diamond", size: 8 },
        hovertemplate,
      },
    ],
    {
      title: { text: "Scored architectures: measure against cost" },
      xaxis: { title: { text: label } },
      yaxis: { title: { text: measure } },
      height: 400,
    },
  );
}
