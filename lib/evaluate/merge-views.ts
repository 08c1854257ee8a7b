import type { Decided } from "./decide";
import { patientOf } from "./predictions";

/**
 * Makes one case of all views of a patient that one model tests: its probability is their mean, and it is malignant where
 * any of them is. The patient is called malignant where the mean reaches the fold's threshold, which was chosen for images.
 *
 * @returns Decisions on patients, for each fold and seed. An image without a patient stands for itself. The logit is null, as
 *   is that of a mean of probabilities; a lone view keeps its own. The id is the first view's.
 */
export function mergeViews(cases: readonly Decided[]): Decided[] {
  const groups = new Map<string, Decided[]>();
  for (const one of cases) {
    const key = JSON.stringify([one.fold, one.seed, patientOf(one)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((views) => {
    const [first] = views;
    if (views.length === 1) return first!;
    const probability = views.reduce((sum, view) => sum + view.probability, 0) / views.length;
    return {
      ...first!,
      label: views.some(({ label }) => label === 1) ? 1 : 0,
      probability,
      logit: null,
      decision: probability >= first!.threshold ? 1 : 0,
    };
  });
}
