import { deepEqual, equal, throws } from "node:assert/strict";

import { plain, readableOf } from "../../lib/kernels/normalised";
import { pointwise, pointwiseGradients, type PointwiseInput, type PointwiseOptions } from "../../lib/kernels/pointwise";
import { stockConvolution } from "../../lib/kernels/stock-convolution";
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

/** The image one pixel further up and to the left, with zeros at the other end. */
function moved(x: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const rest = tf.slice(x, [0, 1, 1, 0], [batch, height - 1, width - 1, channels]);
  return tf.pad(rest, [
    [0, 0],
    [0, 1],
    [0, 1],
    [0, 0],
  ]);
}

/** What the inputs are together, written with TensorFlow.js's own functions. */
function stock(
  inputs: readonly PointwiseInput[],
  { relu, stride, combine }: PointwiseOptions,
  tensors: tf.Tensor[],
): tf.Tensor4D {
  const values = inputs.map(({ shifted }, index) => {
    const [x, kernel] = [tensors[index] as tf.Tensor4D, tensors[inputs.length + index] as tf.Tensor4D];
    const cut = relu ? tf.relu(x) : x;
    return stockConvolution(shifted ? moved(cut) : cut, kernel, { stride, padding: "same" });
  });
  if (combine === "concatenation") return tf.concat(values, 3);
  return values.reduce((total, each) => tf.add(total, each));
}

/** Batch, height, width; the channels of each input; filters of each. */
const cases: { image: [number, number, number]; channels: number[]; filters: number[] }[] = [
  { image: [2, 9, 7], channels: [3], filters: [8, 8] },
  { image: [1, 7, 12], channels: [8, 1], filters: [1, 7] },
  { image: [3, 8, 8], channels: [20, 20, 7, 37], filters: [20, 3, 8, 9] },
  { image: [4, 16, 15], channels: [20, 80], filters: [37, 20] },
  { image: [16, 1, 1], channels: [7, 3], filters: [3, 5] },
];

