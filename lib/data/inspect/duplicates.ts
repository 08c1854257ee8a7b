import * as v from "valibot";

import { number } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { startJoining } from "../records/joining";
import type { Label } from "../records/record";
import type { Inspection } from "./inspection";

/** Two images that look alike. */
export interface SimilarPair {
  /** The image that stands first in the set. */
  readonly first: string;
  /** The other. */
  readonly second: string;
  /** Correlation of the thumbnails, -1 to 1. */
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
});

/** How alike images must be. @interface */
export type SimilarOptions = v.InferInput<typeof similarOptions>;

/**
 * Finds pairs of images that look alike: by the correlation of thumbnails of 32 × 32 pixels, each less its mean.
 * Brightness and contrast make no difference, shifts of more than a few percent do. Every image is held against every
 * other: some 2 seconds for 2,000 images.
 *
 * @param inspections What was seen of the images; those that cannot be read are left out, as are blank ones.
 * @returns The pairs, in the set's order. Pixel-identical images are always among them.
 */
export function findSimilar(inspections: readonly Inspection[], options: SimilarOptions = {}): SimilarPair[] {
  const { correlation: least } = checkOptions("findSimilar", similarOptions, options);
  const readable = inspections.filter(({ seen }) => seen !== null);
  const unit = readable.map(({ seen }) => normalise(Buffer.from(seen!.thumbnail, "base64")));
  const pairs: SimilarPair[] = [];
  for (let first = 0; first < readable.length; first++) {
    for (let second = first + 1; second < readable.length; second++) {
      const identical = readable[first]!.seen!.pixelHash === readable[second]!.seen!.pixelHash;
      const correlation = dot(unit[first]!, unit[second]!);
      if (!identical && correlation <= least) continue;
      pairs.push({
        first: readable[first]!.id,
        second: readable[second]!.id,
        correlation: identical ? 1 : correlation,
        identical,
      });
    }
  }
  return pairs;
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

function normalise(levels: Uint8Array): Float32Array {
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const norm = Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0));
  // A blank thumbnail is like none: its correlation with anything is 0.
  return Float32Array.from(levels, (level) => (norm === 0 ? 0 : (level - mean) / norm));
}

function dot(a: Float32Array, b: Float32Array): number {
  // Four sums side by side, for the processor to add at once.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let place = 0; place < a.length; place += 4) {
    s0 += a[place]! * b[place]!;
    s1 += a[place + 1]! * b[place + 1]!;
    s2 += a[place + 2]! * b[place + 2]!;
    s3 += a[place + 3]! * b[place + 3]!;
  }
  return s0 + s1 + s2 + s3;
}
