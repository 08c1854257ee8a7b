import type { Prediction, PredictionSet } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";

/** How example predictions are drawn. */
interface ExampleOptions {
  /** How many images, two of each patient. */
  readonly images?: number;
  /** How many folds; patients are dealt out in turn. */
  readonly folds?: number;
  /** The seeds of the trainings. */
  readonly seeds?: readonly number[];
  /** How far the logits of the classes lie apart, in their standard deviations. */
  readonly skill?: number;
  /** Which draws. */
  readonly draw?: number;
}

/** Draws predictions of a model: of all test parts, and of the next fold as each one's validation part. */
export function examplePredictions(model: string, options: ExampleOptions = {}): PredictionSet {
  const { images = 120, folds = 3, seeds = [1], skill = 1.5, draw = 1 } = options;
  const random = createRandom(draw);
  // What all seeds have in common makes them alike, as trainings of one network are.
  const common = Array.from({ length: images }, () => random.normal());
  const rows = seeds.flatMap((seed) =>
    Array.from({ length: images }, (_, index) => {
      const patient = Math.floor(index / 2);
      const label = patient % 3 === 0 ? 1 : 0;
      const logit = (label - 0.5) * skill + 0.9 * common[index]! + 0.44 * random.normal();
      const probability = 1 / (1 + Math.exp(-logit));
      const id = `image ${String(index).padStart(3, "0")}`;
      const own = Math.floor(patient / 3) % folds;
      const row = { id, patient: `p${patient}`, label, probability, logit, seed } as const;
      return [
        { ...row, fold: `fold ${own + 1}`, part: "test" as const },
        { ...row, fold: `fold ${((own + 1) % folds) + 1}`, part: "validation" as const },
      ];
    }).flat(),
  );
  return { model, rows };
}

/** Predictions that are written out: one image a patient, all in the test part of one fold. */
export function setOf(
  model: string,
  labels: readonly number[],
  probabilities: readonly number[],
  change: (row: Prediction, index: number) => Partial<Prediction> = () => ({}),
): PredictionSet {
  const rows = labels.map((label, index): Prediction => {
    const row: Prediction = {
      id: `i${index}`,
      patient: `p${index}`,
      label: label as 0 | 1,
      probability: probabilities[index]!,
      logit: null,
      fold: "fold 1",
      seed: 1,
      part: "test",
    };
    return { ...row, ...change(row, index) };
  });
  return { model, rows };
}
