import type { Prediction } from "./predictions";
import { Problem } from "../runtime/problem";
import { fitLogisticRegression } from "../statistics/logistic-regression";

/**
 * Lets several networks predict together: the mean of their logits.
 *
 * @param members What each says, of the same images; fold and seed are those of the first.
 * @throws {Problem} Where one gives no logit, or was asked for other images.
 */
export function meanPredictions(members: readonly (readonly Prediction[])[]): Prediction[] {
  const [first, ...others] = members;
  const found = others.map((rows) => new Map(rows.map((row) => [row.id, row])));
  return first!.map((row) => {
    const logits = [row, ...found.map((rows) => rows.get(row.id))].map((one) => one?.logit ?? null);
    const known = logits.filter((logit): logit is number => logit !== null);
    if (known.length < logits.length || found.some((rows) => rows.size !== first!.length)) {
      throw new Problem(
        `The image "${row.id}" of ${row.fold} has ${known.length} logits of ${logits.length} networks that are to predict together.`,
        "Train all of them: the notebook that was cut off goes on.",
      );
    }
    return withLogit(row, known.reduce((sum, logit) => sum + logit, 0) / known.length);
  });
}

/**
 * Lets a network and the lesion's box predict together, by a logistic regression on logit and geometry.
 *
 * @param learned What networks say of images that they have not learned from, for which the answers are known: what is fitted to.
 * @param asked What they say of the images that are to be predicted.
 * @param boxes Width, height, area and aspect ratio of each image's box.
 * @returns The predictions of what is asked.
 * @throws {Problem} Where one class is absent among what is fitted to.
 */
export function fuseWithBox(
  learned: readonly Prediction[],
  asked: readonly Prediction[],
  boxes: ReadonlyMap<string, readonly number[]>,
): Prediction[] {
  const featuresOf = ({ id, logit }: Prediction) => [logit!, ...boxes.get(id)!];
  const { coefficients, intercept } = fitLogisticRegression({
    features: learned.map(featuresOf),
    labels: learned.map(({ label }) => label),
  });
  return asked.map((row) =>
    withLogit(
      row,
      featuresOf(row).reduce((sum, value, column) => sum + coefficients[column]! * value, intercept),
    ),
  );
}

function withLogit(row: Prediction, logit: number): Prediction {
  return { ...row, logit, probability: 1 / (1 + Math.exp(-logit)) };
}
