import * as v from "valibot";

import { callback, nullable, oneOf, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import type { LabelledPrediction } from "./worst-predictions";

const caseOptions = v.strictObject({
  /** How many of each class, from 1; of each class in each group where there are groups. Default: 4. */
  each: v.optional(wholeNumber({ from: 1 }), 4),
  /**
   * Which come first: `worst`, the furthest from the truth; `surest`, whose probability is nearest to 0 or 1, right or wrong; `least
   * sure`, whose is nearest to one half; `as given`. Default: `worst`.
   */
  by: v.optional(oneOf(["worst", "surest", "least sure", "as given"]), "worst"),
  /** The group of an image by its name, such as its device; null leaves the image out. Default: null, no groups. */
  groupOf: v.optional(nullable(callback<(id: string) => string | null>()), null),
});

/** Which cases are shown. @interface */
export type CaseOptions = v.InferInput<typeof caseOptions>;

/**
 * Chooses cases to look at: as many of each class, and in each group, so that neither class nor group hides another.
 *
 * @returns The cases: group by group in the order of their names, benign before malignant; fewer where there are fewer.
 * @throws {Problem} Where an option is out of range.
 */
export function chooseCases<Case extends LabelledPrediction>(
  predictions: readonly Case[],
  options: CaseOptions = {},
): Case[] {
  const { each, by, groupOf } = checkOptions("chooseCases", caseOptions, options);
  const groups = new Map<string, Case[]>();
  for (const one of predictions) {
    const group = groupOf === null ? "" : groupOf(one.id);
    if (group !== null) groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  const error = ({ label, probability }: Case) => Math.abs(label - probability);
  const doubt = ({ probability }: Case) => Math.abs(probability - 0.5);
  const orders = {
    worst: (one: Case, other: Case) => error(other) - error(one),
    surest: (one: Case, other: Case) => doubt(other) - doubt(one),
    "least sure": (one: Case, other: Case) => doubt(one) - doubt(other),
    "as given": () => 0,
  } as const;
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, own]) =>
      [0, 1].flatMap((label) =>
        own
          .filter((one) => one.label === label)
          .sort(orders[by])
          .slice(0, each),
      ),
    );
}
