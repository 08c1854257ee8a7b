import { deepEqual, equal, ok } from "node:assert/strict";

import { addTo, gradientMode, gradientModeOver, gradientModes, type Base } from "../../lib/kernels/accumulate";
import { markOwn } from "../../lib/kernels/tensorflow-call";
import { depthwiseGradients } from "../../lib/kernels/depthwise";
import { pointwise, pointwiseGradients } from "../../lib/kernels/pointwise";
import { averagePoolGradients, maxPool, maxPoolGradients } from "../../lib/kernels/pools";
import { separable, separableGradients } from "../../lib/kernels/separable";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { near, normalNorm, normalTensor, same, tidily, withBothKernels } from "../helpers/kernels";

const shape = [2, 7, 5, 9];
const window = { size: 3, stride: 1, padding: "same" as const };

describe("gradientMode(base)", () => {
  it(
    "adds in place where the base's memory was made for it and nobody else holds it",
    tidily(() => {
      equal(gradientMode(null).mode, gradientModes.alone);
      const base = markOwn(normalTensor(createRandom(1), shape));
      deepEqual(gradientMode(base), { mode: gradientModes.inPlace, base });
      const clone = tf.clone(base);
      equal(gradientMode(base).mode, gradientModes.added);
      equal(gradientMode(clone).mode, gradientModes.added);
      clone.dispose();
      equal(gradientMode(base).mode, gradientModes.inPlace);
      // TensorFlow makes this one on the same memory, and counts it as a tensor of its own.
      equal(gradientMode(tf.reshape(base, [2, 35, 9])).mode, gradientModes.added);
    }),
  );
});

describe("gradientModeOver(base, d, shape)", () => {
  it(
    "writes over the gradient of the output where that has the shape, nobody else holds it and there is no base",
    tidily(() => {
      const [d, base] = [1, 2].map((seed) => markOwn(normalTensor(createRandom(seed), shape))) as [
        tf.Tensor,
        tf.Tensor,
      ];
      equal(gradientModeOver(null, d, shape).mode, gradientModes.over);
      equal(gradientModeOver(null, d, [2, 7, 5, 8]).mode, gradientModes.alone);
      deepEqual(gradientModeOver(base, d, shape), { mode: gradientModes.inPlace, base });
      const clone = tf.clone(d);
      equal(gradientModeOver(null, d, shape).mode, gradientModes.alone);
      clone.dispose();
      equal(gradientModeOver(null, normalTensor(createRandom(3), shape), shape).mode, gradientModes.alone);
    }),
  );
});

describe("a gradient that is written over that of the output", () => {
  withBothKernels(() => {
    const random = createRandom(4);
    const ownCopy = (d: tf.Tensor4D) => markOwn(tf.add<tf.Tensor4D>(d, 0));
    const kernelOf = (channels: number) => normalTensor(random, [1, 1, channels, 9]);

    it(
      "is the same to the bit, of half of a separable operation of each window",
      tidily(() => {
        for (const size of [3, 5, 7]) {
          const [value, d, norm] = [normalTensor(random, shape), normalTensor(random, shape), normalNorm(random, 9)];
          const x = { value, scale: norm.gamma, shift: norm.beta };
          const weights = { depthwise: normalTensor(random, [size, size, 9, 1]), pointwise: kernelOf(9) };
          const result = separable(x, weights, norm);
          const expected = separableGradients(d, result, x, weights, norm, null);
          const found = separableGradients(ownCopy(d), result, x, weights, norm, null);
          for (const name of ["x", "depthwise", "pointwise", "gamma", "beta"] as const)
            same(found[name], expected[name], name);
        }
      }),
    );

    it(
      "is the same to the bit, of one of several 1 × 1 convolutions, the first that fits, also where it stands twice",
      tidily(() => {
        const [small, x, y] = [5, 9, 9].map((channels) => normalTensor(random, [...shape.slice(0, 3), channels]));
        const inputs = [small!, x!, x!, y!].map((image) => {
          return { x: image, kernel: kernelOf(image.shape[3]), shifted: false };
        });
        const options = { relu: true, stride: 1, combine: "sum" as const };
        const norm = normalNorm(random, 9);
        const result = pointwise(inputs, options, norm);
        const d = normalTensor(random, shape);
        for (const [of, by] of [
          [result, norm],
          [null, null],
        ] as const) {
          const bases = inputs.map(() => null);
          const expected = pointwiseGradients(d, of, inputs, options, by, bases);
          const found = pointwiseGradients(ownCopy(d), of, inputs, options, by, bases);
          deepEqual(
            found.x.map((each) => each !== null),
            [true, true, false, true],
          );
          found.x.forEach((each, index) => {
            if (each !== null) same(each, expected.x[index]!, `input ${index}`);
          });
          found.kernels.forEach((each, index) => {
            same(each, expected.kernels[index]!, `kernel ${index}`);
          });
        }
      }),
    );
  });
});

