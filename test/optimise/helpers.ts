import { checkBrackets } from "../../lib/optimise/brackets";
import type { OptimisationTask } from "../../lib/optimise/optimise-in-run";
import { samplers } from "../../lib/optimise/samplers";
import { aroundHandCrafted } from "../../lib/optimise/subjects";
import { tinySearchImages } from "../search/helpers";

const { prepared, train, searchValidation } = tinySearchImages();

/** Inner folds of tiny images: to optimise on, and to judge on. */
export const innerFolds = [
  { train, validation: searchValidation },
  { train: [...train.slice(12), ...searchValidation], validation: train.slice(0, 12) },
] as const;

/** An optimisation of seconds: three points for an epoch, the best for two. */
export function optimisationOf(other: Partial<OptimisationTask> = {}): OptimisationTask {
  return {
    subject: aroundHandCrafted("plain CNN", { name: "plain CNN", training: { batchSize: 8 }, size: 16 }),
    sampler: samplers.bayesian,
    brackets: checkBrackets({ epochs: [1, 2], points: 3, factor: 3, count: 2 }),
    ...{ seed: 1, prepared, images: innerFolds[0], progress: null },
    ...other,
  };
}
