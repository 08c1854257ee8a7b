import * as v from "valibot";

import { number, oneOf, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { createRandom, type RandomGenerator } from "../../runtime/random";
import { labels, type Label } from "../records/record";
import { drawing } from "./draw-parts";
import { groupRecords, sortGroups, type Group, type SplitRecord } from "./groups";

const balanceOfClasses = v.pipe(
  v.strictObject(v.entriesFromList(labels, v.optional(number({ from: 0 })))),
  v.check((balance) => {
    const shares = Object.values(balance);
    return shares.length === 0 || Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) <= 1e-9;
  }, "shares from 0 that add up to 1, as { malignant: 0.5, benign: 0.5 }"),
);

/** The options of a sample. */
export const sampleOptions = v.strictObject({
  /** How many images, from 1. */
  count: wholeNumber({ from: 1 }),
  /** The share of each class, adding up to 1; classes left out are not drawn. Default: that of the set, for an empty one. */
  balance: v.optional(balanceOfClasses, {}),
  /**
   * What is drawn: "image" draws single images, of some patients only a part; "patient" draws all images of a patient (and of
   * a group of near duplicates) or none. Default: "image".
   */
  by: v.optional(oneOf(["image", "patient"]), "image"),
  ...drawing,
});

/** Which images are drawn from a set. @interface */
export type SampleOptions = v.InferInput<typeof sampleOptions>;

/** Images drawn from a set. */
export interface Sample<Kept extends SplitRecord> {
  /** The images, in the set's order. */
  readonly records: readonly Kept[];
  /** How they were drawn, in words, for the `sample` of a split's source. */
  readonly description: string;
}

/**
 * Draws a given number of images in a given balance of classes, seeded.
 *
 * @param records The images of the set, in any order; it makes no difference to which are drawn.
 * @throws {Problem} Where the set has too few of a class, or, by patient, no patients whose images add up to the number.
 */
export function sampleImages<Kept extends SplitRecord>(records: readonly Kept[], options: SampleOptions): Sample<Kept> {
  const { count, balance, by, seed, nearDuplicates } = checkOptions("sampleImages", sampleOptions, options);
  if (records.length === 0) throw new Problem("There are no images to draw from.", "Give the records of a set.");
  const wanted = countsOf(count, balance, records);
  const groups =
    by === "image" ? records.flatMap((record) => groupRecords([record])) : groupRecords(records, nearDuplicates);
  const pure = groups.filter(({ mixed }) => !mixed);
  const random = createRandom(seed).split("sample");
  const drawn = labels.flatMap((label) => {
    const candidates = pure.filter((group) => group.label === label);
    return wanted[label] === 0 ? [] : draw(candidates, wanted[label], label, by, random.split(label));
  });
  const ids = new Set(drawn.flatMap((group) => group.ids));
  const classes = labels.filter((label) => wanted[label] > 0).map((label) => `${wanted[label]} ${label}`);
  const left = groups.length - pure.length;
  const without = left === 0 ? "" : `, without ${left} ${left === 1 ? "group" : "groups"} of more than one class`;
  return {
    records: records.filter(({ id }) => ids.has(id)),
    description: `${count} of ${records.length} images (${classes.join(", ")}), drawn by ${by} with seed ${seed}${without}`,
  };
}

/** What is left of images and of what was seen of them, in the same order. */
export interface DrawnImages<Kept extends SplitRecord, Seen> {
  readonly records: readonly Kept[];
  readonly inspections: readonly Seen[];
  /** How they were drawn, in words; null: all of them are there. */
  readonly sample: string | null;
}

/**
 * Draws a sample of images with what was seen of them, as {@link sampleImages} draws it.
 *
 * @param options Null: all are kept.
 * @throws {Problem} Where no such sample can be drawn.
 */
export function sampleInspected<Kept extends SplitRecord, Seen>(
  { records, inspections }: Pick<DrawnImages<Kept, Seen>, "records" | "inspections">,
  options: SampleOptions | null,
): DrawnImages<Kept, Seen> {
  if (options === null) return { records, inspections, sample: null };
  const drawn = sampleImages(records, options);
  const kept = new Set(drawn.records.map(({ id }) => id));
  return {
    records: drawn.records,
    inspections: inspections.filter((_, place) => kept.has(records[place]!.id)),
    sample: drawn.description,
  };
}

function countsOf(
  count: number,
  balance: Readonly<Partial<Record<Label, number>>>,
  records: readonly SplitRecord[],
): Record<Label, number> {
  const shares = labels.map((label) =>
    Object.keys(balance).length === 0
      ? records.filter((record) => record.label === label).length / records.length
      : (balance[label] ?? 0),
  );
  // Rounded down, and what is missing given to those that lost most (the method of largest remainders).
  const counts = shares.map((share) => Math.floor(share * count + 1e-9));
  const order = shares
    .map((_, index) => index)
    .sort((a, b) => shares[b]! * count - counts[b]! - (shares[a]! * count - counts[a]!));
  const missing = count - counts.reduce((total, one) => total + one, 0);
  for (const index of order.slice(0, missing)) counts[index]! += 1;
  return Object.fromEntries(labels.map((label, index) => [label, counts[index]!])) as Record<Label, number>;
}

// Draws groups that add up to a number of images: in random order, each that still leaves a way to get there.
function draw(groups: readonly Group[], count: number, label: Label, by: string, random: RandomGenerator): Group[] {
  const images = groups.reduce((sum, group) => sum + group.ids.length, 0);
  const there = by === "image" ? "" : `, in ${groups.length} groups of one class`;
  if (images < count) {
    throw new Problem(
      `The sample needs ${count} ${label} images; the set has ${images}${there}.`,
      "Ask for fewer images, or for another balance of classes.",
    );
  }
  const order = random.shuffled(sortGroups(groups));
  // reachable[i][n]: some of the groups from i on have n images in all.
  const reachable = [Uint8Array.from({ length: count + 1 }, (_, sum) => (sum === 0 ? 1 : 0))];
  for (const group of [...order].reverse()) {
    const [after] = reachable;
    const size = group.ids.length;
    reachable.unshift(after!.map((can, sum) => (can === 1 || (sum >= size && after![sum - size] === 1) ? 1 : 0)));
  }
  if (reachable[0]![count] !== 1) {
    throw new Problem(
      `No ${label} groups have ${count} images in all: the set has ${images}${there}, each to be taken whole.`,
      'Ask for another number, or draw by: "image".',
    );
  }
  let left = count;
  return order.filter((group, index) => {
    const taken = group.ids.length <= left && reachable[index + 1]![left - group.ids.length] === 1;
    if (taken) left -= group.ids.length;
    return taken;
  });
}
