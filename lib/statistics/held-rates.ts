/** Scored rows, prepared so that many choices of them can be measured. */
export interface RankedRows {
  /** The rows in falling order of score, those of equal scores together. */
  readonly blocks: readonly (readonly number[])[];
  /** 0 or 1 for each row. */
  readonly labels: readonly number[];
  /** The number of each row's stratum, from 0. */
  readonly strata: readonly number[];
  /** How many strata there are. */
  readonly count: number;
}

/**
 * Prepares rows for {@link heldRate}.
 *
 * @param strata The stratum of each row, such as its fold.
 */
export function rankRows(labels: readonly number[], scores: readonly number[], strata: readonly string[]): RankedRows {
  const numbers = new Map([...new Set(strata)].map((name, place) => [name, place]));
  const order = scores.map((_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const blocks: number[][] = [];
  for (const row of order) {
    const block = blocks.at(-1);
    if (block !== undefined && scores[block[0]!] === scores[row]) block.push(row);
    else blocks.push([row]);
  }
  return { blocks, labels, strata: strata.map((name) => numbers.get(name)!), count: numbers.size };
}

/**
 * Measures the sensitivity where each stratum has a threshold of its own that holds a specificity, or the reverse: of the thresholds
 * that hold it, the one with the greatest other rate. It is the ROC curve adjusted for strata (Janes and Pepe, "Adjusting for covariate
 * effects on classification accuracy using the covariate-adjusted receiver operating characteristic curve", Biometrika 96:371-382,
 * 2009): scores of different strata are never compared. Thresholds are read off the rows that are measured, which flatters a little.
 *
 * @param weights How often each row counts: `[rows]`.
 * @param held What is held: "specificity" gives the sensitivity, "sensitivity" the specificity.
 * @param at The least that it is to be, 0 to 1.
 * @returns The other rate over all strata with both classes; NaN where there are none.
 */
export function heldRate(
  rows: RankedRows,
  weights: ArrayLike<number>,
  held: "sensitivity" | "specificity",
  at: number,
): number {
  const { blocks, labels, strata, count } = rows;
  const totals = [new Float64Array(count), new Float64Array(count)] as const;
  labels.forEach((label, row) => (totals[label as 0 | 1][strata[row]!]! += weights[row]!));
  const above = [new Float64Array(count), new Float64Array(count)] as const;
  const both = (stratum: number) => totals[0][stratum]! > 0 && totals[1][stratum]! > 0;
  let [right, all] = [0, 0];
  // Rounding must not refuse a share that is exactly what was asked for.
  const slack = 1e-9;
  for (const block of blocks) {
    const add = () => {
      for (const row of block) above[labels[row] as 0 | 1][strata[row]!]! += weights[row]!;
    };
    // A malignant row is found where the alarms from its score on are few enough; a benign one is cleared where enough are found above.
    if (held === "specificity") add();
    for (const row of block) {
      const stratum = strata[row]!;
      if (!both(stratum) || (labels[row] === 1) !== (held === "specificity")) continue;
      all += weights[row]!;
      const holds =
        held === "specificity"
          ? above[0][stratum]! <= (1 - at) * totals[0][stratum]! + slack
          : above[1][stratum]! >= at * totals[1][stratum]! - slack;
      if (holds) right += weights[row]!;
    }
    if (held === "sensitivity") add();
  }
  return all > 0 ? right / all : NaN;
}
