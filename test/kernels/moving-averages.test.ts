import { deepEqual, equal, throws } from "node:assert/strict";

import { directMemory } from "../../lib/kernels/direct-tensor";
import { moveAverages } from "../../lib/kernels/moving-averages";
import { allowBorrowing, disposeBorrowed } from "../../lib/kernels/borrowed-variables";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { near, normalTensor, withBothKernels } from "../helpers/kernels";

describe("moveAverages(averages, values, keep)", () => {
  withBothKernels(() => {
    it("follows the formula, for one number and for more than a thread takes at once, and leaves the values", () => {
      const random = createRandom(2);
      for (const keep of [0, 0.75, 0.99, 1]) {
        const shapes = [[1], [], [3, 3, 20, 1], [50_001], [7, 300]];
        const starts = shapes.map((shape) => normalTensor<tf.Rank>(random, shape));
        const values = shapes.map((shape) => normalTensor<tf.Rank>(random, shape));
        const averages = starts.map((start) => allowBorrowing(tf.tidy(() => tf.variable(start, false))));
        const kept = values.map((value) => [...value.dataSync()]);
        for (let step = 0; step < 2; step++) moveAverages(averages, values, keep);
        averages.forEach((average, index) => {
          const expected = tf.tidy(() =>
            tf.add(tf.mul(starts[index]!, keep ** 2), tf.mul(values[index]!, 1 - keep ** 2)),
          );
          near(average, expected, `keep ${keep}`);
          deepEqual([...values[index]!.dataSync()], kept[index]);
          expected.dispose();
        });
        disposeBorrowed(averages);
        tf.dispose([starts, values]);
      }
    });

    it("changes nobody else's memory, and leaves nothing behind", () => {
      const start = tf.tensor1d([1, 2, 3]);
      const value = tf.tensor1d([5, 5, 5]);
      const average = tf.tidy(() => tf.variable(start, false));
      const clone = tf.clone(average);
      const before = [tf.memory().numTensors, directMemory().tensors];
      moveAverages([average], [value], 0.5);
      deepEqual([tf.memory().numTensors, directMemory().tensors], before);
      deepEqual([...average.dataSync()], [3, 3.5, 4]);
      for (const other of [start, clone]) deepEqual([...other.dataSync()], [1, 2, 3]);
      tf.dispose([start, value, average, clone]);
    });

    it("refuses lists that do not fit, and does nothing for none", () => {
      const average = tf.tidy(() => tf.variable(tf.zeros([2]), false));
      const value = tf.ones([2, 2]);
      throws(() => {
        moveAverages([average], [], 0.5);
      }, Problem);
      throws(() => {
        moveAverages([average], [value], 0.5);
      });
      moveAverages([], [], 0.5);
      equal(average.dataSync()[0], 0);
      tf.dispose([average, value]);
    });
  });
});
