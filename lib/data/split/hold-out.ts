import * as v from "valibot";

import { number, positive } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { createRandom } from "../../runtime/random";
import { assignGroups } from "./assign-groups";
import { drawing, idsOf } from "./draw-parts";
import { groupRecords, type SplitRecord } from "./groups";
import { checkSource, partNames, type PartName, type Split, type SplitSource } from "./split";

const shareOfParts = v.pipe(
  v.strictObject({ train: positive(), validation: v.optional(number({ from: 0 }), 0), test: positive() }),
  v.check(
    (shares) => Math.abs(sumOf(shares) - 1) <= 1e-9,
    ({ input }) => `shares that add up to 1, and these add up to ${sumOf(input)}`,
  ),
);

const holdOutOptions = v.strictObject({
  /** The split's name; default: "hold-out". */
  name: v.optional(v.string(), "hold-out"),
  /**
   * The share of the images in each part, adding up to 1; `validation` may be 0. Default: 0.6 for training, 0.2 for
   * validation, 0.2 for testing.
   */
  shares: v.optional(shareOfParts, { train: 0.6, validation: 0.2, test: 0.2 }),
  ...drawing,
});

/** How images are divided once. @interface */
export type HoldOutOptions = v.InferInput<typeof holdOutOptions>;

/**
 * Divides images once: by whole patients (and groups of near duplicates), with the same balance of classes in each part, in
 * seeded random order.
 *
 * @param records The images, in any order; it makes no difference to who is tested.
 * @returns The split, with one fold; no group is split across parts.
 * @throws {Problem} Where a class has fewer groups than parts, or the shares do not add up to 1.
 */
export function holdOut(records: readonly SplitRecord[], source: SplitSource, options: HoldOutOptions = {}): Split {
  const settings = checkOptions("holdOut", holdOutOptions, options);
  const { shares } = settings;
  const parts = partNames.filter((part) => shares[part] > 0).map((part) => ({ name: part, share: shares[part] }));
  const random = createRandom(settings.seed).split("hold-out");
  const assigned = assignGroups(groupRecords(records, settings.nearDuplicates), parts, random);
  const idsIn = (part: PartName) => idsOf(records, assigned[parts.findIndex(({ name }) => name === part)] ?? []);
  return {
    name: settings.name,
    kind: "hold-out",
    ...checkSource(source),
    seed: settings.seed,
    groupsAcrossParts: { allowed: false, reason: null, count: 0 },
    folds: [{ name: "hold-out", train: idsIn("train"), validation: idsIn("validation"), test: idsIn("test") }],
  };
}

function sumOf({ train, validation, test }: Readonly<Record<PartName, number>>): number {
  return train + validation + test;
}
