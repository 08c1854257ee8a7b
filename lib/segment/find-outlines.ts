import { partOfPicture, prepareImage } from "../data/prepare/prepare-image";
import { normaliseInPlace } from "../data/prepare/normalise";
import { planNetwork } from "../networks/run/plan";
import type { Box, Picture } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import { logitsOfImages } from "./logits";
import { outlineOf, type Outline } from "./outline";
import type { CheckedSegmentation } from "./segmentation-options";
import type { TrainedSegmentation } from "./train-segmentation";

/** A picture with a name, for messages. */
export interface NamedPicture {
  readonly id: string;
  readonly picture: Picture;
  /** Where its lesion is looked for: a box that somebody has drawn. Left out: in all of it. */
  readonly within?: Box | undefined;
}

/** What of a segmentation finds outlines: that of a training, or of a release. */
export type OutlineNetwork = Pick<TrainedSegmentation, "graph" | "weights" | "normalisation"> & {
  readonly options: Pick<CheckedSegmentation, "preparation" | "predictionBatch" | "flipPredictions">;
};

/**
 * Finds the lesion in pictures.
 *
 * @param trained The network.
 * @param pictures Any number of pictures, of any sizes; they are prepared as those that the network learned from.
 * @returns An outline for each, at the picture's own size.
 * @throws {Problem} Where a picture is too small to be prepared.
 */
export function findOutlines(trained: OutlineNetwork, pictures: readonly NamedPicture[]): Outline[] {
  const { options, graph, weights, normalisation } = trained;
  const { preparation, predictionBatch, flipPredictions } = options;
  const { size } = preparation;
  const plan = planNetwork(graph);
  const outlines: Outline[] = [];
  for (let start = 0; start < pictures.length; start += predictionBatch) {
    const batch = pictures.slice(start, start + predictionBatch);
    const numbers = new Float32Array(batch.length * size * size);
    batch.forEach(({ id, picture }, index) => {
      numbers.set(prepareImage({ id, picture, mask: null }, preparation), index * size * size);
    });
    normaliseInPlace(numbers, normalisation);
    const probabilities = tf.tidy(() => {
      const images = tf.tensor4d(numbers, [batch.length, size, size, 1]);
      return tf.sigmoid(logitsOfImages(plan, weights.of, images, flipPredictions)).dataSync<"float32">();
    });
    batch.forEach(({ id, picture, within = null }, index) => {
      const own = probabilities.subarray(index * size * size, (index + 1) * size * size);
      if (!own.every(Number.isFinite)) {
        throw new Problem(
          `The network's probabilities of ${id} are no numbers.`,
          "Its weights are damaged, or its training had diverged: train it again.",
        );
      }
      outlines.push(outlineOf(own, size, partOfPicture({ id, picture, mask: null }, preparation), picture, within));
    });
  }
  return outlines;
}
