import { withDefaults } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { createRandom } from "../../runtime/random";
import { assignGroups } from "./assign-groups";
import { idsOf } from "./draw-parts";
import { groupRecords, type SplitRecord } from "./groups";
import { checkSource, partNames, type PartName, type Split, type SplitSource } from "./split";

/** How images are divided once. */
export interface HoldOutOptions {
  /** The split's name; default: "hold-out". */
  name: string;
  /**
   * The share of the images in each part, adding up to 1; `validation` may be 0. Default: 0.6 for training, 0.2 for
   * validation, 0.2 for testing.
   */
  shares: Readonly<Record<PartName, number>>;
  /** The seed; default: 1. */
  seed: number;
  /** Lists of ids of images that look alike, which are kept together; default: none. */
  nearDuplicates: readonly (readonly string[])[];
}

/**
 * Divides images once: by whole patients (and groups of near duplicates), with the same balance of classes in each part, in
 * seeded random order.
 *
 * @param records The images, in any order; it makes no difference to who is tested.
 * @param source The data set, and the hash of its data.
 * @param options How.
 * @returns The split, with one fold; no group is torn.
 * @throws {Problem} Where a class has fewer groups than parts, or the shares do not add up to 1.
 */
export function holdOut(
  records: readonly SplitRecord[],
  source: SplitSource,
  options: Partial<HoldOutOptions> = {},
): Split {
  const settings = withDefaults<HoldOutOptions>("holdOut", options, {
    name: "hold-out",
    shares: { train: 0.6, validation: 0.2, test: 0.2 },
    seed: 1,
    nearDuplicates: [],
  });
  const shares = checkShares(settings.shares);
  const parts = partNames.filter((part) => shares[part] > 0).map((part) => ({ name: part, share: shares[part] }));
  const random = createRandom(settings.seed).split("hold-out");
  const assigned = assignGroups(groupRecords(records, settings.nearDuplicates), parts, random);
  const idsIn = (part: PartName) => idsOf(records, assigned[parts.findIndex(({ name }) => name === part)] ?? []);
  return {
    name: settings.name,
    kind: "hold-out",
    ...checkSource(source),
    seed: settings.seed,
    groupsTorn: { allowed: false, reason: null, count: 0 },
    folds: [{ name: "hold-out", train: idsIn("train"), validation: idsIn("validation"), test: idsIn("test") }],
  };
}

function checkShares(given: Readonly<Record<PartName, number>>): Readonly<Record<PartName, number>> {
  const shares = withDefaults<Record<PartName, number>>("shares", given, { train: 0, validation: 0, test: 0 });
  const written = partNames.map((part) => `${part} ${shares[part]}`).join(", ");
  const wrong = partNames.find((part) => !(part === "validation" ? shares[part] >= 0 : shares[part] > 0));
  if (wrong !== undefined) {
    throw new Problem(
      `The shares are ${written}, expected numbers above 0; that of validation may be 0.`,
      `Give the share of ${wrong}.`,
    );
  }
  const sum = shares.train + shares.validation + shares.test;
  if (Math.abs(sum - 1) > 1e-9) {
    throw new Problem(`The shares are ${written}: they add up to ${sum}, expected 1.`, "Correct one of them.");
  }
  return shares;
}
