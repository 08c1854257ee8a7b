import { deepEqual, equal } from "node:assert/strict";

import { sumStep } from "../../../../lib/networks/run/steps/sum-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { checkStep, valueOf } from "./check-step";

const shape = [2, 3, 4, 5];

describe("sumStep(add, inputs, relu)", () => {
  it("adds values up, and gives each the whole gradient", () => {
    checkStep({
      step: sumStep("add", ["a", "b", "c"], null),
      inputs: { a: shape, b: shape, c: shape },
      expected: ({ a, b, c }) => tf.addN([a!, b!, c!]),
    });
  });

  it("takes one value twice, and gives it twice the gradient", () => {
    checkStep({
      step: sumStep("add", ["a", "b", "a"], null),
      inputs: { a: shape, b: shape },
      expected: ({ a, b }) => tf.addN([a!, b!, a!]),
    });
  });

  it("cuts off at 0 behind it, under the name of the ReLU", () => {
    const step = sumStep("add", ["a", "b"], "relu");
    equal(step.output, "relu");
    checkStep({ step, inputs: { a: shape, b: shape }, expected: ({ a, b }) => tf.relu(tf.add(a!, b!)) });
    const [a, b] = [tf.tensor4d([1, -3], [1, 1, 1, 2]), tf.tensor4d([2, 1], [1, 1, 1, 2])];
    deepEqual(valueOf(step, { a, b }), [3, 0]);
    tf.dispose([a, b]);
  });

  it("adds more values than one kernel takes", () => {
    const names = Array.from({ length: 40 }, (_, index) => `value${index}`);
    checkStep({
      step: sumStep("add", names, "relu"),
      inputs: Object.fromEntries(names.map((name) => [name, [1, 2, 2, 3]])),
      expected: (given) => tf.relu(tf.addN(names.map((name) => given[name]!))),
    });
  });

  it("adds rows of numbers", () => {
    checkStep({
      step: sumStep("add", ["a", "b"], null),
      inputs: { a: [3, 5], b: [3, 5] },
      expected: ({ a, b }) => tf.add(a!, b!),
    });
  });
});
