import type { Split } from "../../data/split/split";
import type { PredictionSet } from "../predictions";
import { labelOf, predictFolds, type BaselineImages } from "./baseline";

/**
 * Predicts the same for all images of a fold: the share of malignant images among those it learnt from. At the threshold 0.5
 * it always says the more frequent class. Any model must be better than this.
 *
 * The area under the curve of a fold is exactly 0.5. Pooled over folds it may lie below: a fold with more malignant images
 * leaves fewer to learn from.
 *
 * @throws {Problem} Where the split names an image that is not there, cannot be read, or is labelled normal.
 */
export function majorityBaseline(split: Split, images: BaselineImages): PredictionSet {
  return predictFolds("majority class", split, images, (learnt) => {
    const share = learnt.filter((image) => labelOf(image) === 1).length / learnt.length;
    return () => Math.log(share / (1 - share));
  });
}
