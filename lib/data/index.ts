/**
 * Data that can be trusted: phantoms, records, what is seen in files, splits, data sets, the audit, preparation,
 * augmentation and batches. The folders stand in the order in which data flows through them.
 *
 * @module
 */
export { bestPossibleAccuracy } from "./phantom/best-possible";
export type { BestPossible, BestPossibleOptions } from "./phantom/best-possible";
export { phantomDevices } from "./phantom/device";
export type { Device } from "./phantom/device";
export { featureDistributions, featureNames, likelihoodRatioOf } from "./phantom/features";
export type { FeatureDistributions, LesionFeatures } from "./phantom/features";
export { drawLesion, outlineDistance, viewLesion } from "./phantom/lesion";
export type { Lesion } from "./phantom/lesion";
export { describePhantomAt, generatePhantoms, phantomAt } from "./phantom/phantom";
export type { Phantom, PhantomDescription, PhantomOptions, PhantomSettings } from "./phantom/phantom";

export type { Finding } from "./records/finding";
export { readMask, readPicture } from "./records/read-pixels";
export { groupOf, labels } from "./records/record";
export type { ImageRecord, Label, PixelSource } from "./records/record";

export { findSimilar, groupSimilar } from "./inspect/duplicates";
export type { SimilarGroup, SimilarOptions, SimilarPair } from "./inspect/duplicates";
export { inspectRecords } from "./inspect/inspect";
export type { InspectOptions } from "./inspect/inspect";
export type { Inspection, Seen, SeenLesion } from "./inspect/inspection";
export { findMarks } from "./inspect/marks";
export type { Marks } from "./inspect/marks";

export { checkSplit, refuseGroupsAcrossParts } from "./split/check-split";
export type { SplitFault, SplitFaultKind, AcrossPartsOptions } from "./split/check-split";
export { describeMixed, groupRecords } from "./split/groups";
export type { Group, SplitRecord } from "./split/groups";
export { holdOut } from "./split/hold-out";
export type { HoldOutOptions } from "./split/hold-out";
export { kFold } from "./split/k-fold";
export type { KFoldOptions } from "./split/k-fold";
export { nested } from "./split/nested";
export type { NestedOptions } from "./split/nested";
export { officialFolds, officialParts } from "./split/official";
export type { OfficialFolds, OfficialOptions } from "./split/official";
export { sampleImages } from "./split/sample";
export type { Sample, SampleOptions } from "./split/sample";
export { describeSplit, describeGroupsAcrossParts } from "./split/split";
export type { Fold, Split, SplitSource, GroupsAcrossParts } from "./split/split";
export { readSplit, writeSplit } from "./split/split-file";
export type { ReadSplitOptions } from "./split/split-file";

export type { Access, DataSet, Expected, KnownFile, Listing, SetDownload } from "./sets/data-set";
export { listSets, tableOfSets } from "./sets/list-sets";
export type { ListedSet } from "./sets/list-sets";
export { loadDataSet } from "./sets/load";
export type { LoadedSet, LoadOptions } from "./sets/load";
export { howToGet, locateDataSet } from "./sets/locate";
export { makePhantomSet } from "./sets/phantom-set";
export { dataSets, findDataSet } from "./sets/registry";
export { splitSet } from "./sets/split-set";
export type { SplitSetOptions } from "./sets/split-set";

export { auditSet } from "./audit/audit";
export type { Audit, AuditOptions, MarkCounts } from "./audit/audit";
export type { ImageCounts, LabelCounts, ValueRange } from "./audit/count-images";
export { drawImageSizes, drawLesionSizes } from "./audit/figures";
export { readFolds } from "./audit/read-folds";
export { findLeaks } from "./audit/leakage";
export type { FoldsToCheck, Leak, PartPair } from "./audit/leakage";
export { showAlike, showMontage } from "./audit/montage";
export type { MontageOptions, ShowAlikeOptions } from "./audit/montage";
export { measureShortcuts } from "./audit/shortcuts";
export type { Shortcut } from "./audit/shortcuts";
export { summariseAudit } from "./audit/summary";
export type { AuditSummary, PairSummary } from "./audit/summary";
export { tellAudit } from "./audit/tell-audit";
export { countFindings, tableOfFindings } from "./audit/tell-findings";

export { checkPreparation, hashPreparation, preparationDefaults } from "./prepare/configuration";
export type { Channel, PreparationOptions, RegionOfInterest } from "./prepare/configuration";
export { computeNormalisation } from "./prepare/normalise";
export type { Normalisation } from "./prepare/normalise";
export { prepare } from "./prepare/prepare";
export type { PrepareOptions } from "./prepare/prepare";
export { placesOf } from "./prepare/prepared";
export type { Prepared } from "./prepare/prepared";
export { preparations } from "./prepare/presets";
export { showPrepared } from "./prepare/show-prepared";
export type { ShowPreparedOptions } from "./prepare/show-prepared";

export { createAugment } from "./augment/augment";
export type { Augment, ImageLayout } from "./augment/augment";
export { showAugmented } from "./augment/show-augmented";
export type { ShowAugmentedOptions } from "./augment/show-augmented";
export { augmentationDefaults, checkAugmentation } from "./augment/augmentation";
export type { AugmentationOptions } from "./augment/augmentation";
export { augmentations } from "./augment/presets";

export { createBatches } from "./batches/batches";
export type { Batch, Batches, BatchOptions } from "./batches/batches";
export { timeBatches } from "./batches/time-batches";
export type { BatchTimes, TimeBatchesOptions } from "./batches/time-batches";
