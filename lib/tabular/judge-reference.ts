import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { bootstrapByGroup, type RowStatistic } from "../statistics/bootstrap-by-group";
import { areaUnderCurveOfRows } from "../statistics/row-statistics";
import { mean } from "../statistics/summary";
import { readImages } from "./folds";
import { intervalOfMean } from "./judge-nested";
import { readNestedLogits, readTestedIds, type NestedRow } from "./nested-rows";

/** How the winners of an arm do against a network that nobody searched for, on the same images and with the same seeds. */
export interface ReferenceOutcome {
  readonly arm: string;
  readonly reference: string;
  /** The mean difference of the areas over the outer folds; winners and seeds of an outer fold are averaged first. */
  readonly difference: number;
  /** Its 95 % interval for these networks: a bootstrap of patients within the outer folds. */
  readonly ofNetworks: readonly [number, number];
  /** Its 95 % interval for searches to come: by Student over the outer folds; null for one. */
  readonly ofSearches: readonly [number, number] | null;
  /** On how many outer folds. */
  readonly folds: number;
  /** Parameters and multiply-adds of the winners, divided by those of the reference: the mean. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Whether the winners dominate it: an area not smaller by more than the margin, at half of its size and multiply-adds or less. */
  readonly dominates: boolean;
}

/** By how much a smaller area still counts as none, and what share of the cost dominates. */
const [margin, share] = [0.003, 0.5];

/** Numbers of one outer fold, for a choice of its images. */
interface FoldAreas {
  /** Where its images begin among all, and how many there are. */
  readonly from: number;
  readonly count: number;
  readonly of: RowStatistic;
}

/**
 * Compares the winners of an arm with a network that was trained and tested beside them.
 *
 * @param folder The benchmark's folder, with what the networks say of each image.
 * @param rows Its rows of searches on outer folds, all of them.
 * @param random Draws the bootstrap.
 * @throws {Problem} Where both have no outer fold in common, or a file is damaged.
 */
export function judgeReference(
  folder: string,
  rows: readonly NestedRow[],
  arm: string,
  reference: string,
  random: RandomGenerator,
): ReferenceOutcome {
  const logits = readNestedLogits(folder, rows);
  const [images, tested] = [readImages(folder), readTestedIds(folder)];
  const of = (name: string, fold: number) =>
    rows.flatMap((row, place) => (row.arm === name && row.fold === fold ? [place] : []));
  const shared = [...new Set(rows.map(({ fold }) => fold))].filter(
    (fold) => of(arm, fold).length > 0 && of(reference, fold).length > 0,
  );
  if (shared.length === 0)
    throw new Problem(
      `"${arm}" and "${reference}" were not tested on the same outer fold.`,
      "Measure the step: npm run search-benchmark -- --step nested.",
    );
  const all = shared.flatMap((fold) => tested[String(fold)]!.map((id) => ({ fold, ...images.get(id)! })));
  let from = 0;
  const perFold = shared.map((fold): FoldAreas => {
    const own = all.filter((image) => image.fold === fold);
    const labels = own.map(({ label }) => label);
    const areasOf = (name: string) =>
      of(name, fold).flatMap((place) => logits[place]!.map((one) => areaUnderCurveOfRows(labels, [...one])));
    const [winners, others] = [areasOf(arm), areasOf(reference)];
    const place = { from, count: own.length };
    from += own.length;
    return {
      ...place,
      of(chosen) {
        const [a, b] = [winners, others].map((statistics) => statistics.map((statistic) => statistic(chosen)));
        // Without an image of one of the classes there is no area.
        return [...a!, ...b!].includes(null) ? null : mean(a as number[]) - mean(b as number[]);
      },
    };
  });
  const differenceOf: RowStatistic = (chosen) => {
    const found = perFold.map(({ from: first, count, of: areas }) =>
      areas(chosen.flatMap((row) => (row >= first && row < first + count ? [row - first] : []))),
    );
    return found.includes(null) ? null : mean(found as number[]);
  };
  const { difference } = bootstrapByGroup({
    groups: all.map(({ id, patient }) => patient ?? id),
    statistics: { difference: differenceOf },
    random,
  });
  const differences = perFold.map(({ count, of: areas }) => areas(Array.from({ length: count }, (_, row) => row))!);
  const cost = (what: "parameters" | "multiplyAdds") => {
    const [a, b] = [arm, reference].map((name) => mean(rows.filter((row) => row.arm === name).map((row) => row[what])));
    return a! / b!;
  };
  const [parameters, multiplyAdds] = [cost("parameters"), cost("multiplyAdds")];
  const ofNetworks = [difference.low!, difference.high!] as const;
  return {
    ...{ arm, reference, difference: difference.estimate!, ofNetworks, folds: shared.length, parameters, multiplyAdds },
    ofSearches: intervalOfMean(differences),
    dominates: ofNetworks[0] > -margin && parameters <= share && multiplyAdds <= share,
  };
}
