import type { Prepared } from "../data/prepare/prepared";
import type { Normalisation } from "../data/prepare/normalise";
import type { Numbers, SlicedSupernet } from "../networks/supernet/sliced-supernet";
import { Problem } from "../runtime/problem";
import type { Architecture } from "../space/kinds";
import { predictLogits, type Logits } from "../train/predict";

/** What scores architectures with the weights of a supernet. */
export interface SharedScoring {
  readonly supernet: SlicedSupernet;
  /** The weights, by key. */
  readonly numbers: Numbers;
  readonly prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">;
  /** The names of the images to be scored: none that the weights have learned from. */
  readonly ids: readonly string[];
  /** The names of those that the weights have learned from. */
  readonly learned: readonly string[];
  /** By what images are normalised. */
  readonly normalisation: Normalisation;
}

/** Images of a batch whose means and variances normalisations take: so many at least. */
export const leastBatch = 128;

/**
 * Computes the logits of images by an architecture with its part of a supernet's weights. Normalisations take the means and
 * variances of the images that are scored, in equal batches of at least 128: those of an architecture are not tracked while a
 * supernet learns (Yu and Huang, "Universally slimmable networks", ICCV 2019).
 *
 * @returns The logits, in the order of the names.
 * @throws {Problem} Where an image is both scored and learned from, there are too few, or the architecture is not of the space.
 */
export function scoreShared(scoring: SharedScoring, architecture: Architecture): Logits {
  const { supernet, numbers, prepared, ids, learned, normalisation } = scoring;
  const known = new Set(learned);
  const both = ids.find((id) => known.has(id));
  if (both !== undefined)
    throw new Problem(
      `${both} is to be scored, and the supernet has learned from it.`,
      "Score on images of the other part: what was learned by heart says nothing.",
    );
  if (ids.length < leastBatch)
    throw new Problem(
      `There are ${ids.length} images to be scored, expected at least ${leastBatch}: normalisations take their statistics.`,
      "Give a larger search-validation part.",
    );
  const batchSize = Math.ceil(ids.length / Math.floor(ids.length / leastBatch));
  const { plan, weights } = supernet.take(architecture, numbers);
  try {
    return predictLogits(plan, weights.of, prepared, ids, normalisation, { batchSize, statistics: "batch" });
  } finally {
    weights.dispose();
  }
}
