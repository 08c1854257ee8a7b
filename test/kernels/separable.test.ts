import { equal, throws } from "node:assert/strict";

import { ownKernels } from "../../lib/kernels/choose-kernels";
import { plain, readableOf, type Norm, type Readable } from "../../lib/kernels/normalised";
import { separable, separableGradients, separableWithoutNorm, type GradientSums } from "../../lib/kernels/separable";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import {
  gradientSums,
  leavesNothing,
  near,
  normalNorm,
  normalTensor,
  stockNormalise,
  tidily,
  withBothKernels,
} from "../helpers/kernels";

/** Batch, height, width, channels, filters. */
const sizes = [
  [2, 9, 7, 3, 8],
  [1, 7, 12, 8, 1],
  [2, 17, 5, 20, 20],
  [1, 8, 8, 37, 7],
  [2, 4, 6, 80, 80],
  [3, 5, 5, 1, 3],
  [16, 1, 1, 7, 20],
];

const stock = (x: tf.Tensor, depthwise: tf.Tensor, pointwise: tf.Tensor) => {
  const spread = tf.depthwiseConv2d(tf.relu(x as tf.Tensor4D), depthwise as tf.Tensor4D, 1, "same");
  return tf.conv2d(spread, pointwise as tf.Tensor4D, 1, "same");
};

