import { equal, throws } from "node:assert/strict";

import type { Padding } from "../../lib/graph/layer";
import { ownKernels, useKernels } from "../../lib/kernels/choose-kernels";
import { asItIs } from "../../lib/kernels/normalised";
import { rowConvolution, rowConvolutionGradients, takesRows } from "../../lib/kernels/row-convolution";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily } from "../helpers/kernels";

interface Case {
  readonly shape: [number, number, number, number];
  readonly size: number;
  readonly filters: number;
  readonly stride: number;
  readonly padding: Padding;
}

const same = (...[shape, size, filters, stride]: [Case["shape"], number, number, number]): Case => ({
  ...{ shape, size, filters, stride, padding: "same" },
});

const cases: Case[] = [
  same([2, 9, 7, 5], 3, 8, 1),
  same([2, 9, 7, 8], 3, 12, 2),
  same([1, 8, 8, 24], 5, 24, 1),
  same([33, 4, 5, 12], 5, 20, 2),
  same([2, 2, 2, 3], 5, 7, 1),
  same([2, 1, 1, 6], 3, 4, 1),
  same([1, 2, 3, 6], 5, 4, 2),
  same([2, 11, 10, 7], 3, 33, 3),
  same([3, 16, 16, 40], 3, 48, 1),
  same([2, 9, 8, 5], 2, 6, 3),
  { ...same([2, 9, 7, 5], 3, 8, 1), padding: "valid" },
  { ...same([2, 10, 9, 8], 5, 9, 2), padding: "valid" },
  { ...same([2, 13, 12, 6], 2, 5, 4), padding: "valid" },
];

const epsilon = 0.01;

