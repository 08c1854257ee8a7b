import { zeros, type Parameter, type Signal, type Tape } from "./signal";

/**
 * Scores what is there already, as the next input: v · tanh(key + query) for each, the attention of Bahdanau, Cho and Bengio
 * (2015) that the controller of ENAS uses.
 *
 * @param keys One for each earlier node, `[units]`, at least one.
 * @param query What is looked for, `[units]`.
 * @param scale v, `[units, 1]`.
 * @param tape Records the backward pass.
 * @returns One score for each key, `[keys]`.
 */
export function attend(keys: readonly Signal[], query: Signal, scale: Parameter, tape: Tape): Signal {
  const scores = zeros(keys.length);
  const hidden = keys.map(({ values }) => values.map((value, unit) => Math.tanh(value + query.values[unit]!)));
  hidden.forEach((one, index) => {
    scores.values[index] = one.reduce((sum, value, unit) => sum + value * scale.values[unit]!, 0);
  });
  tape.push(() => {
    hidden.forEach((one, index) => {
      const back = scores.gradient[index]!;
      const key = keys[index]!;
      one.forEach((value, unit) => {
        scale.gradient[unit]! += back * value;
        const sum = back * scale.values[unit]! * (1 - value * value);
        key.gradient[unit]! += sum;
        query.gradient[unit]! += sum;
      });
    });
  });
  return scores;
}
