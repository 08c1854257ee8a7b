import * as v from "valibot";

import { flag, wholeNumber } from "../runtime/option-values";
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
