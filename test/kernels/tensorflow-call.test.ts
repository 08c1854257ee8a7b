import { deepEqual, equal, throws } from "node:assert/strict";

import { flag, float, float32, integer, text } from "../../lib/kernels/attributes";
import { callTensorflow, markOwn, nothing, ownsAlone } from "../../lib/kernels/tensorflow-call";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, tidily } from "../helpers/kernels";

describe("callTensorflow(name, attributes, inputs, outputs)", () => {
  it(
    "calls TensorFlow's kernel of that name with attributes of every kind",
    tidily(() => {
      const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      const window = [integer("ksize", [1, 2, 2, 1]), integer("strides", [1, 2, 2, 1])];
      const attributes = [float32("T"), ...window, text("padding", "VALID"), text("data_format", "NHWC")];
      const [largest] = callTensorflow("MaxPool", attributes, [x], 1);
      deepEqual([...largest!.dataSync()], [4]);
      const [, mean] = callTensorflow(
        "FusedBatchNormV3",
        [
          float32("T"),
          float32("U"),
          float("epsilon", 0.5),
          float("exponential_avg_factor", 1),
          text("data_format", "NHWC"),
          flag("is_training", true),
        ],
        [x, tf.ones([1]), tf.zeros([1]), nothing(), nothing()],
        6,
      );
      deepEqual([...mean!.dataSync()], [2.5]);
    }),
  );

  it("is an error where there is no such kernel", () => {
    throws(() => callTensorflow("NoSuchKernel", [], [], 1), /NoSuchKernel/);
  });

  it("leaves nothing behind but its outputs", () => {
    const x = tf.ones([3]);
    leavesNothing(() => callTensorflow("ReluGrad", [float32("T")], [x, x], 1));
    x.dispose();
  });
});

describe("nothing()", () => {
  it("is one tensor without numbers, which a tidy does not dispose", () => {
    const empty = tf.tidy(() => nothing());
    equal(empty.isDisposed, false);
    deepEqual(empty.shape, [0]);
    equal(nothing(), empty);
  });

  it("is made again where somebody disposed it", () => {
    nothing().dispose();
    equal(nothing().isDisposed, false);
  });
});

describe("ownsAlone(tensor)", () => {
  it(
    "is true of what a kernel has made, and of what is marked, as long as no clone holds it",
    tidily(() => {
      const x = tf.ones([2, 3]);
      equal(ownsAlone(x), false);
      const [made] = callTensorflow("ReluGrad", [float32("T")], [x, x], 1) as [tf.Tensor];
      equal(ownsAlone(made), true);
      const clone = tf.clone(made);
      equal(ownsAlone(made), false);
      clone.dispose();
      equal(ownsAlone(made), true);
      equal(ownsAlone(markOwn(tf.add(x, 1))), true);
    }),
  );

  it(
    "is false of what TensorFlow makes on another's memory",
    tidily(() => {
      const x = markOwn(tf.add<tf.Tensor2D>(tf.ones([4, 16]), 1));
      const views = [tf.reshape(x, [64]), tf.expandDims(x), tf.slice(x, [0, 0], [2, 16]), tf.transpose(x, [0, 1])];
      for (const view of [...views, ...tf.split(x, 2)]) equal(ownsAlone(view), false);
    }),
  );
});