describe("addTo(gradient, base)", () => {
  it("adds, disposes the gradient and leaves the base alone", () => {
    const [gradient, base] = [tf.tensor1d([1, 2]), tf.tensor1d([10, 20])];
    equal(addTo(gradient, null), gradient);
    const sum = addTo(gradient, base);
    deepEqual([...sum.dataSync()], [11, 22]);
    ok(gradient.isDisposed);
    deepEqual([...base.dataSync()], [10, 20]);
    equal(gradientMode(sum).mode, gradientModes.inPlace);
    tf.dispose([sum, base]);
  });
});

describe("a gradient with a base", () => {
  withBothKernels((kind) => {
    const random = createRandom(2);
    let gradients: Record<string, (base: Base) => tf.Tensor>;
    before(() => {
      const [x, d, norm] = [normalTensor(random, shape), normalTensor(random, shape), normalNorm(random, 9)];
      const weights = { depthwise: normalTensor(random, [3, 3, 9, 1]), pointwise: normalTensor(random, [1, 1, 9, 9]) };
      const read = { value: x, scale: norm.gamma, shift: norm.beta };
      const result = separable(read, weights, norm);
      const places = maxPool(x, window, true);
      const inputs = [{ x, kernel: weights.pointwise, shifted: false }];
      const reduction = [false, true].map((shifted) => ({ x, kernel: weights.pointwise, shifted }));
      const smaller = normalTensor(random, [2, 4, 3, 9]);
      const options = { relu: true, stride: 1, combine: "sum" as const };
      gradients = {
        depthwise: (base) => depthwiseGradients(d, x, weights.depthwise, window, base).x,
        "depthwise with stride 2": (base) =>
          depthwiseGradients(smaller, x, weights.depthwise, { ...window, stride: 2 }, base).x,
        separable: (base) => separableGradients(d, result, read, weights, norm, base).x,
        pointwise: (base) => pointwiseGradients(d, null, inputs, options, null, [base]).x[0]!,
        "pointwise with stride 2": (base) =>
          pointwiseGradients(smaller, null, reduction, { ...options, stride: 2 }, null, [base, null]).x[0]!,
        "max pool": (base) => maxPoolGradients(d, x, places, window, base),
        "average pool": (base) => averagePoolGradients(d, shape, window, base),
        "average pool with stride 2": (base) => averagePoolGradients(smaller, shape, { ...window, stride: 2 }, base),
      };
    });

    it(
      "is the sum of both, whoever else holds the base",
      tidily(() => {
        for (const [name, compute] of Object.entries(gradients)) {
          const numbers = normalTensor(random, shape);
          const expected = tf.add(numbers, compute(null));

          const held = markOwn(tf.add(numbers, 0));
          const clone = tf.clone(held);
          near(compute(held), expected, name);
          deepEqual(held.dataSync(), numbers.dataSync(), `${name}: a base that a clone holds, too`);
          deepEqual(clone.dataSync(), numbers.dataSync(), `${name}: the clone`);

          const source = tf.add(numbers, 0);
          near(compute(tf.reshape(source, shape)), expected, name);
          deepEqual(source.dataSync(), numbers.dataSync(), `${name}: what a base was reshaped from`);

          const own = markOwn(tf.add<tf.Tensor>(numbers, 0));
          const sum = compute(own);
          near(sum, expected, name);
          // Ours write over memory that nobody else holds; TensorFlow's never do.
          deepEqual(own.dataSync(), kind === "own" ? sum.dataSync() : numbers.dataSync(), name);
          own.dispose();
          near(sum, expected, `${name}, once its base is disposed`);
        }
      }),
    );
  });
});
