import { checkSameLength } from "./check-numbers";

interface Block {
  mean: number;
  weight: number;
  count: number;
}

/**
 * Fits values by ones that never fall, as near to them as can be by weighted squares: what stands next to each other in the wrong order is
 * pooled (Ayer and others, "An empirical distribution function for sampling with incomplete information", Annals of Mathematical
 * Statistics 26:641-647, 1955).
 *
 * @param values In the order in which the fit must not fall.
 * @param weights How much each counts, above 0; default: all alike.
 * @returns The fit, in the same order.
 * @throws {Problem} Where there are not as many weights as values.
 */
export function isotonic(values: readonly number[], weights: readonly number[] = values.map(() => 1)): number[] {
  checkSameLength("values", values.length, "weights", weights.length);
  const blocks: Block[] = [];
  for (const [index, value] of values.entries()) {
    let last: Block = { mean: value, weight: weights[index]!, count: 1 };
    for (let before = blocks.at(-1); before !== undefined && before.mean >= last.mean; before = blocks.at(-1)) {
      blocks.pop();
      const weight = before.weight + last.weight;
      const mean = (before.mean * before.weight + last.mean * last.weight) / weight;
      last = { mean, weight, count: before.count + last.count };
    }
    blocks.push(last);
  }
  return blocks.flatMap(({ mean, count }) => Array.from({ length: count }, () => mean));
}
