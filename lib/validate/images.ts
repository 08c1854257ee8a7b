import { prepare } from "../data/prepare/prepare";
import { checkPreparation } from "../data/prepare/configuration";
import type { Prepared } from "../data/prepare/prepared";
import { usableRecords } from "../data/prepare/usable-records";
import { loadDataSet, type LoadedSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import { sampleInspected } from "../data/split/sample";
import type { ImageRecord } from "../data/records/record";
import type { Fold, Split } from "../data/split/split";
import { dataRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { outlinedSet } from "../segment/outlined-set";
import { readOutlines } from "../segment/outlines-folder";
import type { TargetImages, TargetWeights } from "../train/auxiliary-targets";
import { namesOfTested } from "../train/test-door";
import { WrongConfiguration } from "../runs/exit-codes";
import { isSplit, type ValidationPlan } from "./plan";

/** The images of a plan, before they are prepared. */
export interface PlanRecords {
  /** The set, with the images that the plan uses; its hash is that of all its images. */
  readonly loaded: LoadedSet;
  /** How they were drawn, in words; null: all of them are used. */
  readonly sample: string | null;
  /** Those with the expert's outlines, which a fold learns from while it tests found ones; null: it learns from what it tests. */
  readonly expert: ReadonlyMap<string, ImageRecord> | null;
}

/**
 * Loads the images of a plan.
 *
 * @returns The set, with those images alone that the plan uses.
 * @throws {Problem} Where the set is not there, something is wrong with it, or it has too few images; where outlines are missing, or a
 *   network had seen a patient whom it outlined.
 */
export async function loadPlanRecords(
  plan: Pick<ValidationPlan, "dataset" | "dataRoot" | "records" | "preparation">,
): Promise<PlanRecords> {
  const { onError, onContradiction, onShared = "stop", normal, withoutLesion, outlines, sample } = plan.records;
  const root = plan.dataRoot ?? dataRoot();
  const set = await loadDataSet(plan.dataset, { root, onError, onContradiction, onShared });
  const loaded =
    outlines === undefined ? set : await outlinedSet(set, readOutlines(outlines.folder, set), outlines.boxes);
  const { preparation } = plan;
  const usable = usableRecords(loaded, {
    // What stops a plan stops its preparation, which names it.
    normal: normal === "stop" ? "keep" : normal,
    withoutLesion: withoutLesion === "leave-out" ? withoutLesion : "keep",
    preparation: checkPreparation(preparation),
  });
  const { records, inspections, sample: description } = sampleInspected(usable, sample);
  const expert = outlines?.of === "test" ? new Map(set.records.map((record) => [record.id, record])) : null;
  return { loaded: { ...loaded, records, inspections }, sample: description, expert };
}

/**
 * Makes the folds of a plan.
 *
 * @throws {WrongConfiguration} Where the given one is of other data.
 * @throws {Problem} Where none can be made; see `splitSet`.
 */
export function splitPlan({ split }: Pick<ValidationPlan, "split">, { loaded, sample }: PlanRecords): Split {
  if (!isSplit(split)) return { ...splitSet(loaded, split), sample };
  if (split.dataHash !== loaded.dataHash) {
    throw new WrongConfiguration(
      `The plan's split is of ${split.dataset} with the hash ${split.dataHash}, and ${loaded.set.title} has ${loaded.dataHash}.`,
      "Load the data that it was made of, or let the plan make a split.",
    );
  }
  return split;
}

/**
 * Prepares the images of a plan as a fold needs them; the cache gives them where they were prepared before.
 *
 * @throws {Problem} Where one cannot be prepared.
 */
export function preparePlan(
  { preparation }: Pick<ValidationPlan, "preparation">,
  records: PlanRecords,
  fold: Pick<Fold, "test">,
): Promise<Prepared> {
  return prepare(recordsOf(records, fold), preparation);
}

// A record keeps its class of the plan, in which normal tissue may count as benign.
function recordsOf({ loaded, expert }: PlanRecords, fold: Pick<Fold, "test">): readonly ImageRecord[] {
  if (expert === null) return loaded.records;
  const tested = new Set(namesOfTested(fold));
  return loaded.records.map((record) =>
    tested.has(record.id) ? record : { ...expert.get(record.id)!, label: record.label },
  );
}

/**
 * Prepares what is known of the images of a plan beside their class.
 *
 * @param weights What of it networks are to tell.
 * @throws {Problem} Where outlines are to be told, and an image has no mask.
 */
export async function prepareTargets(
  { preparation }: Pick<ValidationPlan, "preparation">,
  all: PlanRecords,
  fold: Pick<Fold, "test">,
  weights: TargetWeights,
): Promise<TargetImages> {
  const records = recordsOf(all, fold);
  const bare = weights.outline > 0 ? records.find(({ masks }) => masks.length === 0) : undefined;
  if (bare !== undefined) {
    throw new Problem(
      `Training has targets.outline: ${weights.outline}, but nothing says where the lesion of "${bare.id}" ends: it has no mask.`,
      "Give masks of all images, or targets.outline: 0.",
    );
  }
  const known = (key: "birads" | "histology") =>
    new Map(records.flatMap(({ id, [key]: own }): [string, string][] => (own === undefined ? [] : [[id, own]])));
  const channels = [...checkPreparation(preparation).channels, "mask" as const];
  return {
    outlines: weights.outline > 0 ? await prepare(records, { ...preparation, channels }) : null,
    ...{ birads: known("birads"), histology: known("histology") },
  };
}
