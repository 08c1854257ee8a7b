import type { Prediction, PredictionSet } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";

/** What an invented set of predictions is like. */
interface ExampleOptions {
  /** Patients tested in each fold. */
  readonly patients?: number;
  /** Images of each patient. */
  readonly views?: number;
  /** Folds. */
  readonly folds?: number;
  /** Seeds of training. */
  readonly seeds?: readonly number[];
  /** How far the logits of malignant images lie above those of benign ones, in standard deviations. */
  readonly distance?: number;
  /** What logits are multiplied by; above 1, probabilities are too sure. */
  readonly sureness?: number;
  /** Whether there are validation predictions, of as many patients as are tested. */
  readonly validation?: boolean;
}

/** Invents predictions of normally distributed logits; a third of the patients has a malignant lesion. */
export function examplePredictions(options: ExampleOptions = {}): PredictionSet {
  const { patients = 30, views = 1, folds = 2, seeds = [1], distance = 2, sureness = 1, validation = true } = options;
  const random = createRandom(7);
  const rows: Prediction[] = [];
  for (const seed of seeds) {
    for (let fold = 1; fold <= folds; fold++) {
      for (const part of validation ? (["validation", "test"] as const) : (["test"] as const)) {
        for (let index = 0; index < patients; index++) {
          // The validation part of a fold is the test part of the next.
          const owner = part === "test" ? fold : (fold % folds) + 1;
          const patient = `p${owner}-${index}${folds === 1 && part === "validation" ? "-v" : ""}`;
          const label = index % 3 === 0 ? 1 : 0;
          for (let view = 0; view < views; view++) {
            const logit = sureness * (distance * (label - 0.5) + random.normal());
            const probability = 1 / (1 + Math.exp(-logit));
            rows.push({
              id: `${patient}-${view}`,
              patient,
              label,
              probability,
              logit,
              fold: `fold ${fold}`,
              seed,
              part,
            });
          }
        }
      }
    }
  }
  return { model: "example", rows };
}

/** Makes predictions of test images in one fold, one image a patient, decided at 0.5. */
export function casesOf(labels: readonly (0 | 1)[], probabilities: readonly number[], patients?: readonly string[]) {
  return labels.map((label, index) => ({
    id: `image ${index}`,
    patient: patients?.[index] ?? `p${index}`,
    label,
    probability: probabilities[index]!,
    logit: null,
    fold: "fold 1",
    seed: 1,
    part: "test" as const,
    threshold: 0.5,
    decision: probabilities[index]! >= 0.5 ? (1 as const) : (0 as const),
  }));
}
