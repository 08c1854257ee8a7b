import { prepare, type PrepareOptions } from "../data/prepare/prepare";
import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import type { Mask } from "../pictures/picture";
import { Problem } from "../runtime/problem";

/**
 * Prepares the masks of images that were prepared already: the same region, padding and size, so that mask and image fit
 * pixel by pixel.
 *
 * @param records The records of the images; others are passed over.
 * @returns The lesion's share of each pixel, 0 to 1, `[size, size]` row by row, by the image's name. float32. Images without
 *   a mask, or with one that is damaged or empty, are not in it.
 * @throws {Problem} Where an image has no record, or none of them has a mask.
 */
export async function lesionMasks(
  records: readonly ImageRecord[],
  prepared: Pick<Prepared, "ids" | "configuration">,
  options: Partial<Pick<PrepareOptions, "cacheFolder" | "atOnce">> = {},
): Promise<ReadonlyMap<string, Float32Array>> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const chosen = prepared.ids.map((id) => {
    const record = byId.get(id);
    if (record !== undefined) return record;
    throw new Problem(
      `The image "${id}" is not among the ${records.length} records.`,
      "Give the records that were prepared.",
    );
  });
  const configuration = { ...prepared.configuration, channels: ["mask"] as const };
  const { ids, pixels, size } = await prepare(chosen, configuration, {
    ...options,
    onError: "leave-out",
    normal: "benign",
  });
  return new Map(ids.map((id, place) => [id, pixels.subarray(place * size * size, (place + 1) * size * size)]));
}

/**
 * Makes a mask with an outline of a lesion's shares.
 *
 * @param shares The lesion's share of each pixel, 0 to 1, `[size, size]` row by row.
 * @param size Rows and columns.
 * @returns The pixels of which at least half is lesion.
 */
export function maskOfShares(shares: Float32Array, size: number): Mask {
  return { width: size, height: size, pixels: Uint8Array.from(shares, (share) => (share >= 0.5 ? 1 : 0)) };
}
