/**
 * Data that can be trusted: phantoms, records, what is seen in files, folders of one's own, splits,
 * data sets, the audit, preparation,
 * augmentation and batches. The folders stand in the order in which data flows through them.
 *
 * @module
 */
export { bestPossibleAccuracy } from "./phantom/best-possible";
export { generatePhantoms } from "./phantom/phantom";

export { readMask, readPicture } from "./records/read-pixels";
export type { ImageRecord } from "./records/record";

export { inspectRecords } from "./inspect/inspect";

export { tellFolder } from "./own/tell-survey";

export { checkSplit } from "./split/check-split";
export { groupRecords } from "./split/groups";
export { sampleImages } from "./split/sample";
export { describeSplit } from "./split/split";
export type { Split } from "./split/split";
export { readSplit, writeSplit } from "./split/split-file";

export { listSets, tableOfSets } from "./sets/list-sets";
export { loadDataSet } from "./sets/load";
export { splitSet } from "./sets/split-set";

export { auditSet } from "./audit/audit";
export { drawImageSizes, drawLesionSizes } from "./audit/figures";
export { showAlike, showMontage } from "./audit/montage";
export { summariseAudit } from "./audit/summary";
export { tellAudit } from "./audit/tell-audit";

export type { PreparationOptions } from "./prepare/configuration";
export { computeNormalisation } from "./prepare/normalise";
export { prepare } from "./prepare/prepare";
export type { Prepared } from "./prepare/prepared";
export { preparations } from "./prepare/presets";
export { showPrepared } from "./prepare/show-prepared";

export { showAugmented } from "./augment/show-augmented";
export { augmentations } from "./augment/presets";

export { createBatches } from "./batches/batches";
export { timeBatches } from "./batches/time-batches";
