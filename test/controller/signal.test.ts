import { deepEqual } from "node:assert/strict";

import { addBias, divideSum, multiply, rowOf, zeros, type Tape } from "../../lib/controller/signal";
import { checkGradients, randomParameter } from "./check-gradients";

describe("zeros(length)", () => {
  it("has no value and no gradient", () => {
    deepEqual(zeros(2), { values: new Float64Array(2), gradient: new Float64Array(2) });
  });
});

describe("multiply(input, weights, tape)", () => {
  it("multiplies a row by a matrix", () => {
    const input = { values: Float64Array.of(1, 0, 10), gradient: new Float64Array(3) };
    const weights = { shape: [3, 2], values: Float64Array.of(1, 2, 3, 4, 5, 6), gradient: new Float64Array(6) };
    deepEqual([...multiply(input, weights, []).values], [51, 62]);
  });

  it("passes gradients back to input and weights, also where an input is 0", () => {
    const [input, weights] = [randomParameter(1, 3), randomParameter(2, 3, 4)];
    input.values[1] = 0;
    checkGradients([input, weights], (tape) => ({ outputs: [multiply(input, weights, tape)] }));
  });

  it("adds to a gradient where a signal is used twice", () => {
    const [input, weights] = [randomParameter(1, 3), randomParameter(2, 3, 3)];
    checkGradients([input, weights], (tape) => ({
      outputs: [multiply(multiply(input, weights, tape), weights, tape)],
    }));
  });
});

describe("rowOf(parameter, index)", () => {
  it("is a view: what comes back to the row comes back to the parameter", () => {
    const parameter = randomParameter(3, 2, 3);
    const row = rowOf(parameter, 1);
    deepEqual([...row.values], [...parameter.values.slice(3)]);
    row.gradient[2] = 7;
    deepEqual([...parameter.gradient], [0, 0, 0, 0, 0, 7]);
  });
});

describe("divideSum(inputs, length, divisor, tape)", () => {
  it("divides a sum, and that of nothing is 0", () => {
    const [a, b] = [Float64Array.of(1, 2), Float64Array.of(3, 5)].map((values) => ({ ...zeros(2), values }));
    deepEqual([...divideSum([a!, b!], 2, 4, []).values], [1, 1.75]);
    deepEqual([...divideSum([], 2, 1, []).values], [0, 0]);
  });

  it("passes gradients back to each", () => {
    const inputs = [randomParameter(4, 3), randomParameter(5, 3)];
    checkGradients(inputs, (tape) => ({ outputs: [divideSum(inputs, 3, 3, tape)] }));
  });
});

describe("addBias(input, bias, tape)", () => {
  it("adds, and passes gradients back to both", () => {
    const [input, bias] = [randomParameter(6, 3), randomParameter(7, 3)];
    const tape: Tape = [];
    deepEqual(
      [...addBias(input, bias, tape).values],
      [...input.values].map((value, index) => value + bias.values[index]!),
    );
    checkGradients([input, bias], (tape) => ({ outputs: [addBias(input, bias, tape)] }));
  });
});
