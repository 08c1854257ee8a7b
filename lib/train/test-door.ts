/**
 * The one place of the library that reads which images a fold tests, apart from where splits are made, written and checked. A
 * test of the house holds that.
 *
 * @module
 */
import type { Fold, Split } from "../data/split/split";
import { WrongConfiguration } from "../runs/exit-codes";
import { readOutcome } from "../runs/outcome";
import { Problem } from "../runtime/problem";
import type { Logits } from "./predict";

/**
 * Predicts the test part of a fold, after everything that could be chosen is: the training whose weights predict is done and
 * sealed by its `done.json`, so that nothing that is seen here can go back into it.
 *
 * @param trainingFolder The folder of the training, by `trainInRun`.
 * @throws {Problem} Where the training is not done, or its folder is not as it was then.
 */
export function predictTestPart(
  fold: Fold,
  trainingFolder: string,
  predict: (ids: readonly string[]) => Logits,
): Logits {
  if (readOutcome(trainingFolder) === null) {
    throw new Problem(
      `The test part of ${fold.name} was to be predicted, but the training in ${trainingFolder} is not done.`,
      "Train to the end first: what is tested must not change any more.",
    );
  }
  return predict(fold.test);
}

/**
 * Names the images that a fold tests: for whoever reads what was predicted of them behind this door and kept, or plans trainings
 * that predict them behind it; and what folds within a training part hold out. Names are no images.
 */
export function namesOfTested({ test }: Pick<Fold, "test">): readonly string[] {
  return test;
}

/**
 * Refuses a split that leaves nothing to test.
 *
 * @throws {WrongConfiguration} Where a fold has no test images.
 */
export function requireTestParts(split: Pick<Split, "name" | "folds">): void {
  const empty = split.folds.find(({ test }) => test.length === 0);
  if (empty === undefined) return;
  throw new WrongConfiguration(
    `${empty.name} of the split "${split.name}" has no test images.`,
    "Give a split whose folds all have some.",
  );
}
