import type { BaselineImages } from "../../../lib/evaluate/baselines/baseline";
import { inspectRecords } from "../../../lib/data/inspect/inspect";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { kFold } from "../../../lib/data/split/k-fold";
import type { Split } from "../../../lib/data/split/split";

/** Lists and looks at 150 phantoms, and divides them into three folds with validation parts. */
export async function phantoms(): Promise<{ images: BaselineImages; split: Split }> {
  const { records } = await makePhantomSet({ count: 150, size: 32, seed: 3 }).list("");
  const inspections = await inspectRecords(records, { folder: "", cacheFolder: null });
  const split = kFold(
    records,
    { dataset: "phantom", dataHash: "0".repeat(64) },
    { folds: 3, validation: 0.2, seed: 1 },
  );
  return { images: { records, inspections }, split };
}
