import type { Data } from "plotly.js";

import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import type { TrialAccounts, TrialRecord } from "../trial-record";

const symbols = ["circle", "square", "diamond", "triangle-up", "cross"] as const;

/** A search by trials as far as it is; its accounts are there once it is done. */
export interface DrawnTrials {
  readonly trials: readonly TrialRecord[];
  readonly accounts: TrialAccounts | null;
}

/**
 * Draws a search by trials: the area of each training over the processor time that was used by then, or while it runs by their order,
 * with a mark of its own for each inner fold. Folds differ in how hard they are: networks are compared within a colour.
 *
 * @param title What is said above.
 */
export function drawTrials({ trials, accounts }: DrawnTrials, title: string): Figure {
  const before = accounts === null ? 0 : accounts.scoring + accounts.supernets / accounts.sharers;
  let used = before;
  const places = accounts?.trainings.map((seconds) => (used += seconds) / 60) ?? trials.map((_, place) => place + 1);
  const folds = [...new Set(trials.map(({ fold }) => fold))].sort((a, b) => a - b);
  const traces = folds.map((fold): Partial<Data> => {
    const own = trials.flatMap((trial, place) => (trial.fold === fold ? [{ ...trial, at: places[place]! }] : []));
    return {
      ...{ type: "scatter", mode: "markers", name: `inner fold ${fold + 1}` },
      x: own.map(({ at }) => at),
      y: own.map(({ area }) => area),
      text: own.map(({ candidate }) => `candidate ${candidate}`),
      marker: {
        color: seriesColors[fold % seriesColors.length]!,
        symbol: symbols[fold % symbols.length]!,
        size: 8,
      },
      hovertemplate: `%{text}<br>%{y:.4f} ${accounts === null ? "by training %{x}" : "after %{x:.1f} min"}<extra></extra>`,
    };
  });
  const supernets: Partial<Data>[] =
    before === 0
      ? []
      : [
          {
            ...{ type: "scatter", mode: "lines", name: "supernets and scores", hoverinfo: "skip" },
            x: [before / 60, before / 60],
            y: [Math.min(...trials.map(({ area }) => area)), Math.max(...trials.map(({ area }) => area))],
            line: { color: "#555", width: 1.5, dash: "dot" },
          },
        ];
  return makeFigure([...traces, ...supernets], {
    title: { text: title },
    height: 400,
    xaxis:
      accounts === null
        ? { title: { text: "training" }, dtick: Math.max(1, Math.ceil(trials.length / 8)) }
        : { title: { text: "processor time (minutes)" }, rangemode: "tozero" },
    yaxis: { title: { text: "area under the curve, own weights" } },
    showlegend: true,
  });
}
