import { prepare, type PrepareOptions } from "../data/prepare/prepare";
import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import type { Mask } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import { lesionMasks, maskOfShares } from "./lesion-masks";

/** A part of an image that a network sees, as fine as a person wants to see it. */
export interface FineImage {
  readonly id: string;
  /** Gray levels from 0 (black) to 1 (white), `[size, size]` row by row. float32. */
  readonly pixels: Float32Array;
  /** Rows and columns. */
  readonly size: number;
  /** The lesion, in the same size; null where the image has no mask. */
  readonly lesion: Mask | null;
}

/** Rows and columns of fine images: what a lesion has in most sets, and what a page has room for. */
const fineSize = 256;

/**
 * Prepares images again, the same part of each as a network sees it, but finer: a network sees 32 or 64 pixels, a person wants to see
 * the picture.
 *
 * @param records The records that were prepared.
 * @param prepared The images as the network saw them.
 * @param ids Which, each once.
 * @param size Rows and columns; default: 256, or as many as the network sees where that is more.
 * @returns The images, in the order of `ids`.
 * @throws {Problem} Where an image has no record, or can no longer be read.
 */
export async function fineImages(
  records: readonly ImageRecord[],
  prepared: Pick<Prepared, "configuration" | "size">,
  ids: readonly string[],
  size = Math.max(fineSize, prepared.size),
): Promise<FineImage[]> {
  if (ids.length === 0) return [];
  const byId = new Map(records.map((record) => [record.id, record]));
  const chosen = ids.map((id) => {
    const record = byId.get(id);
    if (record !== undefined) return record;
    throw new Problem(
      `The image "${id}" is not among the ${records.length} records.`,
      "Give the records that were prepared.",
    );
  });
  const configuration = { ...prepared.configuration, channels: ["gray"] as const, size };
  const options: Partial<PrepareOptions> = { cacheFolder: null, normal: "benign" };
  const fine = await prepare(chosen, configuration, options);
  const masks = chosen.some((record) => record.masks.length > 0)
    ? await lesionMasks(chosen, { ids, configuration }, { cacheFolder: null })
    : new Map<string, Float32Array>();
  return ids.map((id, place) => {
    const shares = masks.get(id);
    return {
      ...{ id, size, pixels: fine.pixels.subarray(place * size * size, (place + 1) * size * size) },
      lesion: shares === undefined ? null : maskOfShares(shares, size),
    };
  });
}
