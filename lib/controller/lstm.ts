import { addProduct, addProductBack, zeros, type Parameter, type Signal, type Tape } from "./signal";

/** What a layer of long short-term memory carries from one step to the next. */
export interface Memory {
  /** Its output h, `[units]`. */
  readonly output: Signal;
  /** Its cell c, `[units]`. */
  readonly cell: Signal;
}

/**
 * Makes the memory before the first step.
 *
 * @param units Units of a layer.
 * @param layers How many layers.
 * @returns Zeros for each layer.
 */
export function emptyMemory(units: number, layers: number): Memory[] {
  return Array.from({ length: layers }, () => ({ output: zeros(units), cell: zeros(units) }));
}

/**
 * Takes one step of long short-term memory without biases (Hochreiter and Schmidhuber 1997), in the controller's form:
 * c' = σ(i) · tanh(g) + σ(f) · c and h' = σ(o) · tanh(c'), where i, f, o, g are the quarters of [input, h] · weights. The
 * output of each layer is the input of the next.
 *
 * @param layers The weights of each layer, `[2 · units, 4 · units]`: rows for the input, then for h; columns for i, f, o, g.
 * @param input `[units]`.
 * @param memory The memory of each layer; it stays as it is.
 * @param tape Records the backward pass.
 * @returns The new memory of each layer; what the controller reads is the output of the last.
 */
export function step(layers: readonly Parameter[], input: Signal, memory: readonly Memory[], tape: Tape): Memory[] {
  let below = input;
  return layers.map((weights, layer) => {
    const after = stepLayer(weights, below, memory[layer]!, tape);
    below = after.output;
    return after;
  });
}

function stepLayer(weights: Parameter, input: Signal, before: Memory, tape: Tape): Memory {
  const units = before.output.values.length;
  const width = 4 * units;
  const sums = new Float64Array(width);
  addProduct(input, weights, 0, sums);
  addProduct(before.output, weights, units, sums);
  // The gates take the place of their sums.
  const gates = sums.map((sum, column) => (column < 3 * units ? 1 / (1 + Math.exp(-sum)) : Math.tanh(sum)));
  const after: Memory = { output: zeros(units), cell: zeros(units) };
  for (let unit = 0; unit < units; unit++) {
    const [i, f, o, g] = gatesOf(gates, unit, units);
    const cell = i * g + f * before.cell.values[unit]!;
    after.cell.values[unit] = cell;
    after.output.values[unit] = o * Math.tanh(cell);
  }
  tape.push(() => {
    const back = new Float64Array(width);
    for (let unit = 0; unit < units; unit++) {
      const [i, f, o, g] = gatesOf(gates, unit, units);
      const squashed = Math.tanh(after.cell.values[unit]!);
      const output = after.output.gradient[unit]!;
      const cell = after.cell.gradient[unit]! + output * o * (1 - squashed * squashed);
      before.cell.gradient[unit]! += cell * f;
      back[unit] = cell * g * i * (1 - i);
      back[units + unit] = cell * before.cell.values[unit]! * f * (1 - f);
      back[2 * units + unit] = output * squashed * o * (1 - o);
      back[3 * units + unit] = cell * i * (1 - g * g);
    }
    addProductBack(input, weights, 0, back);
    addProductBack(before.output, weights, units, back);
  });
  return after;
}

function gatesOf(gates: Float64Array, unit: number, units: number): [i: number, f: number, o: number, g: number] {
  return [gates[unit]!, gates[units + unit]!, gates[2 * units + unit]!, gates[3 * units + unit]!];
}
