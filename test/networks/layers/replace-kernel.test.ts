import { deepEqual, equal, throws } from "node:assert/strict";

import { replaceKernel } from "../../../lib/networks/layers/replace-kernel";
import type { KernelReplacement } from "../../../lib/networks/layers/replace-kernel";
import { tf } from "../../../lib/runtime/tensorflow";

/** A square that is one too large, with a gradient that is one too large. */
const wrongSquare: KernelReplacement = {
  name: "Square",
  forward: (stock) => (call) => tf.add(stock(call) as tf.Tensor, 1),
  gradient: (stock) => ({
    inputsToSave: ["x"],
    gradFunc(d, saved, attributes) {
      const { x } = stock.gradFunc(d, saved, attributes);
      return { x: () => tf.add(x!(), 1) };
    },
  }),
};
const square = (x: number) => tf.tidy(() => tf.square(x).dataSync()[0]!);
const slope = (x: number) =>
  tf.tidy(
    () =>
      tf
        .grad((given: tf.Tensor) => tf.square(given))(tf.scalar(x))
        .dataSync()[0]!,
  );

describe("replaceKernel(replacement)", () => {
  it("puts a forward and a backward pass in a kernel's place, which may call those that were there, until it is undone", () => {
    deepEqual([square(3), slope(3)], [9, 6]);
    const undo = replaceKernel(wrongSquare);
    deepEqual([square(3), slope(3)], [10, 7]);
    undo();
    deepEqual([square(3), slope(3)], [9, 6]);
    undo();
    equal(square(3), 9);
  });

  it("leaves the forward pass as it is on request", () => {
    const kernel = tf.getKernel("Square", "tensorflow");
    const undo = replaceKernel({ ...wrongSquare, forward: null });
    deepEqual([square(3), slope(3)], [9, 7]);
    undo();
    equal(tf.getKernel("Square", "tensorflow"), kernel);
  });

  it("computes by the kernel that was there what the replacement asks of TensorFlow.js's function", () => {
    const forward: KernelReplacement["forward"] = () => (call) => tf.mul(tf.square(call.inputs.x as tf.Tensor), 2);
    const undo = replaceKernel({ ...wrongSquare, forward });
    equal(square(3), 18);
    equal(square(4), 32);
    undo();
  });

  it("goes on after a replacement that threw", () => {
    let broken = true;
    const undo = replaceKernel({
      ...wrongSquare,
      forward: (stock) => (call) => {
        if (broken) throw new Error("Broken.");
        return tf.neg(stock(call) as tf.Tensor);
      },
    });
    throws(() => square(3), { message: "Broken." });
    broken = false;
    equal(square(3), -9);
    undo();
  });

  it("does not undo what somebody else has put in its place since", () => {
    const undo = replaceKernel(wrongSquare);
    const undoNext = replaceKernel(wrongSquare);
    deepEqual([square(3), slope(3)], [11, 8]);
    undo();
    deepEqual([square(3), slope(3)], [11, 8]);
    undoNext();
    undo();
    deepEqual([square(3), slope(3)], [9, 6]);
  });
});
