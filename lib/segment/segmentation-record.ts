import { seriesColors } from "../display/colors";
import { epochAxis } from "../display/epoch-axis";
import { makeFigure, type Figure } from "../display/figure";
import { watchEpochs, type TrainingWatch } from "../train/watch-training";

/** What was measured after an epoch. Dice coefficients are those of the images at the network's own size. */
export interface SegmentationRecord {
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The learning rate of its last step. */
  readonly rate: number;
  /** Mean loss of its training images, as they were varied, while it learned. */
  readonly trainingLoss: number;
  /** Their mean Dice coefficient, 0 to 1, likewise. */
  readonly trainingDice: number;
  /** The mean norm of its steps' gradients, before it was bounded. */
  readonly gradientNorm: number;
  /** Mean loss of the validation images; null without any. */
  readonly validationLoss: number | null;
  /** Their mean Dice coefficient, 0 to 1; null without any. */
  readonly validationDice: number | null;
}

/**
 * Writes an epoch as one line.
 *
 * @returns "epoch 3 | loss 0.4213 | Dice 0.812 | validation loss 0.4402, Dice 0.798".
 */
export function formatSegmentation(record: SegmentationRecord): string {
  const { epoch, trainingLoss, trainingDice, validationLoss, validationDice } = record;
  const parts = [`epoch ${epoch}`, `loss ${trainingLoss.toPrecision(4)}`, `Dice ${trainingDice.toFixed(3)}`];
  if (validationLoss !== null)
    parts.push(`validation loss ${validationLoss.toPrecision(4)}, Dice ${validationDice!.toFixed(3)}`);
  return parts.join(" | ");
}

/** Draws the curves of a training: losses to the left, Dice coefficients to the right. */
export function drawSegmentationTraining(history: readonly SegmentationRecord[], title: string): Figure {
  const [training, validation] = seriesColors as [string, string];
  const validated = history.some(({ validationLoss }) => validationLoss !== null);
  const curve = (name: string, key: keyof SegmentationRecord, axis: "" | "2") => {
    const own = name.startsWith("training");
    const color = own ? training : validation;
    return {
      type: "scatter" as const,
      mode: history.length > 1 ? ("lines" as const) : ("markers" as const),
      name,
      x: history.map(({ epoch }) => epoch),
      y: history.map((one) => one[key]),
      line: { color, dash: own ? ("solid" as const) : ("dash" as const) },
      marker: { color },
      xaxis: `x${axis}`,
      yaxis: `y${axis}`,
      hovertemplate: `epoch %{x}<br>${name} %{y:.4g}<extra></extra>`,
    };
  };
  return makeFigure(
    [
      curve("training loss", "trainingLoss", ""),
      ...(validated ? [curve("validation loss", "validationLoss", "")] : []),
      curve("training Dice", "trainingDice", "2"),
      ...(validated ? [curve("validation Dice", "validationDice", "2")] : []),
    ],
    {
      title: { text: title },
      grid: { rows: 1, columns: 2, pattern: "independent" },
      xaxis: { title: { text: "epoch" }, ...epochAxis(history) },
      yaxis: { title: { text: "cross entropy and Dice loss" }, rangemode: "tozero" },
      xaxis2: { title: { text: "epoch" }, ...epochAxis(history) },
      yaxis2: { title: { text: "Dice coefficient" } },
      height: 360,
    },
  );
}

/** Watches a training, as `watchTraining` watches that of a classifier. */
export function watchSegmentation(title: string): TrainingWatch<SegmentationRecord> {
  return watchEpochs(title, { draw: drawSegmentationTraining, format: formatSegmentation });
}
