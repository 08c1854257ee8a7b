import type { Prediction } from "../evaluate/predictions";
import { differencesOf, probabilitiesOf, type Logits } from "../train/predict";
import type { Unit } from "./units";

/**
 * Writes logits as predictions.
 *
 * @param patients The patient of each image; null where the set does not say.
 * @returns One prediction an image, in the order of the logits.
 */
export function predictionRows(
  { fold, seed }: Pick<Unit, "fold" | "seed">,
  part: Prediction["part"],
  { ids, labels, values }: Logits,
  patients: ReadonlyMap<string, string | null>,
): Prediction[] {
  const [differences, probabilities] = [differencesOf(values), probabilitiesOf(values)];
  return ids.map((id, image) => ({
    id,
    patient: patients.get(id) ?? null,
    label: labels[image] === 1 ? 1 : 0,
    probability: probabilities[image]!,
    logit: differences[image]!,
    fold,
    seed,
    part,
  }));
}
