import * as v from "valibot";

import { listOf, text, wholeNumber } from "../../runtime/option-values";
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

/** What all drawn splits take. */
export const drawing = {
  /** The seed; default: 1. */
  seed: v.optional(wholeNumber(), 1),
  /** Lists of ids of images that look alike, which are kept together; default: none. */
  nearDuplicates: v.optional(listOf(listOf(text("an image's id"))), []),
};
