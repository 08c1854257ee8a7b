import * as v from "valibot";

import { flag, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { checkTraining, type TrainingOptions } from "../train/training-options";

/** The schema of {@link CombinationSettings}. */
export const combinationSchema = v.strictObject({
  /** Whether the networks of all seeds also predict together; default: false. */
  seeds: v.optional(flag(), false),
  /**
   * Whether the networks of the parts of a training part also predict together: each learned from all of these parts but one, and none
   * saw an image that its fold tests. Default: false.
   */
  folds: v.optional(flag(), false),
  /**
   * Whether these networks also predict with the lesion's box beside them: a logistic regression on logit, width, height, area and
   * aspect ratio, fitted to logits of images that their network has not learned from. Default: false.
   */
  box: v.optional(flag(), false),
  /** Into how many parts a training part is divided, by patients, 2 to 20; default: 5. So many networks are trained more, each time. */
  parts: v.optional(wholeNumber({ from: 2, to: 20 }), 5),
});

/** Which networks of a study also predict together. @interface */
export type CombinationSettings = v.InferOutput<typeof combinationSchema>;

/** How networks predict together. */
export type CombinationKind = "seeds" | "folds" | "box";

/** Says whether networks have to be trained on the parts of training parts. */
export function needsParts(combine: CombinationSettings | null): combine is CombinationSettings {
  return combine !== null && (combine.folds || combine.box);
}

/** What says whether networks are trained on parts of training parts. */
interface PartsSettings {
  readonly combine?: Partial<CombinationSettings> | null | undefined;
  readonly innerFolds?: number | null | undefined;
}

/**
 * Says on how many parts of each training part the networks of a study are trained too: for those that predict together, and for
 * thresholds by what is held back of them.
 *
 * @returns How many; 0 where the study needs none.
 */
export function countParts({ combine, innerFolds }: PartsSettings): number {
  const checked = combine == null ? null : checkOptions("The study's combine", combinationSchema, combine);
  return innerFolds ?? (needsParts(checked) ? checked.parts : 0);
}

/**
 * Makes sure that thresholds can be chosen on what is held back of training parts, as a study says.
 *
 * @throws {Problem} Where a validation part is there to choose by, a training chooses by what is held back, or the parts of `combine` are
 *   others.
 */
export function requireInnerFolds(
  innerFolds: number,
  {
    combine,
    learnFromValidation,
    training,
  }: PartsSettings & {
    readonly learnFromValidation: boolean;
    readonly training: Partial<TrainingOptions>;
  },
): void {
  if (!learnFromValidation) {
    throw new Problem(
      `The study has innerFolds: ${innerFolds}, and learnFromValidation: false.`,
      "Thresholds are chosen on the validation part, which nothing learns from: give innerFolds: null.",
    );
  }
  const parts = countParts({ combine });
  if (parts !== 0 && parts !== innerFolds) {
    throw new Problem(
      `The study has innerFolds: ${innerFolds}, and combine.parts: ${parts}: the same networks serve both.`,
      `Give innerFolds: ${parts}, or combine.parts: ${innerFolds}.`,
    );
  }
  const { keep, earlyStopping } = checkTraining(training, 1);
  if (keep !== "last" || earlyStopping !== null) {
    throw new Problem(
      "The study has innerFolds, and its training chooses weights by images that are held back: thresholds would be chosen by them again.",
      'Give training.keep "last" and training.earlyStopping null, or innerFolds: null.',
    );
  }
}

/**
 * Names networks that predict together, as tables have them.
 *
 * @param model The name of the network.
 * @param networks How many predict together.
 * @returns "ENAS, 3 seeds", "ENAS, 5 parts", "ENAS, 5 parts and box".
 */
export function nameOfCombination(model: string, kind: CombinationKind, networks: number): string {
  if (kind === "seeds") return `${model}, ${networks} seeds`;
  return `${model}, ${networks} parts${kind === "box" ? " and box" : ""}`;
}

/**
 * Makes sure that networks can be combined as a study says.
 *
 * @throws {Problem} Where nothing is to be combined, there is one seed, or a training chooses by the images whose logits are to be
 *   those of images not learned from.
 */
export function requireCombination(
  combine: CombinationSettings,
  { seeds, training }: { readonly seeds: readonly number[]; readonly training: Partial<TrainingOptions> },
): void {
  if (!combine.seeds && !combine.folds && !combine.box) {
    throw new Problem(
      "The study's combine says nothing that is to be combined.",
      "Set combine.seeds, combine.folds or combine.box to true; or combine to null.",
    );
  }
  if (combine.seeds && seeds.length < 2) {
    throw new Problem(
      `The study has combine.seeds, and one seed: ${seeds.join(", ")}.`,
      "Give seeds: [1, 2, 3], for example.",
    );
  }
  const { keep, earlyStopping } = checkTraining(training, 1);
  if (combine.box && (keep !== "last" || earlyStopping !== null)) {
    throw new Problem(
      "The study has combine.box, and its training chooses weights by images that are held back: their logits would not be those of images that nothing was chosen by.",
      'Give training.keep "last" and training.earlyStopping null, or combine.box false.',
    );
  }
}
