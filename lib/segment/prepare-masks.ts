import { prepare, type PrepareOptions } from "../data/prepare/prepare";
import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import { Problem } from "../runtime/problem";
import { segmentationChannels } from "./segmentation-learner";
import { checkSegmentation, type SegmentationOptions } from "./segmentation-options";

/**
 * Prepares images and their masks to learn outlines from; the cache gives them where they were prepared before.
 *
 * @param records The images, each with a mask.
 * @param options How the network is to learn, which says how images are prepared.
 * @throws {Problem} Where one has no mask or an empty one, or cannot be read.
 */
export async function prepareMasks(
  records: readonly ImageRecord[],
  options: SegmentationOptions = {},
  around: Partial<PrepareOptions> = {},
): Promise<Prepared> {
  const bare = records.filter(({ masks }) => masks.length === 0);
  if (bare.length > 0) {
    throw new Problem(
      `${bare.length} of ${records.length} images have no mask, "${bare[0]!.id}" first: nothing says where their lesion is.`,
      "Learn from images with masks.",
    );
  }
  const { preparation } = checkSegmentation(options);
  return prepare(records, { ...preparation, channels: [...segmentationChannels] }, around);
}
