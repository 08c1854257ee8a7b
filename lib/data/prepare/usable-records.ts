import type { ImageRecord } from "../records/record";
import type { LoadedSet } from "../sets/load";
import { needsLesion, needsMask, type PreparationOptions } from "./configuration";

/** What becomes of images that a network cannot learn from as they are. */
export interface UsableOptions {
  /** Images of normal tissue: they are kept, left out, or count as benign. */
  readonly normal: "keep" | "leave-out" | "benign";
  /** Images of which a preparation around the lesion does not know where it is: they are kept, or left out. */
  readonly withoutLesion: "keep" | "leave-out";
  /** How images become numbers; only what it needs to know of the lesion counts. */
  readonly preparation: Pick<PreparationOptions, "channels" | "region">;
}

/** The images of a set that can be used, and how many of the others there are. */
export interface UsableRecords extends Pick<LoadedSet, "records" | "inspections"> {
  /** Images of normal tissue that are left out, or count as benign. */
  readonly normal: number;
  /** Names of the images that are left out because nothing says where their lesion is. */
  readonly withoutLesion: readonly string[];
}

/** Says whether enough is known of a lesion to prepare its image: its mask, or where that is enough its box. */
export function hasLesion(
  { masks, box }: Pick<ImageRecord, "masks" | "box">,
  preparation: UsableOptions["preparation"],
): boolean {
  return masks.length > 0 || (box !== undefined && !needsMask(preparation)) || !needsLesion(preparation);
}

/**
 * Chooses the images of a loaded set that can be used, as was said of the others. What is kept of them stops the preparation.
 */
export function usableRecords(
  { records, inspections }: Pick<LoadedSet, "records" | "inspections">,
  { normal, withoutLesion, preparation }: UsableOptions,
): UsableRecords {
  const labelled = records.map((record) =>
    record.label === "normal" && normal === "benign" ? { ...record, label: "benign" as const } : record,
  );
  const classed = labelled.flatMap((record, place) =>
    record.label === "normal" && normal === "leave-out" ? [] : [{ record, place }],
  );
  const lacking = withoutLesion === "keep" ? [] : classed.filter(({ record }) => !hasLesion(record, preparation));
  const absent = new Set(lacking.map(({ record }) => record.id));
  const kept = classed.filter(({ record }) => !absent.has(record.id));
  return {
    records: kept.map(({ record }) => record),
    inspections: kept.map(({ place }) => inspections[place]!),
    normal: records.filter(({ label }) => label === "normal").length,
    withoutLesion: [...absent],
  };
}
