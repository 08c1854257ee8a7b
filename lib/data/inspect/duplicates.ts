import * as v from "valibot";

import { number } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { startJoining } from "../records/joining";
import type { Label } from "../records/record";
import { alikeThumbnails } from "./alike/alike-thumbnails";
import type { Inspection } from "./inspection";

/** Two images that look alike. */
export interface SimilarPair {
  /** The image that stands first in the set. */
  readonly first: string;
  /** The other. */
  readonly second: string;
  /** Correlation of the thumbnails, or of their patterns once they lie on each other: the greater, -1 to 1. */
  readonly correlation: number;
  /** Whether all pixels are equal. */
  readonly identical: boolean;
}

/** A group of images that look alike, directly or through others of the group. */
export interface SimilarGroup {
  /** The images, in the set's order. */
  readonly images: readonly string[];
  /** Their labels, each once. */
  readonly labels: readonly Label[];
}

const similarOptions = v.strictObject({
  /** Least correlation of the thumbnails of 32 × 32 pixels, not reached; 0 to 1; default: 0.95. */
  correlation: v.optional(number({ from: 0, to: 1 }), 0.95),
  /**
   * Least correlation of their patterns once the one is mirrored, shifted, scaled and turned to lie on the other, not reached; 0 to 1;
   * default: 0.8. Different images of BUS-BRA come to .65 at most, two views of a patient to .75.
   */
  aligned: v.optional(number({ from: 0, to: 1 }), 0.8),
});

/** How alike images must be. @interface */
export type SimilarOptions = v.InferInput<typeof similarOptions>;

/**
 * Finds pairs of images that look alike: by the correlation of thumbnails of 32 × 32 pixels, each less its mean, and by the patterns in
 * them once one is laid over the other, mirrored, shifted, cropped or turned by some degrees. Brightness and contrast make no
 * difference. Only images are compared whose frequencies are alike: a minute for 20,000 images.
 *
 * @param inspections What was seen of the images; those that cannot be read are left out, as are blank ones.
 * @returns The pairs, in the set's order. Pixel-identical images are in the same group always, though not every two of many are a pair.
 */
export function findSimilar(inspections: readonly Inspection[], options: SimilarOptions = {}): SimilarPair[] {
  const limits = checkOptions("findSimilar", similarOptions, options);
  const readable = inspections.filter(({ seen }) => seen !== null);
  const pairs: SimilarPair[] = [];
  // Of identical images one is looked at.
  const firsts = new Map<string, number>();
  const distinct: number[] = [];
  readable.forEach(({ id, seen }, place) => {
    const first = firsts.get(seen!.pixelHash);
    if (first === undefined) {
      firsts.set(seen!.pixelHash, place);
      distinct.push(place);
    } else pairs.push({ first: readable[first]!.id, second: id, correlation: 1, identical: true });
  });
  const thumbnails = distinct.map((place) => Buffer.from(readable[place]!.seen!.thumbnail, "base64"));
  for (const { first, second, correlation } of alikeThumbnails(thumbnails, limits))
    pairs.push({
      ...{ first: readable[distinct[first]!]!.id, second: readable[distinct[second]!]!.id },
      ...{ correlation, identical: false },
    });
  const order = new Map(readable.map(({ id }, place) => [id, place]));
  const at = (id: string) => order.get(id)!;
  return pairs.sort((a, b) => at(a.first) - at(b.first) || at(a.second) - at(b.second));
}

/**
 * Puts pairs together into groups.
 *
 * @param records All images with their labels, in the set's order.
 * @returns The groups of two and more, in the order of their first images.
 */
export function groupSimilar(
  pairs: readonly SimilarPair[],
  records: readonly { readonly id: string; readonly label: Label }[],
): SimilarGroup[] {
  const joined = startJoining();
  for (const { first, second } of pairs) joined.join(first, second);
  const members = new Map<string, { id: string; label: Label }[]>();
  for (const record of records) {
    const root = joined.rootOf(record.id);
    members.set(root, [...(members.get(root) ?? []), record]);
  }
  return [...members.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ images: group.map(({ id }) => id), labels: [...new Set(group.map(({ label }) => label))] }));
}
