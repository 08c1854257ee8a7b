import { deepEqual, equal } from "node:assert/strict";

import { emptyMemory, step } from "../../lib/controller/lstm";
import { near } from "../statistics/recorded/read";
import { checkGradients, randomParameter } from "./check-gradients";

describe("emptyMemory(units, layers)", () => {
  it("is zeros for each layer", () => {
    const memory = emptyMemory(3, 2);
    equal(memory.length, 2);
    for (const { output, cell } of memory)
      deepEqual([[...output.values], [...cell.values]], [Array(3).fill(0), Array(3).fill(0)]);
  });
});

describe("step(layers, input, memory, tape)", () => {
  it("is the textbook's: gates in the order i, f, o, g, the input's weights above those of h", () => {
    // One unit: i = σ(x + 5h), f = σ(2x + 6h), o = σ(3x + 7h), g = tanh(4x + 8h).
    const weights = { ...randomParameter(1, 2, 4), values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    const one = (value: number) => ({ values: Float64Array.of(value), gradient: new Float64Array(1) });
    const [x, h, c] = [0.3, -0.2, 0.5];
    const [after] = step([weights], one(x), [{ output: one(h), cell: one(c) }], []);
    const logistic = (value: number) => 1 / (1 + Math.exp(-value));
    const cell = logistic(x + 5 * h) * Math.tanh(4 * x + 8 * h) + logistic(2 * x + 6 * h) * c;
    near(after!.cell.values[0]!, cell, 1e-15);
    near(after!.output.values[0]!, logistic(3 * x + 7 * h) * Math.tanh(cell), 1e-15);
  });

  it("passes gradients back through two layers and three steps", () => {
    const layers = [randomParameter(2, 6, 12), randomParameter(3, 6, 12)];
    const [input, other] = [randomParameter(4, 3), randomParameter(5, 3)];
    const first = [6, 7].map((seed) => ({ output: randomParameter(seed, 3), cell: randomParameter(seed + 2, 3) }));
    const leaves = [...layers, input, other, ...first.flatMap(({ output, cell }) => [output, cell])];
    checkGradients(leaves, (tape) => {
      let memory = step(layers, input, first, tape);
      memory = step(layers, other, memory, tape);
      memory = step(layers, memory[1]!.output, memory, tape);
      return { outputs: memory.flatMap(({ output, cell }) => [output, cell]) };
    });
  });
});