describe("separable(x, weights, norm) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const size of [3, 5, 7]) {
      for (const affine of [false, true]) {
        it(
          `agree with TensorFlow.js for windows of ${size} on values ${affine ? "to be scaled and shifted" : "as they are"}`,
          tidily(() => {
            const random = createRandom(size);
            for (const [batch, height, width, channels, filters] of sizes as [
              number,
              number,
              number,
              number,
              number,
            ][]) {
              const what = `[${batch}, ${height}, ${width}, ${channels}], ${filters} filters`;
              const value = normalTensor(random, [batch, height, width, channels], 0.2);
              const vector = () => normalTensor<tf.Rank.R1>(random, [channels]);
              const x: Readable = affine
                ? { value, scale: vector(), shift: vector() }
                : { value, scale: null, shift: null };
              const weights = {
                depthwise: normalTensor(random, [size, size, channels, 1]),
                pointwise: normalTensor(random, [1, 1, channels, filters]),
              };
              const norm = normalNorm(random, filters);
              const read = x.scale === null ? value : tf.add<tf.Tensor4D>(tf.mul(value, x.scale), x.shift!);
              const convolved = stock(read, weights.depthwise, weights.pointwise);
              near(separableWithoutNorm(x, weights), convolved, what);

              const result = separable(x, weights, norm);
              const all = (...[image, depthwise, pointwise, gamma, beta]: tf.Tensor[]) =>
                stockNormalise(stock(image!, depthwise!, pointwise!), gamma!, beta!, norm.epsilon);
              const inputs = [read, weights.depthwise, weights.pointwise, norm.gamma, norm.beta];
              near(result.value, convolved, what);
              near(plain(readableOf(result)), all(...inputs), what);
              const moments = tf.moments(convolved, [0, 1, 2]);
              near(result.mean, moments.mean, what);
              near(result.variance, moments.variance, what);

              const d = normalTensor(random, convolved.shape);
              const [dX, ...others] = tf.grads(all)(inputs, d) as [tf.Tensor, ...tf.Tensor[]];
              const gradients = separableGradients(d, result, x, weights, norm, null);
              // A gradient is a difference of sums over all pixels, and loses the figures that these have in common.
              near(gradients.x, dX, `${what}, x`, 1e-4);
              (["depthwise", "pointwise", "gamma", "beta"] as const).forEach((name, index) => {
                near(gradients[name], others[index]!, `${what}, ${name}`, 1e-4);
              });
              const base = normalTensor(random, value.shape);
              const more = separableGradients(d, result, x, weights, norm, base);
              near(more.x, tf.add(base, dX), `${what}, with a base`, 1e-4);
            }
          }),
        );
      }
    }

    for (const [size, channels, filters, height, width] of [
      [3, 4, 4, 6, 5],
      [5, 9, 7, 11, 8],
      [7, 20, 24, 5, 9],
    ] as const) {
      it(
        `find the sums for a normalisation before them, and take such sums, ${size} × ${size}, ${channels} channels`,
        tidily(() => {
          const random = createRandom(size);
          const [value, norm] = [normalTensor(random, [3, height, width, channels]), normalNorm(random, filters)];
          const before = normalNorm(random, channels);
          const x = { value, scale: before.gamma, shift: before.beta };
          const weights = {
            depthwise: normalTensor(random, [size, size, channels, 1]),
            pointwise: normalTensor(random, [1, 1, channels, filters]),
          };
          const result = separable(x, weights, norm);
          const d = normalTensor(random, result.value.shape);
          const inputMean = normalTensor<tf.Rank.R1>(random, [channels]);
          const sums = { given: gradientSums(d, result.value, result.mean), inputMean };
          for (const base of [null, normalTensor(random, value.shape)]) {
            const expected = separableGradients(d, result, x, weights, norm, base);
            const found = separableGradients(d, result, x, weights, norm, base, sums);
            for (const name of ["x", "depthwise", "pointwise", "gamma", "beta"] as const)
              near(found[name], expected[name], name, 1e-4);
            equal(expected.inputSums, undefined);
            if (ownKernels()) near(found.inputSums!, gradientSums(expected.x, value, inputMean), "sums", 1e-4);
            else equal(found.inputSums, undefined);
          }
        }),
      );
    }

    it(
      "do nothing to a single pixel but shift it, as its variance is 0",
      tidily(() => {
        const random = createRandom(1);
        const norm = normalNorm(random, 5);
        const weights = {
          depthwise: normalTensor(random, [3, 3, 4, 1]),
          pointwise: normalTensor(random, [1, 1, 4, 5]),
        };
        const x = { value: normalTensor(random, [1, 1, 1, 4]), scale: null, shift: null };
        const result = separable(x, weights, norm);
        near(plain(readableOf(result)), tf.reshape(norm.beta, [1, 1, 1, 5]));
        const gradients = separableGradients(tf.ones([1, 1, 1, 5]), result, x, weights, norm, null);
        near(gradients.x, tf.zeros([1, 1, 1, 4]));
        near(gradients.beta, tf.ones([5]));
      }),
    );

    it("leave no tensors behind", () => {
      const random = createRandom(1);
      const [value, norm] = [normalTensor(random, [2, 6, 5, 9]), normalNorm(random, 9)];
      const x = { value, scale: norm.gamma, shift: norm.beta };
      const weights = { depthwise: normalTensor(random, [3, 3, 9, 1]), pointwise: normalTensor(random, [1, 1, 9, 9]) };
      const forward = () =>
        Object.fromEntries(Object.entries(separable(x, weights, norm)).filter(([, each]) => each !== null));
      leavesNothing(forward);
      leavesNothing(() => separableWithoutNorm(x, weights));
      const result = separable(x, weights, norm);
      leavesNothing(() => ({ ...separableGradients(value, result, x, weights, norm, value) }));
      tf.dispose([{ ...result }, value, { ...weights }, norm.gamma, norm.beta] as tf.TensorContainer);
    });

    it(
      "refuse tensors that do not fit, and whole numbers, as errors of JavaScript",
      tidily(() => {
        const norm: Norm = normalNorm(createRandom(1), 5);
        const weights = { depthwise: tf.ones<tf.Rank.R4>([3, 3, 4, 1]), pointwise: tf.ones<tf.Rank.R4>([1, 1, 4, 5]) };
        const image = (...shape: [number, number, number, number]) => ({
          value: tf.ones<tf.Rank.R4>(shape),
          scale: null,
          shift: null,
        });
        throws(() => separable(image(1, 6, 6, 3), weights, norm));
        throws(() => separable(image(1, 6, 6, 4), { ...weights, pointwise: tf.ones([1, 1, 3, 5]) }, norm));
        throws(() => separable(image(1, 6, 6, 4), weights, normalNorm(createRandom(1), 6)));
        throws(() => separable({ ...image(1, 6, 6, 4), scale: tf.ones([3]), shift: tf.ones([3]) }, weights, norm));
        if (kind !== "own") return;
        throws(() => separable(image(1, 6, 6, 3), weights, norm), /depthwise has the shape \[3, 3, 4, 1\]/);
        throws(
          () => separable({ ...image(1, 6, 6, 4), value: tf.ones([1, 6, 6, 4], "int32") }, weights, norm),
          /float/,
        );
        const result = separable(image(1, 6, 6, 4), weights, norm);
        const backward = (d: tf.Tensor4D, x: Readable) => separableGradients(d, result, x, weights, norm, null);
        throws(() => backward(tf.ones([1, 6, 5, 5]), image(1, 6, 6, 4)), /d has the shape/);
        throws(() => backward(tf.ones([1, 6, 6, 5]), image(2, 6, 6, 4)), /result has the shape/);
        const withSums = (sums: Partial<GradientSums>) =>
          separableGradients(tf.ones([1, 6, 6, 5]), result, image(1, 6, 6, 4), weights, norm, null, sums);
        throws(() => withSums({ given: tf.ones([2, 4]) }), /sums has the shape \[2, 4\], expected \[2, 5\]/);
        throws(() => withSums({ inputMean: tf.ones([5]) }), /in_mean has the shape \[5\], expected \[4\]/);
      }),
    );
  });
});
