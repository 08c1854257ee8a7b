import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { batchNorm, batchNormForReader, batchNormGradients } from "../../lib/kernels/batch-norm";
import { plain, readableOf, type Norm } from "../../lib/kernels/normalised";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalNorm, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

/** Mean, variance and result in double precision, by the formula of Ioffe and Szegedy (2015). */
function exactly(x: tf.Tensor, { gamma, beta, epsilon }: Norm): { mean: number[]; variance: number[]; out: number[] } {
  const [values, channels] = [x.dataSync(), gamma.size];
  const [scales, shifts] = [gamma.dataSync(), beta.dataSync()];
  const count = values.length / channels;
  const mean = Array<number>(channels).fill(0);
  const variance = Array<number>(channels).fill(0);
  values.forEach((value, index) => (mean[index % channels]! += value / count));
  values.forEach((value, index) => (variance[index % channels]! += (value - mean[index % channels]!) ** 2 / count));
  const out = Array.from(values, (value, index) => {
    const channel = index % channels;
    return ((value - mean[channel]!) / Math.sqrt(variance[channel]! + epsilon)) * scales[channel]! + shifts[channel]!;
  });
  return { mean, variance, out };
}

/** The gradients in double precision, by the chain rule (Ioffe and Szegedy, section 3). */
function exactGradients(
  d: ArrayLike<number>,
  x: tf.Tensor,
  norm: Norm,
): { x: number[]; gamma: number[]; beta: number[] } {
  const [values, channels] = [x.dataSync(), norm.gamma.size];
  const { mean, variance } = exactly(x, norm);
  const scales = norm.gamma.dataSync();
  const count = values.length / channels;
  const inverse = variance.map((each) => 1 / Math.sqrt(each + norm.epsilon));
  const gamma = Array<number>(channels).fill(0);
  const beta = Array<number>(channels).fill(0);
  const normal = Array.from(values, (value, index) => (value - mean[index % channels]!) * inverse[index % channels]!);
  normal.forEach((value, index) => {
    gamma[index % channels]! += d[index]! * value;
    beta[index % channels]! += d[index]!;
  });
  const dX = normal.map((value, index) => {
    const channel = index % channels;
    const rest = d[index]! - beta[channel]! / count - (value * gamma[channel]!) / count;
    return scales[channel]! * inverse[channel]! * rest;
  });
  return { x: dX, gamma, beta };
}

const shapes = [
  [2, 9, 7, 3],
  [1, 5, 6, 8],
  [8, 1, 1, 7],
  [3, 16, 16, 20],
  [2, 5, 3, 37],
  [2, 4, 4, 80],
  [2, 40, 50, 1],
];

