import { correctedResampledTTest, type CorrectedResampledTTest } from "../statistics/corrected-resampled-t-test";
import { pairedEffectSize } from "../statistics/effect-size";
import { mean } from "../statistics/summary";
import type { Alignment, AlignedModel } from "./align";
import { measureOfRows, type ComparedMeasure } from "./measure-rows";

/** How many cases the models of a fold learn from and are tested on. */
export interface FoldSizes {
  /** Cases to learn from, above 0. */
  readonly train: number;
  /** Tested cases, above 0. */
  readonly test: number;
}

/** The difference of two models in one fold. */
export interface FoldDifference {
  readonly fold: string;
  /** Always null: the difference is that of the means over seeds. */
  readonly seed: null;
  /** Other minus reference. */
  readonly difference: number;
}

/** What folds say of a difference. */
export interface FoldTest {
  /** The difference in each fold; empty where one is not defined. */
  readonly differences: readonly FoldDifference[];
  /** The sizes by which the variance is corrected; null where there is no test. */
  readonly sizes: FoldSizes | null;
  /** The corrected resampled t-test; null where there is none. */
  readonly test: CorrectedResampledTTest | null;
  /** The mean difference in standard deviations of the differences (d_z); null where that is not defined. */
  readonly cohensD: number | null;
  /** The same with Hedges' correction for few folds; null where that is not defined. */
  readonly hedgesG: number | null;
  /** Why something is null, as a sentence; null where nothing is. */
  readonly reason: string | null;
}

/** What is tested over folds. */
export interface FoldTestOptions {
  readonly measure: ComparedMeasure;
  /** How often intervals hold the true difference, between 0 and 1. */
  readonly confidence: number;
}

/**
 * Tests whether two models differ over folds, by the corrected resampled t-test of Nadeau and Bengio.
 *
 * Seeds of one fold share its test part whole, which the correction does not know of: with a difference for each fold and
 * seed the test would find more than there is, and seeds are averaged within folds.
 *
 * @param reference The model whose measure is taken away.
 * @param other The model that it is taken from.
 * @returns The differences, the test and its effect size; with the reason where there is none.
 */
export function testOverFolds(
  alignment: Alignment,
  reference: AlignedModel,
  other: AlignedModel,
  { measure, confidence }: FoldTestOptions,
): FoldTest {
  const none = { differences: [], sizes: null, test: null, cohensD: null, hedgesG: null };
  const names = [...new Set(alignment.folds)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (names.length < 2) {
    return { ...none, reason: `There is one fold only, "${names[0]!}": how folds differ is unknown.` };
  }
  const differences: FoldDifference[] = [];
  for (const fold of names) {
    const rows = alignment.folds.flatMap((one, row) => (one === fold ? [row] : []));
    const high = measureOfRows(alignment, other, measure)(rows);
    const low = measureOfRows(alignment, reference, measure)(rows);
    if (high === null || low === null) {
      return { ...none, reason: `The ${measure} is not defined in ${fold}, for lack of a class.` };
    }
    differences.push({ fold, seed: null, difference: high - low });
  }
  const sizes = sizesOfFolds(alignment);
  const values = differences.map(({ difference }) => difference);
  const effect = pairedEffectSize(values);
  const { cohensD, hedgesG } = effect;
  if (!(sizes.train > 0)) {
    const reason = `No images are left to learn from beside ${sizes.test} tested ones.`;
    return { differences, sizes: null, test: null, cohensD, hedgesG, reason };
  }
  const test = correctedResampledTTest({
    differences: values,
    trainSize: sizes.train,
    testSize: sizes.test,
    confidence,
  });
  return { differences, sizes, test, cohensD, hedgesG, reason: test.reason ?? effect.reason };
}

/**
 * Works out the sizes of folds from what is known of them, where together they test every case once: in each fold, what is
 * neither tested nor held for validation is learnt from. Validation cases that no model's predictions hold are taken for
 * learnt from, which makes the test a little too sure.
 *
 * @returns The mean sizes over folds.
 */
export function sizesOfFolds({ folds, validation }: Pick<Alignment, "folds" | "validation">): FoldSizes {
  const names = [...new Set(folds)];
  const test = folds.length / names.length;
  const held = mean(names.map((name) => validation.get(name) ?? 0));
  return { train: folds.length - test - held, test };
}
