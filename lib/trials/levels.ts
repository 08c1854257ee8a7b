import { studentCritical } from "../statistics/student";
import { mean } from "../statistics/summary";
import type { Trial } from "./strategies/pool-strategy";

/** What trainings on some folds say of a network. */
export interface Level {
  /** The network: its place. */
  readonly candidate: number;
  /** Its mean area, how hard each fold is being taken out; at the mean of all trainings. */
  readonly value: number;
  /** The ends of its 95 % interval, of folds and seeds; null where no network was trained twice. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many trainings it is of. */
  readonly trainings: number;
}

/**
 * Says what networks are worth by trainings on folds, not every network on every fold. Folds differ in how hard they are, which is taken
 * out. The interval is of what is left between trainings of the same network, pooled over all of them, which makes it as wide for one that
 * happened to vary little: for images of the same folds, not for new ones.
 *
 * @param trainings The area of each training.
 * @returns A line a network, in the order of their first training.
 */
export function levelsOf(trainings: readonly (Trial & { readonly area: number })[]): Level[] {
  const [folds, candidates] = [groupedBy(trainings, "fold"), groupedBy(trainings, "candidate")];
  const hardness = new Map([...folds].map(([fold, own]) => [fold, mean(own.map(({ area }) => area))]));
  const middle = mean(trainings.map(({ area }) => area));
  const levels = [...candidates].map(([candidate, own]) => {
    const values = own.map(({ area, fold }) => area - hardness.get(fold)! + middle);
    return { candidate, values, value: mean(values) };
  });
  const squares = levels.flatMap(({ values, value }) => values.map((one) => (one - value) ** 2));
  const freedom = trainings.length - candidates.size - (folds.size - 1);
  const deviation = freedom < 1 ? null : Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / freedom);
  return levels.map(({ candidate, values, value }) => {
    const half = deviation === null ? null : (studentCritical(0.95, freedom) * deviation) / Math.sqrt(values.length);
    const [low, high] = half === null ? [null, null] : [value - half, value + half];
    return { candidate, value, low, high, trainings: values.length };
  });
}

function groupedBy<Item extends Trial>(items: readonly Item[], key: keyof Trial): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) groups.set(item[key], [...(groups.get(item[key]) ?? []), item]);
  return groups;
}