describe("batchNorm(x, norm, relu) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const relu of [false, true]) {
      it(
        `agree with the formulas in double precision, ${relu ? "with" : "without"} a ReLU`,
        tidily(() => {
          const random = createRandom(2);
          for (const shape of shapes) {
            const what = `[${shape.join(", ")}]`;
            const [x, d, norm] = [
              normalTensor(random, shape, 2),
              normalTensor(random, shape),
              normalNorm(random, shape[3]!),
            ];
            const result = batchNorm(x, norm, relu);
            const { mean, variance, out } = exactly(x, norm);
            near(result.mean, mean, what);
            near(result.variance, variance, what);
            near(result.out, relu ? out.map((each) => Math.max(each, 0)) : out, what);
            deepEqual(result.out.shape, shape);
            // Where a number lies so close to 0 that rounding decides, the backward pass has to go with the forward pass.
            const seen = result.out.dataSync();
            const cut = Array.from(d.dataSync(), (each, index) => (relu && seen[index]! <= 0 ? 0 : each));
            const gradients = batchNormGradients(d, x, result, norm, relu);
            const expected = exactGradients(cut, x, norm);
            near(gradients.x, expected.x, what);
            near(gradients.gamma, expected.gamma, what);
            near(gradients.beta, expected.beta, what);
          }
        }),
      );
    }

    it(
      "stay accurate where the mean is large and the variance small",
      tidily(() => {
        const [random, largeMean] = [createRandom(3), 1e4];
        const shape = [4, 12, 12, 20];
        const [x, norm] = [normalTensor(random, shape, largeMean), normalNorm(random, 20)];
        const result = batchNorm(x, norm, false);
        const { mean, variance, out } = exactly(x, norm);
        // The numbers themselves are float32, so a mean is off by 1e4 · 2⁻²⁴; against a deviation of 1 that is 6e-4.
        // TensorFlow adds the numbers up as they are, which loses some more figures.
        const mostOff = (kind === "own" ? 1 : 8) * 2 ** -23;
        near(result.mean, mean, "mean", mostOff);
        near(result.variance, variance, "variance", 1e-4);
        near(result.out, out, "out", 2 * largeMean * mostOff);
        const d = normalTensor(random, shape);
        const gradients = batchNormGradients(d, x, result, norm, false);
        const expected = exactGradients(d.dataSync(), x, norm);
        near(gradients.x, expected.x, "x", largeMean * mostOff);
        near(gradients.gamma, expected.gamma, "gamma", 2 * largeMean * mostOff);
        near(gradients.beta, expected.beta, "beta");
      }),
    );

    it(
      "give a channel that is the same everywhere its shift, and no gradient",
      tidily(() => {
        const norm = { gamma: tf.tensor1d([2, 3]), beta: tf.tensor1d([-1, 0.5]), epsilon: 1e-3 };
        const x = tf.mul<tf.Tensor4D>(tf.ones([2, 3, 3, 2]), tf.tensor1d([7, -4]));
        const result = batchNorm(x, norm, false);
        near(result.out, tf.add(tf.zeros([2, 3, 3, 2]), norm.beta));
        deepEqual([...result.variance.dataSync()], [0, 0]);
        near(batchNormGradients(tf.ones([2, 3, 3, 2]), x, result, norm, false).x, tf.zeros([2, 3, 3, 2]));
      }),
    );

    it(
      "show what is not a number, or infinite, in its channel alone",
      tidily(() => {
        for (const strange of [NaN, Infinity, -Infinity]) {
          for (const place of [0, 13, 34]) {
            const numbers = Array.from({ length: 36 }, (_, index) => index % 5);
            numbers[place] = strange;
            const norm = { gamma: tf.ones<tf.Rank.R1>([2]), beta: tf.zeros<tf.Rank.R1>([2]), epsilon: 1e-3 };
            const out = batchNorm(tf.tensor4d(numbers, [2, 3, 3, 2]), norm, false).out.dataSync();
            ok(out.some((each, index) => index % 2 === place % 2 && Number.isNaN(each)));
            ok(out.every((each, index) => index % 2 === place % 2 || Number.isFinite(each)));
          }
        }
      }),
    );

    it("leave no tensors behind", () => {
      const random = createRandom(1);
      const [x, norm] = [normalTensor(random, [2, 6, 5, 9]), normalNorm(random, 9)];
      for (const relu of [false, true]) {
        const forward = () => batchNorm(x, norm, relu);
        leavesNothing(() => ({ ...forward() }));
        const result = forward();
        leavesNothing(() => ({ ...batchNormGradients(x, x, result, norm, relu) }));
        tf.dispose({ ...result });
      }
      tf.dispose([x, norm.gamma, norm.beta]);
    });

    it(
      "refuse tensors that do not fit, and whole numbers, as errors of JavaScript",
      tidily(() => {
        const norm = normalNorm(createRandom(1), 3);
        throws(() => batchNorm(tf.ones([1, 4, 4, 4]), norm, false));
        throws(() => batchNorm(tf.ones([1, 4, 4, 3], "int32"), norm, false));
        if (kind !== "own") return;
        throws(() => batchNorm(tf.ones([1, 4, 4, 4]), norm, false), /gamma has the shape \[3\], expected \[4\]/);
        throws(() => batchNorm(tf.ones([1, 4, 4, 0]), norm, false), /expected one size from 1/);
      }),
    );
  });

  it("has a variance that is divided by the count", () => {
    const norm = { gamma: tf.ones<tf.Rank.R1>([1]), beta: tf.zeros<tf.Rank.R1>([1]), epsilon: 0 };
    const { variance } = tf.tidy(() => ({ ...batchNorm(tf.tensor4d([1, 3], [2, 1, 1, 1]), norm, false) }));
    equal(variance.dataSync()[0], 1);
  });
});

describe("batchNormForReader(x, norm)", () => {
  withBothKernels((kind) => {
    it(
      "gives what batchNorm gives once it is read, and its statistics to the bit",
      tidily(() => {
        const random = createRandom(4);
        for (const shape of shapes) {
          const [x, norm] = [
            normalTensor(random, shape as [number, number, number, number]),
            normalNorm(random, shape[3]!),
          ];
          const expected = batchNorm(x, norm, false);
          const found = batchNormForReader(x, norm);
          near(plain(readableOf(found)), expected.out);
          deepEqual([...found.mean.dataSync()], [...expected.mean.dataSync()]);
          deepEqual([...found.variance.dataSync()], [...expected.variance.dataSync()]);
          equal(found.normal === null, kind === "own");
          deepEqual(found.value.dataSync(), x.dataSync());
        }
      }),
    );

    it("leaves nothing behind, and the values to the caller", () => {
      const [x, norm] = [normalTensor(createRandom(5), [2, 5, 3, 7]), normalNorm(createRandom(5), 7)];
      leavesNothing(() => Object.values(batchNormForReader(x, norm)).filter((each) => each !== null) as tf.Tensor[]);
      equal(x.isDisposed, false);
      tf.dispose([x, norm.gamma, norm.beta]);
    });
  });
});