describe("pointwise(inputs, options, norm) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const combine of ["sum", "concatenation"] as const) {
      for (const relu of [false, true]) {
        it(
          `agree with TensorFlow.js for a ${combine} ${relu ? "after" : "without"} a ReLU, moved and not, at strides 1 to 3`,
          tidily(() => {
            const random = createRandom(6);
            for (const { image, channels, filters } of cases) {
              for (const stride of [1, 2, 3]) {
                for (const shift of [false, true]) {
                  if (shift && image[1] === 1) continue; // Nothing of a single pixel is left.
                  const inputs = channels.map((each, index): PointwiseInput => ({
                    x: normalTensor(random, [...image, each], 0.1),
                    kernel: normalTensor(random, [1, 1, each, filters[combine === "sum" ? 0 : index]!]),
                    shifted: shift && index === channels.length - 1,
                  }));
                  const options = { relu, stride, combine };
                  const what = `[${image.join(", ")}], ${channels.join(" and ")} channels, stride ${stride}, moved: ${shift}`;
                  const tensors = [...inputs.map(({ x }) => x), ...inputs.map(({ kernel }) => kernel)];
                  const without = (...all: tf.Tensor[]) => stock(inputs, options, all);
                  const value = without(...tensors);
                  const d = normalTensor(random, value.shape);
                  near(pointwise(inputs, options, null), value, what);
                  const expected = tf.grads(without)(tensors, d);
                  const bases = inputs.map(({ x }, index) => (index === 0 ? null : normalTensor(random, x.shape)));
                  const gradients = pointwiseGradients(d, null, inputs, options, null, bases);
                  inputs.forEach((_, index) => {
                    const [base, dX] = [bases[index], expected[index]!];
                    near(gradients.x[index]!, base ? tf.add(base, dX) : dX, what);
                    near(gradients.kernels[index]!, expected[inputs.length + index]!, what);
                  });
                  equal(gradients.gamma, null);
                  equal(gradients.beta, null);

                  const norm = normalNorm(random, value.shape[3]);
                  const result = pointwise(inputs, options, norm);
                  const all = (...each: tf.Tensor[]) =>
                    stockNormalise(without(...each.slice(0, -2)), each.at(-2)!, each.at(-1)!, norm.epsilon);
                  if (Math.ceil(image[1] / stride) * image[0] < 3) continue; // Too few pixels for a variance.
                  near(plain(readableOf(result)), all(...tensors, norm.gamma, norm.beta), what);
                  const back = pointwiseGradients(d, result, inputs, options, norm, bases);
                  const exact = tf.grads(all)([...tensors, norm.gamma, norm.beta], d);
                  inputs.forEach((_, index) => {
                    const [base, dX] = [bases[index], exact[index]!];
                    near(back.x[index]!, base ? tf.add(base, dX) : dX, what, 1e-4);
                    near(back.kernels[index]!, exact[inputs.length + index]!, what, 1e-4);
                  });
                  near(back.gamma!, exact.at(-2)!, what, 1e-4);
                  near(back.beta!, exact.at(-1)!, what);
                }
              }
            }
          }),
        );
      }
    }

    it(
      "are the factorised reduction on odd sizes: one image, in place and moved, with stride 2",
      tidily(() => {
        const random = createRandom(7);
        for (const [height, width] of [
          [9, 7],
          [8, 5],
          [1, 3],
          [1, 1],
        ]) {
          const x = normalTensor(random, [2, height!, width!, 20]);
          const kernels = [normalTensor(random, [1, 1, 20, 6]), normalTensor(random, [1, 1, 20, 6])];
          const inputs = kernels.map((kernel, index) => ({ x, kernel, shifted: index === 1 }));
          const options = { relu: true, stride: 2, combine: "concatenation" as const };
          const expected = (image: tf.Tensor, first: tf.Tensor, second: tf.Tensor) =>
            stock(inputs, options, [image, image, first, second]);
          const value = pointwise(inputs, options, null);
          near(value, expected(x, kernels[0]!, kernels[1]!));
          const d = normalTensor(random, value.shape);
          const base = normalTensor(random, x.shape);
          const [dX, ...dKernels] = tf.grads(expected)([x, ...kernels], d) as [tf.Tensor, ...tf.Tensor[]];
          for (const from of [null, base]) {
            const gradients = pointwiseGradients(d, null, inputs, options, null, [from, null]);
            // The second input is the same tensor: the first gradient holds both.
            near(gradients.x[0]!, from === null ? dX : tf.add(from, dX));
            equal(gradients.x[1], null);
            gradients.kernels.forEach((kernel, index) => {
              near(kernel, dKernels[index]!);
            });
          }
        }
      }),
    );

    it(
      "add up the gradients of inputs that are the same tensor, one behind the other alone",
      tidily(() => {
        const random = createRandom(8);
        const [a, b] = [normalTensor(random, [2, 3, 4, 9]), normalTensor(random, [2, 3, 4, 9])];
        const kernels = [1, 2, 3, 4].map(() => normalTensor(random, [1, 1, 9, 5]));
        const inputs = [a, a, b, a].map((x, index) => ({ x, kernel: kernels[index]!, shifted: false }));
        const options = { relu: false, stride: 1, combine: "sum" as const };
        const d = normalTensor(random, [2, 3, 4, 5]);
        const alone = inputs.map((input) => pointwiseGradients(d, null, [input], options, null, [null]).x[0]!);
        const { x } = pointwiseGradients(d, null, inputs, options, null, [null, null, null, null]);
        near(x[0]!, tf.add(alone[0]!, alone[1]!));
        equal(x[1], null);
        near(x[2]!, alone[2]!);
        near(x[3]!, alone[3]!);
        const unwanted = pointwiseGradients(d, null, inputs, options, null, ["unwanted", null, "unwanted", null]);
        deepEqual(
          unwanted.x.map((each) => each !== null),
          [false, false, false, true],
        );
        near(unwanted.x[3]!, alone[3]!);
        near(unwanted.kernels[1]!, pointwiseGradients(d, null, [inputs[1]!], options, null, [null]).kernels[0]!);
      }),
    );

    for (const combine of ["sum", "concatenation"] as const) {
      it(
        `normalise the inputs that were left to them: a ${combine}`,
        tidily(() => {
          const random = createRandom(10);
          for (const stride of [1, 2])
            for (const relu of [false, true])
              for (const { image, channels } of cases) {
                const what = `[${image.join(", ")}], stride ${stride}, ReLU: ${relu}`;
                const filters = 6;
                const options = { relu, stride, combine };
                const inputs = channels.map((each, index): PointwiseInput => {
                  const { gamma, beta } = normalNorm(random, each);
                  return {
                    x: normalTensor(random, [...image, each], 0.1),
                    kernel: normalTensor(random, [1, 1, each, filters]),
                    shifted: stride === 2 && image[1] > 1 && index === channels.length - 1,
                    ...(index % 2 === 0 ? { scale: gamma, shift: beta } : {}),
                  };
                });
                const read = inputs.map(({ x, kernel, shifted, scale = null, shift = null }) => {
                  return { x: plain({ value: x, scale, shift }), kernel, shifted };
                });
                near(pointwise(inputs, options, null), pointwise(read, options, null), what);
                const expected = pointwise(read, options, null);
                const d = normalTensor(random, expected.shape);
                const bases = inputs.map(({ x }, index) => (index === 0 ? null : normalTensor(random, x.shape)));
                const norm = normalNorm(random, expected.shape[3]);
                for (const by of [null, norm]) {
                  const [mine, theirs] = [inputs, read].map((each) => {
                    const result = by === null ? null : pointwise(each, options, by);
                    return pointwiseGradients(d, result, each, options, by, bases);
                  });
                  inputs.forEach((_, index) => {
                    near(mine!.x[index]!, theirs!.x[index]!, what, 1e-4);
                    near(mine!.kernels[index]!, theirs!.kernels[index]!, what, 1e-4);
                  });
                }
              }
        }),
      );
    }

    it(
      "take 32 inputs and more",
      tidily(() => {
        const random = createRandom(9);
        const options = { relu: true, stride: 1, combine: "sum" as const };
        for (const count of [32, 33]) {
          const inputs = Array.from({ length: count }, () => ({
            x: normalTensor(random, [1, 3, 4, 5]),
            kernel: normalTensor(random, [1, 1, 5, 4]),
            shifted: false,
          }));
          const tensors = [...inputs.map(({ x }) => x), ...inputs.map(({ kernel }) => kernel)];
          near(pointwise(inputs, options, null), stock(inputs, options, tensors));
          const d = normalTensor(random, [1, 3, 4, 4]);
          const expected = tf.grads((...all: tf.Tensor[]) => stock(inputs, options, all))(tensors, d);
          const { x, kernels } = pointwiseGradients(
            d,
            null,
            inputs,
            options,
            null,
            inputs.map(() => null),
          );
          [...x, ...kernels].forEach((each, index) => {
            near(each!, expected[index]!);
          });
        }
      }),
    );

    for (const { image, channels, filters } of cases) {
      it(
        `find the sums for normalisations before them, and take such sums, of inputs of ${channels.join(", ")} channels`,
        tidily(() => {
          const random = createRandom(11);
          const all = filters[0]!;
          const inputs = channels.map((count): PointwiseInput => ({
            x: normalTensor(random, [...image, count]),
            scale: normalTensor<tf.Rank.R1>(random, [count]),
            shift: normalTensor<tf.Rank.R1>(random, [count]),
            kernel: normalTensor(random, [1, 1, count, all]),
            shifted: false,
          }));
          const options = { relu: true, stride: 1, combine: "sum" as const };
          const norm = normalNorm(random, all);
          const result = pointwise(inputs, options, norm);
          const d = normalTensor(random, result.value.shape);
          const bases = inputs.map(({ x }, index) => (index % 2 === 0 ? normalTensor(random, x.shape) : null));
          const expected = pointwiseGradients(d, result, inputs, options, norm, bases);
          deepEqual(
            expected.inputSums,
            inputs.map(() => null),
          );
          // All but the last are asked for.
          const inputMeans = channels.map((count, index) =>
            index > 0 && index === channels.length - 1 ? null : normalTensor<tf.Rank.R1>(random, [count]),
          );
          const given = gradientSums(d, result.value, result.mean);
          const found = pointwiseGradients(d, result, inputs, options, norm, bases, { given, inputMeans });
          near(found.gamma!, expected.gamma!, "gamma", 1e-4);
          near(found.beta!, expected.beta!, "beta", 1e-4);
          inputs.forEach(({ x }, index) => {
            near(found.x[index]!, expected.x[index]!, "x", 1e-4);
            near(found.kernels[index]!, expected.kernels[index]!, "kernel", 1e-4);
            const [mean, sums] = [inputMeans[index] ?? null, found.inputSums[index]!];
            if (kind !== "own" || mean === null) equal(sums, null);
            else near(sums, gradientSums(expected.x[index]!, x, mean), "sums", 1e-4);
          });
        }),
      );
    }

    it("leave no tensors behind", () => {
      const random = createRandom(1);
      const [x, kernel, norm] = [
        normalTensor(random, [2, 6, 5, 9]),
        normalTensor(random, [1, 1, 9, 9]),
        normalNorm(random, 9),
      ];
      const inputs = [false, true].map((shifted) => ({ x, kernel, shifted }));
      const options = { relu: true, stride: 2, combine: "sum" as const };
      const some = (result: object) => Object.values(result).filter((each) => each !== null) as tf.TensorContainer;
      leavesNothing(() => some(pointwise(inputs, options, norm)));
      leavesNothing(() => pointwise(inputs, options, null));
      const result = pointwise(inputs, options, norm);
      const d = normalTensor(random, [2, 3, 3, 9]);
      for (const base of [null, "unwanted", x] as const) {
        leavesNothing(() => some(pointwiseGradients(d, result, inputs, options, norm, [base, base])));
        leavesNothing(() => some(pointwiseGradients(d, null, inputs, options, null, [base, base])));
      }
      tf.dispose([some(result), x, kernel, d, norm.gamma, norm.beta]);
    });

    it(
      "refuse tensors that do not fit, as errors of JavaScript",
      tidily(() => {
        const options = { relu: false, stride: 1, combine: "sum" as const };
        const input = (channels: number, inner: number, filters: number): PointwiseInput => ({
          x: tf.ones([1, 4, 4, channels]),
          kernel: tf.ones([1, 1, inner, filters]),
          shifted: false,
        });
        throws(() => pointwise([input(3, 4, 5)], options, null));
        throws(() => pointwise([input(3, 3, 5), input(3, 3, 6)], options, null));
        throws(() => pointwise([input(3, 3, 5)], options, normalNorm(createRandom(1), 4)));
        if (kind !== "own") return;
        throws(() => pointwise([input(3, 4, 5)], options, null), /weights has the shape \[1, 1, 4, 5\]/);
        throws(() => pointwise([{ ...input(3, 3, 5), x: tf.ones([1, 4, 4, 3], "int32") }], options, null), /float/);
        const wrong = { ...input(3, 3, 5), scale: tf.ones<tf.Rank.R1>([4]), shift: tf.ones<tf.Rank.R1>([4]) };
        throws(() => pointwise([wrong], options, null), /in_scale has the shape \[4\], expected \[3\]/);
        throws(() => pointwise([input(3, 3, 5)], { ...options, stride: 0 }, null), /stride is at least 1/);
        throws(
          () => pointwiseGradients(tf.ones([1, 4, 3, 5]), null, [input(3, 3, 5)], options, null, [null]),
          /d has the shape/,
        );
        const twice = input(3, 3, 5);
        const d = tf.ones<tf.Rank.R4>([1, 4, 4, 5]);
        const means = (count: number, size: number) => Array.from({ length: count }, () => tf.ones<tf.Rank.R1>([size]));
        throws(
          () => pointwiseGradients(d, null, [twice], options, null, [null], { inputMeans: means(1, 4) }),
          /in_mean has the shape \[4\], expected \[3\]/,
        );
        throws(
          () => pointwiseGradients(d, null, [twice, twice], options, null, [null, null], { inputMeans: means(2, 3) }),
          /Sums are found for inputs that stand once/,
        );
      }),
    );
  });
});
