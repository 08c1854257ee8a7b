import * as v from "valibot";

import { wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { createRandom } from "../../runtime/random";
import { assignGroups } from "./assign-groups";
import { drawing, idsOf } from "./draw-parts";
import { groupRecords, type SplitRecord } from "./groups";
import { checkSource, type Split, type SplitSource } from "./split";

const nestedOptions = v.strictObject({
  /** The split's name; default, for an empty one: "nested 5 × 5", with the numbers of folds. */
  name: v.optional(v.string(), ""),
  /** How many outer folds, from 2; each image is tested in one. Default: 5. */
  outer: v.optional(wholeNumber({ from: 2 }), 5),
  /** How many inner folds, from 2: what an outer fold does not test is validated on in turns. Default: 5. */
  inner: v.optional(wholeNumber({ from: 2 }), 5),
  ...drawing,
});

/** How images are divided into folds within folds. @interface */
export type NestedOptions = v.InferInput<typeof nestedOptions>;

/**
 * Divides images into folds within folds: settings are chosen on the inner validation parts and judged on the outer test
 * parts, so that the choice does not flatter the score (Cawley and Talbot, "On over-fitting in model selection and
 * subsequent selection bias in performance evaluation", Journal of Machine Learning Research 11:2079-2107, 2010). By whole
 * patients (and groups of near duplicates), with the same balance of classes in each part, in seeded random order. The test
 * parts are those of `kFold` with the same seed and number of folds.
 *
 * @param records The images, in any order; it makes no difference to who is tested where.
 * @returns The split, with outer × inner folds, "outer 1, inner 1" first. Within an outer fold, training and validation
 *   together are always the same images: those to fit to once settings are chosen.
 * @throws {Problem} Where a class has fewer groups than parts, or an option cannot be such.
 */
export function nested(records: readonly SplitRecord[], source: SplitSource, options: NestedOptions = {}): Split {
  const settings = checkOptions("nested", nestedOptions, options);
  const { outer, inner, seed } = settings;
  const random = createRandom(seed);
  const partsOf = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => ({ name: `${name} ${index + 1}`, share: 1 / count }));
  const outerParts = partsOf(outer, "outer");
  const tested = assignGroups(groupRecords(records, settings.nearDuplicates), outerParts, random.split("test"));
  const folds = outerParts.flatMap((outerPart, index) => {
    const rest = tested.filter((_, other) => other !== index).flat();
    const innerParts = partsOf(inner, `${outerPart.name}, inner`);
    const validated = assignGroups(rest, innerParts, random.split("inner").split(index));
    return innerParts.map(({ name }, place) => ({
      name,
      train: idsOf(records, validated.filter((_, other) => other !== place).flat()),
      validation: idsOf(records, validated[place]!),
      test: idsOf(records, tested[index]!),
    }));
  });
  return {
    name: settings.name === "" ? `nested ${outer} × ${inner}` : settings.name,
    kind: "nested",
    ...checkSource(source),
    seed,
    groupsAcrossParts: { allowed: false, reason: null, count: 0 },
    folds,
  };
}