describe("rowConvolution(input, norm) and its backward pass", () => {
  before(() => {
    useKernels("own");
  });
  after(() => {
    useKernels(null);
  });

  for (const { shape, size, filters, stride, padding } of cases) {
    const name = `[${shape.join(", ")}], ${size} × ${size}, ${filters} filters, stride ${stride}, ${padding}`;
    const window = { size, stride, padding };

    it(
      `agree with TensorFlow.js: ${name}`,
      tidily(() => {
        const random = createRandom(3);
        const channels = shape[3];
        const [value, base] = [normalTensor(random, shape), normalTensor(random, shape)];
        const kernel = normalTensor(random, [size, size, channels, filters]);
        const of = (count: number) => normalTensor<tf.Rank.R1>(random, [count]);
        const mean: tf.Tensor1D = tf.mean(value, [0, 1, 2]);
        for (const x of [asItIs(value), { value, scale: of(channels), shift: of(channels) }]) {
          const seen = x.scale === null ? value : tf.add<tf.Tensor4D>(tf.mul(value, x.scale), x.shift!);
          for (const relu of [false, true]) {
            const input = { x, relu, kernel, window };
            const stock = (a: tf.Tensor, k: tf.Tensor) =>
              tf.conv2d((relu ? tf.relu(a) : a) as tf.Tensor4D, k as tf.Tensor4D, stride, padding);
            const out = rowConvolution(input, null);
            near(out, stock(seen, kernel));
            const d = normalTensor(random, out.shape);
            const [dX, dKernel] = tf.grads(stock)([seen, kernel], d);
            const plain = rowConvolutionGradients(d, input, null, null, mean);
            near(plain.x!, dX!);
            near(plain.kernel, dKernel!);
            const centred = tf.mul(dX!, tf.sub(value, mean));
            near(plain.inputSums!, tf.stack([tf.sum(dX!, [0, 1, 2]), tf.sum(centred, [0, 1, 2])]));
            near(rowConvolutionGradients(d, input, null, base, null).x!, tf.add(base, dX!), "onto a base");
            const unwanted = rowConvolutionGradients(d, input, null, "unwanted", null);
            equal(unwanted.x, null);
            near(unwanted.kernel, dKernel!);
            // With the normalisation behind it.
            const norm = { gamma: of(filters), beta: of(filters), epsilon };
            const result = rowConvolution(input, norm);
            const normal = (a: tf.Tensor, k: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
              const before = stock(a, k);
              const moments = tf.moments(before, [0, 1, 2]);
              const scaled = tf.div(tf.sub(before, moments.mean), tf.sqrt(tf.add(moments.variance, epsilon)));
              return tf.add(tf.mul(scaled, gamma), beta);
            };
            near(
              tf.add(tf.mul(result.value, result.scale!), result.shift!),
              normal(seen, kernel, norm.gamma, norm.beta),
            );
            const expected = tf.grads(normal)([seen, kernel, norm.gamma, norm.beta], d);
            const found = rowConvolutionGradients(d, input, { result, norm, given: null }, null, null);
            near(found.x!, expected[0]!, "normalised");
            near(found.kernel, expected[1]!, "normalised");
            near(found.gamma!, expected[2]!);
            near(found.beta!, expected[3]!);
            const about = tf.mul(d, tf.sub(result.value, result.mean));
            const given = tf.stack([tf.sum(d, [0, 1, 2]), tf.sum(about, [0, 1, 2])]) as tf.Tensor2D;
            near(rowConvolutionGradients(d, input, { result, norm, given }, null, null).x!, expected[0]!, "sums given");
          }
        }
      }),
    );
  }

  it("takes windows wider than a pixel of not too many channels, where our own kernels compute", () => {
    const takes = (size: number, channels: number, stride = 1) =>
      tf.tidy(() => takesRows({ size, stride, padding: "same" }, tf.zeros([size, size, channels, 48])));
    equal(ownKernels(), true);
    equal([takes(3, 48), takes(3, 49), takes(3, 49, 2), takes(1, 8)].join(), "true,false,true,false");
    useKernels("tensorflow");
    equal(takes(3, 8), false);
    useKernels("own");
  });

  it("leaves no tensors behind", () => {
    const value = normalTensor(createRandom(1), [2, 6, 5, 9]);
    const kernel = tf.ones<tf.Rank.R4>([3, 3, 9, 4]);
    const d = tf.ones<tf.Rank.R4>([2, 6, 5, 4]);
    const input = { x: asItIs(value), relu: true, kernel, window: { size: 3, stride: 1, padding: "same" } } as const;
    leavesNothing(() => rowConvolution(input, null));
    leavesNothing(() => {
      const { x, kernel: dKernel } = rowConvolutionGradients(d, input, null, null, null);
      return [x!, dKernel];
    });
    tf.dispose([value, kernel, d]);
  });

  it(
    "refuse tensors that do not fit, as errors of JavaScript",
    tidily(() => {
      const x = asItIs(tf.ones<tf.Rank.R4>([2, 4, 4, 3]));
      const window = { size: 3, stride: 1, padding: "same" } as const;
      const kernel = tf.ones<tf.Rank.R4>([3, 3, 3, 2]);
      const input = { x, relu: false, kernel, window };
      throws(() => rowConvolution({ ...input, kernel: tf.ones([3, 3, 4, 2]) }, null).dataSync(), /weights/);
      throws(() => rowConvolution({ ...input, kernel: tf.ones([3, 5, 3, 2]) }, null).dataSync(), /weights/);
      const two = tf.ones<tf.Rank.R1>([2]);
      throws(() => rowConvolution({ ...input, x: { ...x, scale: two, shift: two } }, null).dataSync(), /in_scale/);
      const d = tf.ones<tf.Rank.R4>([2, 4, 4, 3]);
      throws(() => rowConvolutionGradients(d, input, null, null, null).kernel.dataSync(), /d has the shape/);
      const narrow = {
        ...input,
        window: { ...window, padding: "valid" } as const,
        x: asItIs(tf.ones<tf.Rank.R4>([1, 2, 2, 3])),
      };
      throws(() => rowConvolution(narrow, null).dataSync(), /smaller than the window/);
    }),
  );
});
