import { deepEqual, ok, throws } from "node:assert/strict";

import type { GraphNode } from "../../../../lib/graph/graph";
import { layers, type Layer } from "../../../../lib/graph/layer";
import { dropoutMask } from "../../../../lib/networks/model/dropout-mask";
import { layerValue } from "../../../../lib/networks/model/stock-forward";
import { concatenationStep, dropoutStep, reluStep, stockStep } from "../../../../lib/networks/run/steps/plain-steps";
import { createRandom } from "../../../../lib/runtime/random";
import { tf } from "../../../../lib/runtime/tensorflow";
import { checkStep, valueOf } from "./check-step";

const shape = [2, 3, 4, 5];

describe("reluStep(node, input, six)", () => {
  it("cuts off at 0, and at 6 if asked to, images and rows", () => {
    for (const six of [false, true]) {
      for (const x of [shape, [4, 6]]) {
        checkStep({
          step: reluStep("it", "x", six),
          inputs: { x },
          expected: (given) => (six ? tf.relu6(given.x!) : tf.relu(given.x!)),
        });
      }
    }
    const x = tf.tensor2d([-1, 0, 2, 6, 7], [1, 5]);
    deepEqual(valueOf(reluStep("it", "x", false), { x }), [0, 0, 2, 6, 7]);
    deepEqual(valueOf(reluStep("it", "x", true), { x }), [0, 0, 2, 6, 6]);
    x.dispose();
  });
});

describe("concatenationStep(node, inputs, shapes)", () => {
  it("puts channels behind each other, also of one value twice, of one alone, of rows", () => {
    const lists: { names: string[]; shapes: Record<string, number[]> }[] = [
      { names: ["a", "b"], shapes: { a: [2, 3, 4, 5], b: [2, 3, 4, 2] } },
      { names: ["a", "b", "a"], shapes: { a: [2, 3, 4, 1], b: [2, 3, 4, 2] } },
      { names: ["a"], shapes: { a: [2, 3, 4, 5] } },
      { names: ["b", "a"], shapes: { a: [4, 5], b: [4, 1] } },
    ];
    for (const { names, shapes } of lists) {
      checkStep({
        step: concatenationStep(
          "it",
          names,
          names.map((name) => shapes[name]!.slice(1)),
        ),
        inputs: shapes,
        expected: (given) =>
          tf.concat(
            names.map((name) => given[name]!),
            -1,
          ),
      });
    }
  });
});

describe("dropoutStep(node, layer, input)", () => {
  it("drops what the generator of the node's name says, and takes the same back", () => {
    const many = [12, 2, 2, 3];
    for (const unit of ["number", "image"] as const) {
      const layer = layers.dropout({ rate: 0.4, unit });
      const random = createRandom(3);
      const { values, shape: maskShape } = dropoutMask(layer, many, random.split("it"));
      ok(values.includes(0) && values.some((value) => value > 1));
      checkStep({
        step: dropoutStep("it", layer, "x"),
        inputs: { x: many },
        dropout: random,
        expected: ({ x }) => tf.mul(x!, tf.tensor(values, [...maskShape])),
      });
    }
  });

  it("drops nothing without chance, nor at the rate 0", () => {
    const expected = ({ x }: Readonly<Record<string, tf.Tensor4D>>) => tf.clone(x!);
    checkStep({ step: dropoutStep("it", layers.dropout({ rate: 0.4 }), "x"), inputs: { x: shape }, expected });
    const step = dropoutStep("it", layers.dropout({ rate: 0 }), "x");
    checkStep({ step, inputs: { x: shape }, expected, dropout: createRandom(1) });
  });
});

describe("stockStep(node, shapes)", () => {
  const nodeOf = (layer: Layer, inputs: readonly string[] = ["x"]): GraphNode => ({
    name: "it",
    layer,
    inputs,
    shape: [],
  });

  it("computes layers by TensorFlow.js's own operations, with weights or without", () => {
    const tanh = layers.activation("tanh");
    checkStep({
      step: stockStep(nodeOf(tanh), [[3, 4, 5]]),
      inputs: { x: shape },
      expected: ({ x }) => tf.tanh(x!),
    });
    checkStep({
      step: stockStep(nodeOf(layers.dense({ units: 3 })), [[5]]),
      inputs: { x: [2, 5] },
      weights: { "it/kernel": [5, 3], "it/bias": [3] },
      expected: (given) => tf.add(tf.matMul(given.x!, given["it/kernel"]!), given["it/bias"]!),
    });
    const layer = layers.layerNormalisation();
    checkStep({
      step: stockStep(nodeOf(layer), [[3, 4, 5]]),
      inputs: { x: shape },
      weights: { "it/gamma": [5], "it/beta": [5] },
      expected: (given) => layerValue(layer, [given.x!], (weight) => given[`it/${weight}`]!),
    });
    checkStep({
      step: stockStep(nodeOf(layers.flatten()), [[3, 4, 5]]),
      inputs: { x: shape },
      expected: ({ x }) => tf.reshape(x!, [2, 60]),
    });
  });

  it("multiplies two values, and one with itself, whose gradient is twice the value", () => {
    checkStep({
      step: stockStep(nodeOf(layers.multiply(), ["x", "y"]), [
        [3, 4, 5],
        [1, 1, 5],
      ]),
      inputs: { x: shape, y: [2, 1, 1, 5] },
      expected: ({ x, y }) => tf.mul(x!, y!),
    });
    checkStep({
      step: stockStep(nodeOf(layers.multiply(), ["x", "x"]), [
        [3, 4, 5],
        [3, 4, 5],
      ]),
      inputs: { x: shape },
      expected: ({ x }) => tf.square(x!),
    });
  });

  it("is not made for layers that have a step of their own", () => {
    for (const layer of [layers.batchNormalisation(), layers.dropout({ rate: 0.5 })])
      throws(() => stockStep(nodeOf(layer), [[3, 4, 5]]), /it has a step of its own/);
  });
});
