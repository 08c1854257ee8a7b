import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Split } from "../data/split/split";
import { folderNameOf } from "../files/folder-name";
import { readValidation } from "../validate/read-validation";
import { runPlan } from "../validate/run-plan";
import { planVariant, type Variant, type VariantsRequest } from "./plan-variant";
import type { VariantPredictions } from "./variant-rows";

/** What came of variants, as far as they are done. */
export interface VariantsOutcome {
  /** What networks said, in the order of the variants. */
  readonly sets: readonly VariantPredictions[];
  /** The variants that are not done. */
  readonly missing: readonly string[];
}

/** How variants are run. */
export interface RunVariantsOptions {
  /** Trainings at a time, from 1. */
  readonly workers: number;
  /** Whether only what is done is read, and nothing trained. */
  readonly list: boolean;
}

/**
 * Trains networks in each variant, everything else equal. What is done is not done again, and what was begun goes on.
 *
 * @param folder Where all of it is kept: one folder with a cross-validation for each variant.
 * @param split The folds of all variants.
 * @throws {Problem} Where a plan cannot be carried out, or its folder holds another one.
 * @throws {Interrupted} Where it was asked to stop; the same call goes on.
 */
export async function runVariants(
  folder: string,
  variants: readonly Variant[],
  request: VariantsRequest,
  split: Split,
  { workers, list }: RunVariantsOptions,
): Promise<VariantsOutcome> {
  const sets: VariantPredictions[] = [];
  const missing: string[] = [];
  for (const variant of variants) {
    const own = join(folder, folderNameOf(variant.name));
    if (!list) await runPlan(own, planVariant(variant, request, split), { workers });
    const done = existsSync(join(own, "plan.json")) ? readValidation(own, "done") : null;
    if (done?.missing !== null) missing.push(variant.name);
    else sets.push(...done.models.map(({ predictions }) => ({ variant: variant.name, predictions })));
  }
  return { sets, missing };
}
