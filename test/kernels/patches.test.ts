import { deepEqual, equal } from "node:assert/strict";

import { batchNormForReader } from "../../lib/kernels/batch-norm";
import { patches, patchesGradients, takesPatches } from "../../lib/kernels/patches";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { gradientSums, near, normalNorm, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

const window = { size: 3, stride: 1, padding: "same" as const };

describe("patches(x, kernel, window, norm), its backward pass, and takesPatches(kernel)", () => {
  withBothKernels((kind) => {
    it("are for up to four channels, where our own kernels compute", () => {
      for (const channels of [1, 4, 5]) {
        const kernel = tf.zeros<tf.Rank.R4>([3, 3, channels, 2]);
        equal(takesPatches(kernel), kind === "own" && channels <= 4);
        kernel.dispose();
      }
    });

    it(
      "give the same values with a normalisation behind them and without, and the statistics of those",
      tidily(() => {
        if (kind !== "own") return;
        const random = createRandom(14);
        const [x, kernel] = [normalTensor(random, [5, 9, 8, 3]), normalTensor(random, [3, 3, 3, 20])];
        const norm = normalNorm(random, 20);
        const value = patches(x, kernel, window, null);
        const result = patches(x, kernel, window, norm);
        deepEqual(result.value.dataSync(), value.dataSync());
        const expected = batchNormForReader(value, norm);
        for (const name of ["mean", "variance", "scale", "shift"] as const) near(result[name]!, expected[name]!, name);
      }),
    );

    it(
      "have the gradient of the weights alone, by TensorFlow.js's own",
      tidily(() => {
        if (kind !== "own") return;
        const random = createRandom(15);
        const [x, kernel] = [normalTensor(random, [5, 9, 8, 2]), normalTensor(random, [3, 3, 2, 7])];
        const d = normalTensor(random, [5, 9, 8, 7]);
        const expected = tf.grad((weights: tf.Tensor) => tf.conv2d(x, weights as tf.Tensor4D, 1, "same"))(kernel, d);
        const found = patchesGradients(d, null, x, kernel, window, null);
        near(found.kernel, expected);
        deepEqual([found.gamma, found.beta], [null, null]);
      }),
    );

    it(
      "take the sums for their normalisation where somebody has found them",
      tidily(() => {
        if (kind !== "own") return;
        const random = createRandom(16);
        const [x, kernel] = [normalTensor(random, [5, 9, 8, 3]), normalTensor(random, [3, 3, 3, 7])];
        const [d, norm] = [normalTensor(random, [5, 9, 8, 7]), normalNorm(random, 7)];
        const result = patches(x, kernel, window, norm);
        const expected = patchesGradients(d, result, x, kernel, window, norm);
        const given = gradientSums(d, result.value, result.mean);
        const found = patchesGradients(d, result, x, kernel, window, norm, given);
        for (const name of ["kernel", "gamma", "beta"] as const) near(found[name]!, expected[name]!, name, 1e-4);
        const wrong = patchesGradients(d, result, x, kernel, window, norm, tf.zeros([2, 7]));
        near(wrong.beta!, tf.zeros([7]), "taken as they are");
      }),
    );
  });
});
