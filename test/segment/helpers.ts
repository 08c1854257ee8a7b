import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import type { ImageRecord } from "../../lib/data/records/record";
import { prepareMasks } from "../../lib/segment/prepare-masks";
import type { SegmentationImages } from "../../lib/segment/segmentation-learner";
import { checkSegmentation, type SegmentationOptions } from "../../lib/segment/segmentation-options";

/** A segmentation that is learned in seconds. */
export const quickly: SegmentationOptions = {
  network: { channels: 4, stages: 3 },
  preparation: { size: 32 },
  ...{ epochs: 3, batchSize: 4, schedule: { kind: "constant", rate: 0.01 }, predictionBatch: 3 },
};

/** 24 easy phantoms of 64 × 64 pixels. */
export function phantomRecords(): Promise<readonly ImageRecord[]> {
  const set = makePhantomSet({ count: 24, size: 64, malignant: 0.5, difficulty: 0.1, seed: 5 });
  return set.list("").then(({ records }) => records);
}

let known: Promise<SegmentationImages> | null = null;

/** The same, prepared at 32 × 32: 16 to learn from, 8 for validation. */
export function tinyImages(): Promise<SegmentationImages> {
  known ??= phantomRecords().then(async (records) => {
    const prepared = await prepareMasks(records, checkSegmentation(quickly));
    return { prepared, train: prepared.ids.slice(0, 16), validation: prepared.ids.slice(16) };
  });
  return known;
}
