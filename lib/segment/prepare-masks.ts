import { prepare, type PrepareOptions } from "../data/prepare/prepare";
import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import { Problem } from "../runtime/problem";
import { segmentationChannels } from "./segmentation-learner";
import type { CheckedSegmentation } from "./segmentation-options";

/**
 * Prepares images and their masks to learn outlines from; the cache gives them where they were prepared before.
 *
 * @param records The images, each with a mask.
 * @param options How the segmentation prepares images.
 * @throws {Problem} Where one has no mask or an empty one, or cannot be read.
 */
export async function prepareMasks(
  records: readonly ImageRecord[],
  { preparation }: Pick<CheckedSegmentation, "preparation">,
  around: Partial<PrepareOptions> = {},
): Promise<Prepared> {
  const bare = records.filter(({ masks }) => masks.length === 0);
  if (bare.length > 0) {
    throw new Problem(
      `${bare.length} of ${records.length} images have no mask, "${bare[0]!.id}" first: nothing says where their lesion is.`,
      "Learn from images with masks.",
    );
  }
  return prepare(records, { ...preparation, channels: [...segmentationChannels] }, around);
}
