import { needsMask } from "../data/prepare/configuration";
import type { ImageRecord } from "../data/records/record";
import type { Split } from "../data/split/split";
import type { BaselineImages } from "../evaluate/baselines/baseline";
import { boxGeometryBaseline } from "../evaluate/baselines/box-geometry";
import { majorityBaseline } from "../evaluate/baselines/majority";
import { outlineShapeBaseline, outlineShapes, type OutlineShape } from "../evaluate/baselines/outline-shape";
import { simpleFeaturesBaseline } from "../evaluate/baselines/simple-features";
import type { PredictionSet } from "../evaluate/predictions";
import { namesOfTested } from "../train/test-door";
import type { Study } from "./open-study";
import { haveBoxes, testedSplit } from "./tested-split";

/** Predicts the folds of a split, without any settings. */
export type Baseline = (split: Split, images: BaselineImages) => PredictionSet;

/** What of a study baselines need. */
export type BaselineStudy = Pick<Study, "records" | "inspections" | "tested">;

/**
 * Predicts a study's folds by the baselines that every network has to beat: the majority class; where it is known, the lesion's box,
 * alone and with gray levels; and where networks are given the lesion's outline, its shape.
 *
 * @returns The predictions of each, for tables beside those of networks.
 * @throws {Problem} Where an image cannot be read.
 */
export async function trivialBaselines(study: Study): Promise<PredictionSet[]> {
  const split = testedSplit(study);
  const baselines: Baseline[] = [
    majorityBaseline,
    // Both look at the lesion's box, which nobody has drawn in some sets.
    ...(haveBoxes(study.records) ? [boxGeometryBaseline, simpleFeaturesBaseline] : []),
    ...(needsMask(study.prepared.configuration) ? [await outlineBaseline(study)] : []),
  ];
  return baselines.map((baseline) => predictTested(baseline, split, study));
}

/**
 * Makes the baseline that looks at the shape of the lesion's outline, and at nothing else: of that which each image is learned from or
 * tested with.
 */
export async function outlineBaseline({ records, tested }: BaselineStudy): Promise<Baseline> {
  const shapes = new Map<ImageRecord, OutlineShape>();
  for (const own of [records, tested?.records ?? []]) {
    const found = await outlineShapes(own);
    for (const record of own) if (found.has(record.id)) shapes.set(record, found.get(record.id)!);
  }
  return (split, images) =>
    outlineShapeBaseline(
      split,
      images,
      new Map(
        images.records.flatMap((record) => (shapes.has(record) ? [[record.id, shapes.get(record)!] as const] : [])),
      ),
    );
}

/**
 * Predicts by a baseline what each fold tests, with the outlines that it is tested with: where it learns from the expert's and is tested
 * with found ones, from those.
 */
export function predictTested(baseline: Baseline, split: Split, study: BaselineStudy): PredictionSet {
  const { tested } = study;
  if (tested === null) return baseline(split, study);
  const sets = split.folds.map((fold) => {
    const asked = new Set(namesOfTested(fold));
    const pick = <One>(learned: readonly One[], shown: readonly One[]) =>
      learned.map((one, index) => (asked.has(study.records[index]!.id) ? shown[index]! : one));
    return baseline(
      { ...split, folds: [fold] },
      {
        records: pick(study.records, tested.records),
        inspections: pick(study.inspections, tested.inspections),
      },
    );
  });
  return { ...sets[0]!, rows: sets.flatMap(({ rows }) => rows) };
}
