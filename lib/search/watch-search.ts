import { nameOfStrategy } from "../controller/strategy-name";
import { inNotebook, openSlot, type Slot } from "../display/notebook";
import { startProgress, type Progress } from "../display/progress";
import { drawingOutput } from "../graph/draw/show";
import type { Graph } from "../graph/graph";
import { drawArchitecture } from "../space/architecture";
import { hashArchitecture } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { drawChoices, drawSearch } from "./figures";
import type { SearchEpoch } from "./search-record";
import type { CheckedSearch } from "./search-options";

/** The best architecture so far, and its reward of a single draw. */
type Best = { readonly architecture: Architecture; readonly reward: number } | null;

/** What shows how far a search is. */
export interface SearchWatch {
  /**
   * Shows the beginning.
   *
   * @param done Units of work that an earlier run had done: steps and scored architectures.
   * @param epochs The epochs that an earlier run had done.
   */
  begin(done: number, total: number, epochs: readonly SearchEpoch[]): void;

  /** Shows that more is done. It gives the page and the keyboard their turn: await it. */
  advance(units: number, note: string): Promise<void>;

  /**
   * Shows an epoch.
   *
   * @returns Nothing, or a promise that is fulfilled once all of it is shown: the search waits for it.
   */
  epoch(epochs: readonly SearchEpoch[], best: Best): void | Promise<void>;

  /** Shows the end. */
  end(epochs: readonly SearchEpoch[], best: Best): void | Promise<void>;
}

/**
 * Watches a search: in a notebook a bar, curves, heat maps of the choices and the best cells so far, which change in place; in a
 * terminal a bar and a line an epoch.
 *
 * @param networkOf Builds the network of an architecture, which is drawn with it; null: the architecture is drawn alone.
 */
export function watchSearch(
  { strategy, seed }: Pick<CheckedSearch, "strategy" | "seed">,
  networkOf: (architecture: Architecture) => Graph | null,
): SearchWatch {
  const title = `${nameOfStrategy(strategy)} search, seed ${seed}`;
  let progress: Progress | null = null;
  let slots: { curves: Slot | null; choices: Slot | null; best: Slot | null } | null = null;
  let drawn = "";
  const draw = async (epochs: readonly SearchEpoch[], best: Best) => {
    const last = epochs.at(-1);
    if (last === undefined || slots === null) return;
    const text = formatSearchEpoch(last);
    const plotly = "application/vnd.plotly.v1+json";
    slots.curves?.update({
      [plotly]: drawSearch(epochs, title),
      "text/plain": text,
    });
    if (last.meanReward !== null)
      slots.choices?.update({ [plotly]: drawChoices(epochs), "text/plain": "Figure: choices" });
    if (best === null || slots.best === null || hashArchitecture(best.architecture) === drawn) return;
    drawn = hashArchitecture(best.architecture);
    // Waited for, so that it stands in its place below the curves, and nothing comes after the cell has ended.
    const drawing = await drawArchitecture(best.architecture, networkOf(best.architecture));
    const head = `Best so far: reward ${best.reward.toFixed(3)} on one draw of search-validation images`;
    slots.best.update(drawingOutput(drawing, head));
  };
  return {
    begin(done, total, epochs) {
      progress = startProgress({ title, total: Math.max(1, total), before: done });
      slots = { curves: openSlot(), choices: openSlot(), best: openSlot() };
      void draw(epochs, null);
    },
    advance: async (units, note) => progress!.advance(units, note),
    async epoch(epochs, best) {
      await draw(epochs, best);
      // In a terminal the line goes over the bar, which is drawn again beneath it.
      if (!inNotebook())
        process.stdout.write(`${process.stdout.isTTY ? "\r\x1b[2K" : ""}${formatSearchEpoch(epochs.at(-1)!)}\n`);
    },
    async end(epochs, best) {
      await draw(epochs, best);
      const last = epochs.at(-1);
      progress!.finish(last === undefined ? "" : formatSearchEpoch(last));
    },
  };
}

/**
 * Writes an epoch of a search as one line.
 *
 * @returns "epoch 12 | loss 0.5121 | reward 0.781, best 0.844 | baseline 0.776 | entropy 31.2 nats".
 */
export function formatSearchEpoch(record: SearchEpoch): string {
  const { epoch, trainingLoss, meanReward, bestReward, baseline, entropy } = record;
  const parts = [`epoch ${epoch}`, `loss ${trainingLoss.toPrecision(4)}`];
  if (meanReward !== null) parts.push(`reward ${meanReward.toFixed(3)}, best ${bestReward!.toFixed(3)}`);
  if (baseline !== null) parts.push(`baseline ${baseline.toFixed(3)}`);
  if (entropy !== null) parts.push(`entropy ${entropy.toFixed(1)} nats`);
  return parts.join(" | ");
}
