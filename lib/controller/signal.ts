/** A vector on its way through the controller, with the gradient that comes back to it. */
export interface Signal {
  /** Its numbers, float64. */
  readonly values: Float64Array;
  /** The derivative of what is learned by each of them, float64; backward passes add to it. */
  readonly gradient: Float64Array;
}

/** Learned numbers: a signal that stays from one architecture to the next. */
export interface Parameter extends Signal {
  /** `[length]` or `[rows, columns]`; the values stand row by row. */
  readonly shape: readonly number[];
}

/** What an architecture is asked for in the backward pass: the factors of what can be learned of it. */
export interface Upstream {
  /** The factor of the logarithm of its probability. */
  readonly logProbability: number;
  /** The factor of its skip penalty. */
  readonly skipPenalty: number;
}

/**
 * The backward passes of what was computed, in the order in which it was: each adds to the gradients of what it was computed
 * from. They are taken from the last to the first, so that a gradient is whole when it is handed on.
 */
export type Tape = ((upstream: Upstream) => void)[];

/**
 * Makes a signal of zeros.
 *
 * @param length How many numbers.
 * @returns The signal, its gradient 0 as well.
 */
export function zeros(length: number): Signal {
  return { values: new Float64Array(length), gradient: new Float64Array(length) };
}

/**
 * Looks up a row of a parameter.
 *
 * @param parameter `[rows, columns]`.
 * @param index Which row, from 0.
 * @returns The row, `[columns]`: a view, so that what comes back to it comes back to the parameter.
 */
export function rowOf(parameter: Parameter, index: number): Signal {
  const columns = parameter.shape[1]!;
  return sectionOf(parameter, index * columns, columns);
}

/**
 * Takes a section of a signal.
 *
 * @param signal The signal.
 * @param start Its first number, from 0.
 * @param length How many numbers.
 * @returns The section, `[length]`: a view, so that what comes back to it comes back to the signal.
 */
export function sectionOf({ values, gradient }: Signal, start: number, length: number): Signal {
  const end = start + length;
  return { values: values.subarray(start, end), gradient: gradient.subarray(start, end) };
}

/**
 * Multiplies a signal by a matrix.
 *
 * @param input `[rows]`.
 * @param weights `[rows, columns]`.
 * @param tape Records the backward pass.
 * @returns input · weights, `[columns]`.
 */
export function multiply(input: Signal, weights: Parameter, tape: Tape): Signal {
  const output = zeros(weights.shape[1]!);
  addProduct(input, weights, 0, output.values);
  tape.push(() => {
    addProductBack(input, weights, 0, output.gradient);
  });
  return output;
}

/**
 * Adds the product of a signal and some rows of a matrix. These loops are nearly all of the controller's work.
 *
 * @param input `[rows]`.
 * @param weights `[at least first + rows, columns]`.
 * @param first The row that belongs to the input's first number.
 * @param sums Gets input · weights added, `[columns]`.
 */
export function addProduct(input: Signal, weights: Parameter, first: number, sums: Float64Array): void {
  const { values } = weights;
  const columns = sums.length;
  const rows = input.values.length;
  for (let row = 0, start = first * columns; row < rows; row++, start += columns) {
    const value = input.values[row]!;
    // The cell's inputs are anchors of zeros.
    if (value === 0) continue;
    for (let column = 0; column < columns; column++) sums[column]! += value * values[start + column]!;
  }
}

/**
 * Is the backward pass of {@link addProduct}.
 *
 * @param input `[rows]`; its gradient is added to.
 * @param weights `[at least first + rows, columns]`; its gradient is added to.
 * @param first The row that belongs to the input's first number.
 * @param back The gradient of the sums, `[columns]`.
 */
export function addProductBack(input: Signal, weights: Parameter, first: number, back: Float64Array): void {
  const { values, gradient } = weights;
  const columns = back.length;
  const rows = input.values.length;
  for (let row = 0, start = first * columns; row < rows; row++, start += columns) {
    const value = input.values[row]!;
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const one = back[column]!;
      sum += one * values[start + column]!;
      gradient[start + column]! += one * value;
    }
    input.gradient[row]! += sum;
  }
}

/**
 * Adds signals and divides the sum.
 *
 * @param inputs Signals of one length.
 * @param length That length; there may be no signals.
 * @param divisor What the sum is divided by.
 * @param tape Records the backward pass.
 * @returns The sum of the inputs / divisor, `[length]`.
 */
export function divideSum(inputs: readonly Signal[], length: number, divisor: number, tape: Tape): Signal {
  const output = zeros(length);
  for (const { values } of inputs) values.forEach((value, index) => (output.values[index]! += value / divisor));
  tape.push(() => {
    for (const { gradient } of inputs) {
      output.gradient.forEach((back, index) => (gradient[index]! += back / divisor));
    }
  });
  return output;
}

/**
 * Adds a learned bias.
 *
 * @param input `[length]`.
 * @param bias `[length]`.
 * @param tape Records the backward pass.
 * @returns input + bias, `[length]`.
 */
export function addBias(input: Signal, bias: Parameter, tape: Tape): Signal {
  return divideSum([input, bias], bias.values.length, 1, tape);
}
