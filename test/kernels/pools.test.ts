import { deepEqual, equal, notEqual, throws } from "node:assert/strict";

import {
  averagePool,
  averagePoolGradients,
  averagePoolOnto,
  maxPool,
  maxPoolGradients,
  maxPoolOnto,
} from "../../lib/kernels/pools";
import { createRandom, type RandomGenerator } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

const shapes = [
  [2, 9, 7, 3],
  [1, 7, 12, 8],
  [3, 1, 1, 7],
  [2, 8, 8, 20],
  [1, 11, 8, 37],
  [2, 10, 7, 1],
];
const vector = (random: RandomGenerator, shape: readonly number[]) =>
  normalTensor(random, shape.slice(-1)) as unknown as tf.Tensor1D;
const whole = { size: 2, stride: 2, padding: "valid" as const };

describe("maxPool and averagePool(x, window), and their backward passes", () => {
  withBothKernels((kind) => {
    for (const size of [1, 2, 3, 5, 7, 16]) {
      it(
        `agree with TensorFlow.js for windows of ${size} at every stride and padding`,
        tidily(() => {
          const random = createRandom(size);
          for (const shape of shapes) {
            for (const stride of [1, 2, 3]) {
              for (const padding of ["same", "valid"] as const) {
                if (padding === "valid" && Math.min(shape[1]!, shape[2]!) < size) continue;
                const what = `[${shape.join(", ")}], stride ${stride}, ${padding}`;
                const [x, base] = [normalTensor(random, shape), normalTensor(random, shape)];
                const window = { size, stride, padding };

                const largest = tf.maxPool(x, size, stride, padding);
                const d = normalTensor(random, largest.shape);
                const result = maxPool(x, window, true);
                deepEqual(result.out.dataSync(), largest.dataSync(), what);
                deepEqual(maxPool(x, window, false).out.dataSync(), largest.dataSync(), what);
                const dMax = tf.grad((a) => tf.maxPool(a as tf.Tensor4D, size, stride, padding))(x, d);
                near(maxPoolGradients(d, x, result, window, null), dMax, what);
                near(maxPoolGradients(d, x, result, window, base), tf.add(base, dMax), what);

                near(averagePool(x, window), tf.avgPool(x, size, stride, padding), what);
                const dMean = tf.grad((a) => tf.avgPool(a as tf.Tensor4D, size, stride, padding))(x, d);
                near(averagePoolGradients(d, shape, window, null), dMean, what);
                near(averagePoolGradients(d, shape, window, base), tf.add(base, dMean), what);
              }
            }
          }
        }),
      );
    }

    it(
      "normalise their input and add a value on their way, as one after the other does",
      tidily(() => {
        const random = createRandom(9);
        for (const shape of shapes) {
          for (const [size, stride] of [
            [3, 1],
            [3, 2],
            [2, 2],
            [17, 1],
          ] as const) {
            const window = { size, stride, padding: "same" as const };
            const [value, scale, shift] = [normalTensor(random, shape), vector(random, shape), vector(random, shape)];
            const x = tf.add<tf.Tensor4D>(tf.mul(value, scale), shift);
            const largest = tf.maxPool(x, size, stride, "same");
            const mean = tf.avgPool(x, size, stride, "same");
            const other = normalTensor(random, largest.shape);
            const [otherScale, otherShift] = [vector(random, shape), vector(random, shape)];
            const normalised = tf.add(tf.mul(other, otherScale), otherShift);
            const what = `[${shape.join(", ")}], windows of ${size}, stride ${stride}`;
            const addends = [
              [null, tf.zerosLike(largest)],
              [{ value: other, scale: null, shift: null }, other],
              [{ value: other, scale: otherScale, shift: otherShift }, normalised],
            ] as const;
            for (const [addend, added] of addends) {
              const read = { value, scale, shift };
              near(averagePoolOnto(read, window, addend), tf.add(mean, added), what);
              const result = maxPoolOnto(read, window, addend, true);
              near(result.out, tf.add(largest, added), what);
              near(maxPoolOnto({ value: x, scale: null, shift: null }, window, addend, false).out, result.out, what);
              // The backward pass sees the pool alone, whatever was added.
              const d = normalTensor(random, largest.shape);
              const kept = { out: result.pooled ?? result.out, places: result.places };
              const back = tf.grad((a) => tf.maxPool(a as tf.Tensor4D, size, stride, "same"))(x, d);
              near(maxPoolGradients(d, x, kept, window, null), back, what);
            }
          }
        }
      }),
    );

    it(
      "give the gradient to the first of equal numbers, row by row",
      tidily(() => {
        const x = tf.tensor4d([1, 2, 2, 2], [1, 2, 2, 1]);
        const d = tf.tensor4d([5], [1, 1, 1, 1]);
        const result = maxPool(x, whole, true);
        deepEqual([...maxPoolGradients(d, x, result, whole, null).dataSync()], [0, 5, 0, 0]);
        // Windows that overlap, on one plane of equal numbers: each has its first pixel inside of the image.
        const flat = tf.ones<tf.Rank.R4>([1, 3, 3, 1]);
        const window = { size: 3, stride: 1, padding: "same" as const };
        const back = maxPoolGradients(tf.ones([1, 3, 3, 1]), flat, maxPool(flat, window, true), window, null);
        deepEqual([...back.dataSync()], [4, 2, 0, 2, 1, 0, 0, 0, 0]);
      }),
    );

    it(
      "remember their places only on request, and our own need nothing of the input but its shape",
      tidily(() => {
        const x = normalTensor(createRandom(1), [1, 4, 4, 3]);
        equal(maxPool(x, whole, false).places, null);
        const result = maxPool(x, whole, true);
        if (kind === "tensorflow") {
          equal(result.places, null);
          return;
        }
        const d = tf.ones<tf.Rank.R4>([1, 2, 2, 3]);
        deepEqual(
          maxPoolGradients(d, { shape: x.shape }, result, whole, null).dataSync(),
          maxPoolGradients(d, x, { ...result, places: null }, whole, null).dataSync(),
        );
      }),
    );

    it(
      "show what is not a number: a mean always, a maximum with our own kernels",
      tidily(() => {
        for (const place of [0, 1, 2, 3]) {
          const numbers = [1, 2, 3, 4];
          numbers[place] = NaN;
          const x = tf.tensor4d(numbers, [1, 2, 2, 1]);
          equal(averagePool(x, whole).dataSync()[0], NaN);
          const seen = maxPool(x, whole, true).out.dataSync()[0];
          if (kind === "own") equal(seen, NaN);
          else notEqual(seen, NaN);
          // Among 9 channels, 8 of which are taken at a time, it stays in its own.
          const channels = Array.from({ length: 36 }, (_, index) => index % 7);
          channels[place * 9 + 2 * place] = NaN;
          const all = maxPool(tf.tensor4d(channels, [1, 2, 2, 9]), whole, true).out.dataSync();
          const strange = [...all].flatMap((each, channel) => (Number.isNaN(each) ? [channel] : []));
          deepEqual(strange, kind === "own" ? [2 * place] : []);
        }
      }),
    );

    it(
      "take what is infinite",
      tidily(() => {
        const x = tf.tensor4d([-Infinity, -Infinity, -Infinity, 1, -Infinity, 2, Infinity, 3], [1, 2, 4, 1]);
        deepEqual([...maxPool(x, whole, true).out.dataSync()], [2, Infinity]);
        if (kind === "tensorflow") return; // Theirs begin at the smallest finite number.
        const below = tf.fill<tf.Rank.R4>([1, 2, 2, 1], -Infinity);
        equal(maxPool(below, whole, true).out.dataSync()[0], -Infinity);
      }),
    );

    it("leave no tensors behind", () => {
      const x = normalTensor(createRandom(1), [2, 6, 5, 9]);
      const window = { size: 3, stride: 1, padding: "same" as const };
      leavesNothing(() => averagePool(x, window));
      leavesNothing(() => averagePoolGradients(x, x.shape, window, x));
      leavesNothing(() => maxPool(x, window, false).out);
      leavesNothing(() => {
        const { out, places } = maxPool(x, window, true);
        return [out, maxPoolGradients(x, x, { out, places }, window, x), ...(places === null ? [] : [places])];
      });
      x.dispose();
    });

    it(
      "refuse tensors that do not fit, and whole numbers, as errors of JavaScript",
      tidily(() => {
        const window = { size: 3, stride: 1, padding: "same" as const };
        throws(() => maxPool(tf.ones<tf.Rank>([4, 4]) as tf.Tensor4D, window, true));
        throws(() => averagePool(tf.ones<tf.Rank>([4, 4]) as tf.Tensor4D, window));
        const read = { value: tf.ones<tf.Rank.R4>([1, 4, 4, 2]), scale: null, shift: null };
        const wrong = { value: tf.ones<tf.Rank.R4>([1, 4, 3, 2]), scale: null, shift: null };
        throws(() => averagePoolOnto(read, window, wrong));
        throws(() => maxPoolOnto(read, window, wrong, true));
        if (kind !== "own") return;
        throws(() => averagePoolOnto(read, window, wrong), /addend has the shape/);
        const three = { value: read.value, scale: tf.ones<tf.Rank.R1>([3]), shift: tf.ones<tf.Rank.R1>([3]) };
        throws(() => averagePoolOnto(three, window, null), /in_scale has the shape/);
        throws(() => maxPoolOnto(read, window, three, true), /scale has the shape/);
        throws(() => averagePoolGradients(tf.ones([1, 3, 4, 2]), [1, 9, 4, 2], window, null), /d has the shape/);
        throws(() => maxPool(tf.ones([1, 4, 4, 2], "int32"), window, true), /float/);
        throws(() => averagePool(tf.ones([1, 2, 4, 2]), { ...window, padding: "valid" }), /smaller than the window/);
        throws(() => maxPool(tf.ones([1, 4, 0, 2]), window, true), /expected four sizes from 1/);
        const x = tf.ones<tf.Rank.R4>([1, 4, 4, 2]);
        const other = maxPool(tf.ones([1, 4, 4, 4]), window, true);
        throws(() => maxPoolGradients(x, x, other, window, null), /places has the shape \[16\], expected \[8\]/);
        throws(() => averagePoolGradients(x, x.shape, window, tf.ones([1, 4, 5, 2])), /base of a gradient/);
      }),
    );
  });
});
