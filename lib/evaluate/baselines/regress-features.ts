import type { SeenImage } from "../../data/audit/shortcut-features";
import type { Seen } from "../../data/inspect/inspection";
import { Problem } from "../../runtime/problem";
import { fitLogisticRegression } from "../../statistics/logistic-regression";
import { labelOf, type BaselineFit } from "./baseline";

/**
 * Makes a baseline of a few numbers an image: a logistic regression on them, with the penalty C = 1.
 *
 * @param features The numbers of an image, finite and as many for each; null where it has no such thing.
 */
export function regressFeatures(model: string, features: (image: SeenImage) => number[] | null): BaselineFit {
  // Each image is read in every fold, and is the same in all of them.
  const known = new Map<Seen, number[]>();
  const read = (image: SeenImage): number[] => {
    const numbers = known.get(image.seen) ?? features(image);
    if (numbers === null) {
      throw new Problem(
        `${model}: the image "${image.record.id}" has neither a stated box nor a mask of its lesion.`,
        "Leave out such images, or this baseline.",
      );
    }
    known.set(image.seen, numbers);
    return numbers;
  };
  return (learnt) => {
    const { coefficients, intercept } = fitLogisticRegression({
      features: learnt.map(read),
      labels: learnt.map(labelOf),
    });
    return (image) => read(image).reduce((sum, value, column) => sum + coefficients[column]! * value, intercept);
  };
}
