import * as v from "valibot";

import { oneOf, share, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { createRandom } from "../../runtime/random";
import type { ImageRecord } from "../records/record";
import { drawing, drawValidation } from "./draw-parts";
import { groupRecords, type Group } from "./groups";
import { checkSource, type Split, type SplitSource } from "./split";

/** What may be left out, one value at a time: columns that many sets record. */
export const leftOutColumns = ["device", "side", "verification", "set"] as const;

/** A column of which one value is left out at a time. */
export type LeftOutColumn = (typeof leftOutColumns)[number];

const leaveOutOptions = v.strictObject({
  /** Which column: the device, the side, how the label is known, the set where several stand together. */
  by: oneOf(leftOutColumns),
  /** The share of what is learned from that is kept for validation, from 0 (none) to below 1; default: 0.2. */
  validation: v.optional(share(), 0.2),
  /** How many patients of each class a value must have to be tested, from 1; default: 5. */
  least: v.optional(wholeNumber({ from: 1 }), 5),
  ...drawing,
});

/** How values are left out. @interface */
export type LeaveOutOptions = v.InferInput<typeof leaveOutOptions>;

/** What leaving out needs to know of an image. */
export type LeaveOutRecord = Pick<ImageRecord, "id" | "patient" | "label" | LeftOutColumn>;

/**
 * Divides images for internal-external validation (Steyerberg and Harrell, "Prediction models need appropriate internal, internal-external,
 * and external validation", 2016): on each fold one device, or one value of another column, is tested that the networks have not seen.
 *
 * Values with too few patients of a class, and images of which the column is not recorded, are always learned from and never tested.
 * Where images of one patient, or near duplicates, have several values, each fold that tests one of these leaves the whole group out of
 * what is learned from, and tests those of its images that have the value.
 *
 * @returns The split, a fold for each value that is tested, in the order of their names; each is called by its value.
 * @throws {Problem} Where the column is not recorded, or fewer than two values have enough patients.
 */
export function leaveOneOut(records: readonly LeaveOutRecord[], source: SplitSource, options: LeaveOutOptions): Split {
  const { by, validation, least, seed, nearDuplicates } = checkOptions("leaveOneOut", leaveOutOptions, options);
  const valueOf = new Map(records.map((record) => [record.id, record[by]]));
  const values = [...new Set(valueOf.values())].filter((value) => value !== undefined).sort();
  const groups = groupRecords(records, nearDuplicates);
  const has = (group: Group, value: string) => group.ids.some((id) => valueOf.get(id) === value);
  const classes = [...new Set(records.map(({ label }) => label))];
  const fewestOf = (value: string) =>
    Math.min(...classes.map((label) => groups.filter((group) => group.label === label && has(group, value)).length));
  const tested = values.filter((value) => fewestOf(value) >= least);
  if (tested.length < 2) {
    const there = values.map((value) => `${value} (${fewestOf(value)})`).join(", ");
    throw new Problem(
      values.length === 0
        ? `One ${by} was to be left out at a time, but the set records none.`
        : `One ${by} was to be left out at a time, but ${tested.length} of ${values.length} have ${least} patients of each class: ${there}.`,
      "Take a set that records several with enough patients, name another column, or test on another set: --external SET.",
    );
  }
  const random = createRandom(seed).split("validation");
  const folds = tested.map((value, index) => {
    const rest = groups.filter((group) => !has(group, value));
    const name = `${by} ${value}`;
    const test = records.flatMap(({ id }) => (valueOf.get(id) === value ? [id] : []));
    return { name, ...drawValidation(records, rest, validation, name, random.split(index)), test };
  });
  return {
    ...{ name: `one ${by} left out`, kind: "leave-one-out", ...checkSource(source), seed },
    ...{ groupsAcrossParts: { allowed: false, reason: null, count: 0 }, folds },
  };
}
