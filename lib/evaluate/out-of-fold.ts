import { byFoldAndSeed } from "./decide";
import type { Prediction, PredictionSet } from "./predictions";

/**
 * Gives each fold the images of all other folds for its validation part, each as the network of its own fold said, which had not seen
 * it. They stand in the training part of the fold, so that thresholds and temperatures can be chosen by them where all images but the
 * test's are learned from, and nothing of what is tested is chosen by. Two things are to be known: the networks of the other folds have
 * scales of their own, and they have learned from the images that are tested here.
 *
 * @returns The predictions, with the tested images as they are; null where a seed has one fold only, or an image is tested twice with
 *   one seed, as in repeated cross-validations.
 */
export function outOfFold(set: PredictionSet): PredictionSet | null {
  const tested = set.rows.filter(({ part }) => part === "test");
  if (new Set(tested.map(({ id, seed }) => JSON.stringify([id, seed]))).size < tested.length) return null;
  const groups = [...byFoldAndSeed(tested).values()];
  const rows = groups.map((own): Prediction[] => {
    const { fold, seed } = own[0]!;
    const others = tested.filter((row) => row.seed === seed && row.fold !== fold);
    return [...own, ...others.map((row) => ({ ...row, fold, part: "validation" as const }))];
  });
  return rows.some((own, index) => own.length === groups[index]!.length) ? null : { ...set, rows: rows.flat() };
}
