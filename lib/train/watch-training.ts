import { seriesColors } from "../display/colors";
import { epochAxis } from "../display/epoch-axis";
import { makeFigure, type Figure } from "../display/figure";
import { inNotebook, openSlot, type Slot } from "../display/notebook";
import { startProgress, type Progress } from "../display/progress";
import type { EpochRecord } from "./history";

/** What shows how far a training is; a record is what was measured after an epoch. */
export interface TrainingWatch<Record = EpochRecord> {
  /**
   * Shows the beginning.
   *
   * @param done Steps that an earlier run had done.
   * @param history The epochs that an earlier run had done.
   */
  begin(done: number, total: number, history: readonly Record[]): void;

  /** Shows a step. It gives the page and the keyboard their turn: await it. */
  step(note: string): Promise<void>;

  epoch(history: readonly Record[]): void;

  end(history: readonly Record[]): void;
}

/**
 * Watches a training: in a notebook a bar and curves that grow in place, in a terminal a bar and a line an epoch.
 *
 * @param title What is trained: "ResNet-18, fold 1".
 * @param curves Whether curves are drawn in a notebook: many trainings one after the other are told by their bars. Default: true.
 */
export function watchTraining(title: string, curves = true): TrainingWatch {
  return watchEpochs(title, { draw: curves ? drawTraining : null, format: formatEpoch });
}

/** How the epochs of a training are shown. */
export interface EpochDisplay<Record> {
  /** Draws the curves in a notebook; null: none. */
  readonly draw: ((history: readonly Record[], title: string) => Figure) | null;
  /** Writes an epoch as one line. */
  readonly format: (record: Record) => string;
}

/** The same of a training of whatever is measured after an epoch. */
export function watchEpochs<Record>(
  title: string,
  { draw: drawHistory, format }: EpochDisplay<Record>,
): TrainingWatch<Record> {
  let progress: Progress | null = null;
  let slot: Slot | null = null;
  const draw = (history: readonly Record[]) => {
    if (history.length === 0 || drawHistory === null) return;
    slot?.update({
      "application/vnd.plotly.v1+json": drawHistory(history, title),
      "text/plain": format(history.at(-1)!),
    });
  };
  return {
    begin(done, total, history) {
      progress = startProgress({ title, total, before: done });
      slot = drawHistory === null ? null : openSlot();
      draw(history);
    },
    step: async (note) => progress!.advance(1, note),
    epoch(history) {
      draw(history);
      // In a terminal the line goes over the bar, which is drawn again beneath it.
      if (!inNotebook()) process.stdout.write(`${process.stdout.isTTY ? "\r\x1b[2K" : ""}${format(history.at(-1)!)}\n`);
    },
    end(history) {
      const last = history.at(-1);
      progress!.finish(last === undefined ? "" : format(last));
    },
  };
}

/**
 * Writes an epoch as one line.
 *
 * @returns "epoch 3 | loss 0.4213 | accuracy 0.812 | validation loss 0.4402, accuracy 0.798, AUC 0.871".
 */
export function formatEpoch(record: EpochRecord): string {
  const { epoch, trainingLoss, trainingAccuracy, validationLoss, validationAccuracy, validationArea } = record;
  const parts = [`epoch ${epoch}`, `loss ${trainingLoss.toPrecision(4)}`, `accuracy ${trainingAccuracy.toFixed(3)}`];
  if (validationLoss !== null) {
    const area = validationArea === null ? "" : `, AUC ${validationArea.toFixed(3)}`;
    parts.push(`validation loss ${validationLoss.toPrecision(4)}, accuracy ${validationAccuracy!.toFixed(3)}${area}`);
  }
  return parts.join(" | ");
}

/** Draws the curves of a training: losses to the left, accuracies and area under the curve to the right. */
export function drawTraining(history: readonly EpochRecord[], title: string): Figure {
  const epochs = history.map(({ epoch }) => epoch);
  const curve = (
    name: string,
    key: Exclude<keyof EpochRecord, "epoch">,
    color: string,
    dash: "solid" | "dash" | "dot",
    axis: "" | "2",
  ) => ({
    type: "scatter" as const,
    mode: history.length > 1 ? ("lines" as const) : ("markers" as const),
    name,
    x: epochs,
    y: history.map((one) => one[key]),
    line: { color, dash },
    marker: { color },
    xaxis: `x${axis}`,
    yaxis: `y${axis}`,
    hovertemplate: `epoch %{x}<br>${name} %{y:.4g}<extra></extra>`,
  });
  const [training, validation, area] = seriesColors as [string, string, string];
  const validated = history.some(({ validationLoss }) => validationLoss !== null);
  return makeFigure(
    [
      curve("training loss", "trainingLoss", training, "solid", ""),
      ...(validated ? [curve("validation loss", "validationLoss", validation, "dash", "")] : []),
      curve("training accuracy", "trainingAccuracy", training, "solid", "2"),
      ...(validated
        ? [
            curve("validation accuracy", "validationAccuracy", validation, "dash", "2"),
            curve("validation AUC", "validationArea", area, "dot", "2"),
          ]
        : []),
    ],
    {
      title: { text: title },
      grid: { rows: 1, columns: 2, pattern: "independent" },
      xaxis: { title: { text: "epoch" }, ...epochAxis(history) },
      yaxis: { title: { text: "cross entropy (nats)" }, rangemode: "tozero" },
      xaxis2: { title: { text: "epoch" }, ...epochAxis(history) },
      yaxis2: { title: { text: "share of images, AUC" } },
      height: 360,
    },
  );
}
