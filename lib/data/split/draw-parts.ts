import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import { assignGroups } from "./assign-groups";
import type { Group, SplitRecord } from "./groups";

/** The images of a fold that are not tested. */
export interface LearningParts {
  /** The images to learn from, by id. */
  readonly train: readonly string[];
  /** The images to validate on, by id. */
  readonly validation: readonly string[];
}

/**
 * Lists the images of groups.
 *
 * @param records The images, in the order in which ids are listed.
 * @param groups The groups.
 * @returns The ids of their images that are among the records.
 */
export function idsOf(records: readonly SplitRecord[], groups: readonly Group[]): string[] {
  const wanted = new Set(groups.flatMap(({ ids }) => ids));
  return records.flatMap(({ id }) => (wanted.has(id) ? [id] : []));
}

/**
 * Draws a validation part from what is not tested: by whole groups, with the same balance of classes.
 *
 * @param records The images, in the order in which ids are listed.
 * @param groups The groups that are not tested.
 * @param share The share of their images for validation, from 0 to below 1.
 * @param fold The fold's name, for messages.
 * @param random Draws the groups.
 * @returns Both parts.
 * @throws {Problem} Where a class has fewer than two groups.
 */
export function drawValidation(
  records: readonly SplitRecord[],
  groups: readonly Group[],
  share: number,
  fold: string,
  random: RandomGenerator,
): LearningParts {
  if (share === 0) return { train: idsOf(records, groups), validation: [] };
  const parts = [
    { name: `${fold}'s training`, share: 1 - share },
    { name: `${fold}'s validation`, share },
  ];
  const [train, validation] = assignGroups(groups, parts, random);
  return { train: idsOf(records, train!), validation: idsOf(records, validation!) };
}

/**
 * Checks the number of folds.
 *
 * @param name The option's name.
 * @param folds Its value.
 * @throws {Problem} Where it is not a whole number from 2.
 */
export function checkFolds(name: string, folds: number): void {
  if (!Number.isInteger(folds) || folds < 2) {
    throw new Problem(`The option ${name} is ${folds}, expected a whole number from 2.`, "Give 5, for example.");
  }
}

/**
 * Checks the share of the images that are kept for validation.
 *
 * @param share The share.
 * @throws {Problem} Where it is not a number from 0 to below 1.
 */
export function checkValidationShare(share: number): void {
  if (!(share >= 0 && share < 1)) {
    throw new Problem(
      `The share for validation is ${share}, expected a number from 0 to below 1.`,
      "Give 0.2 for a fifth of what is not tested, or 0 for no validation part.",
    );
  }
}
