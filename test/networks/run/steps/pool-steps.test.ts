import { layers } from "../../../../lib/graph/layer";
import { poolStep } from "../../../../lib/networks/run/steps/pool-steps";
import { tf } from "../../../../lib/runtime/tensorflow";
import { checkStep, numbersNear, valueOf } from "./check-step";

const inputs = { x: [2, 7, 6, 3] };
const shape = [7, 6, 3];

describe("poolStep(output, pool, null)", () => {
  for (const size of [2, 3, 17]) {
    it(`take windows of ${size} × ${size} at every stride and both kinds of border, ours or TensorFlow's`, () => {
      for (const stride of [1, 2, 3]) {
        for (const padding of size > 7 ? (["same"] as const) : (["same", "valid"] as const)) {
          const given = { size, stride, padding };
          checkStep({
            step: poolStep("it", { kind: "max pool", window: layers.maxPool(given), input: "x", shape }, null),
            inputs,
            expected: ({ x }) => tf.maxPool(x!, size, stride, padding),
          });
          checkStep({
            step: poolStep("it", { kind: "average pool", window: layers.averagePool(given), input: "x", shape }, null),
            inputs,
            expected: ({ x }) => tf.avgPool(x!, size, stride, padding),
          });
        }
      }
    });
  }

  it("give the largest, and the mean of the pixels inside", () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    const window = layers.maxPool({ size: 3, stride: 1 });
    numbersNear(
      valueOf(poolStep("it", { kind: "max pool", window, input: "x", shape: [2, 3, 1] }, null), { x }),
      [5, 6, 6, 5, 6, 6],
    );
    const means = [3, 3.5, 4, 3, 3.5, 4];
    numbersNear(
      valueOf(
        poolStep(
          "it",
          { kind: "average pool", window: layers.averagePool({ size: 3, stride: 1 }), input: "x", shape: [2, 3, 1] },
          null,
        ),
        { x },
      ),
      means,
    );
    x.dispose();
  });
});

describe("poolStep(add, pool, addend)", () => {
  for (const size of [3, 17]) {
    it(`adds a value to a pool of windows of ${size} × ${size} on its way, ours or TensorFlow's`, () => {
      for (const stride of [1, 2]) {
        const window = layers.maxPool({ size, stride });
        const y = [2, Math.ceil(7 / stride), Math.ceil(6 / stride), 3];
        for (const kind of ["max pool", "average pool"] as const) {
          checkStep({
            step: poolStep("it", { kind, window, input: "x", shape }, "y"),
            inputs: { ...inputs, y },
            expected: ({ x, y: added }) =>
              tf.add(
                kind === "max pool" ? tf.maxPool(x!, size, stride, "same") : tf.avgPool(x!, size, stride, "same"),
                added!,
              ),
          });
        }
      }
    });
  }

  it("adds a value to a pool of itself", () => {
    const pool = {
      kind: "average pool",
      window: layers.averagePool({ size: 3, stride: 1 }),
      input: "x",
      shape,
    } as const;
    checkStep({
      step: poolStep("it", pool, "x"),
      inputs,
      expected: ({ x }) => tf.add(tf.avgPool(x!, 3, 1, "same"), x!),
    });
  });
});
