import { withDefaults } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { createRandom, type RandomGenerator } from "../../runtime/random";
import { labels, type Label } from "../records/record";
import { groupRecords, sortGroups, type Group, type SplitRecord } from "./groups";

/** Which images are drawn from a set. */
export interface SampleOptions {
  /** How many images, from 1. */
  count: number;
  /** The share of each class, adding up to 1; classes left out are not drawn. Default: that of the set, for an empty one. */
  balance: Readonly<Partial<Record<Label, number>>>;
  /**
   * What is drawn: "image" draws single images, of some patients only a part; "patient" draws all images of a patient (and of
   * a group of near duplicates) or none. Default: "image".
   */
  by: "image" | "patient";
  /** The seed; default: 1. */
  seed: number;
  /** Lists of ids of images that look alike, which "patient" keeps together; default: none. */
  nearDuplicates: readonly (readonly string[])[];
}

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
 * @param options How many, and how.
 * @returns The images.
 * @throws {Problem} Where the set has too few of a class, or, by patient, no patients whose images add up to the number.
 */
export function sampleImages<Kept extends SplitRecord>(
  records: readonly Kept[],
  options: Partial<SampleOptions> & Pick<SampleOptions, "count">,
): Sample<Kept> {
  const { count, balance, by, seed, nearDuplicates } = withDefaults<SampleOptions>("sampleImages", options, {
    count: 0,
    balance: {},
    by: "image",
    seed: 1,
    nearDuplicates: [],
  });
  if (!Number.isInteger(count) || count < 1) {
    throw new Problem(
      `A sample of ${count} images was asked for, expected a whole number from 1.`,
      "Give 524, for example.",
    );
  }
  if (records.length === 0) throw new Problem("There are no images to draw from.", "Give the records of a set.");
  if (!["image", "patient"].includes(by)) {
    throw new Problem(`The option by is "${by}", expected "image" or "patient".`, "Choose one of them.");
  }
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

function countsOf(
  count: number,
  given: Readonly<Partial<Record<Label, number>>>,
  records: readonly SplitRecord[],
): Record<Label, number> {
  const none = { benign: 0, malignant: 0, normal: 0 };
  const balance = withDefaults<Record<Label, number>>("balance", given, none);
  const shares = labels.map((label) =>
    Object.keys(given).length === 0
      ? records.filter((record) => record.label === label).length / records.length
      : balance[label],
  );
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => !(share >= 0)) || Math.abs(sum - 1) > 1e-9) {
    const written = labels.map((label, index) => `${label} ${shares[index]}`).join(", ");
    throw new Problem(
      `The balance of the sample is ${written}, expected shares from 0 that add up to 1.`,
      "Give { malignant: 0.5, benign: 0.5 }, for example.",
    );
  }
  // Rounded down, and what is missing given to those that lost most (the method of largest remainders).
  const counts = shares.map((share) => Math.floor(share * count + 1e-9));
  const order = shares
    .map((_, index) => index)
    .sort((a, b) => shares[b]! * count - counts[b]! - (shares[a]! * count - counts[a]!));
  const missing = count - counts.reduce((total, one) => total + one, 0);
  for (const index of order.slice(0, missing)) counts[index]! += 1;
  return { ...none, ...Object.fromEntries(labels.map((label, index) => [label, counts[index]!])) };
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
