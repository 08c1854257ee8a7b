import type { ControllerSettings } from "./settings";
import type { Parameter } from "./signal";

/** What Adam remembers. */
export interface AdamState {
  /** Steps taken. */
  steps: number;
  /** The decayed mean of the gradients of each parameter, by name. */
  readonly means: ReadonlyMap<string, Float64Array>;
  /** The decayed mean of their squares. */
  readonly squares: ReadonlyMap<string, Float64Array>;
}

/**
 * Makes what Adam remembers before the first step.
 *
 * @param parameters The parameters, by name.
 * @returns Zeros.
 */
export function startAdam(parameters: ReadonlyMap<string, Parameter>): AdamState {
  const nothing = () =>
    new Map([...parameters].map(([name, { values }]) => [name, new Float64Array(values.length)] as const));
  return { steps: 0, means: nothing(), squares: nothing() };
}

/**
 * Takes a step of Adam (Kingma and Ba 2015) against the gradients, as TensorFlow does: by the form of the end of section 2, in
 * which epsilon is added to the root of the mean before its correction. With the large epsilon of ENAS that matters: the
 * first steps are as much shorter as gradients are small.
 *
 * @param parameters The parameters, by name; their values change.
 * @param state What Adam remembers; it changes.
 * @param settings Learning rate, decays and epsilon.
 */
export function stepAdam(
  parameters: ReadonlyMap<string, Parameter>,
  state: AdamState,
  settings: Pick<ControllerSettings, "learningRate" | "beta1" | "beta2" | "epsilon">,
): void {
  const { learningRate, beta1, beta2, epsilon } = settings;
  state.steps++;
  const rate = (learningRate * Math.sqrt(1 - beta2 ** state.steps)) / (1 - beta1 ** state.steps);
  for (const [name, { values, gradient }] of parameters) {
    const [means, squares] = [state.means.get(name)!, state.squares.get(name)!];
    gradient.forEach((slope, index) => {
      const mean = beta1 * means[index]! + (1 - beta1) * slope;
      const square = beta2 * squares[index]! + (1 - beta2) * slope * slope;
      means[index] = mean;
      squares[index] = square;
      values[index]! -= (rate * mean) / (Math.sqrt(square) + epsilon);
    });
  }
}
