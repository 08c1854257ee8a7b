import { deepEqual, equal, throws } from "node:assert/strict";

import { callIsRecorded, onlyOnce, backwardIsRecorded } from "../../../lib/networks/layers/recording";
import { replaceKernel } from "../../../lib/networks/layers/replace-kernel";
import { tf } from "../../../lib/runtime/tensorflow";

describe("callIsRecorded() and backwardIsRecorded()", () => {
  const forward: boolean[] = [];
  const backward: boolean[] = [];
  let undo: () => void;
  before(() => {
    undo = replaceKernel({
      name: "Square",
      forward: (stock) => (call) => {
        forward.push(callIsRecorded());
        return stock(call);
      },
      gradient: (stock) => ({
        inputsToSave: ["x"],
        gradFunc(d, saved, attributes) {
          backward.push(backwardIsRecorded());
          return stock.gradFunc(d, saved, attributes);
        },
      }),
    });
  });
  beforeEach(() => {
    forward.length = backward.length = 0;
  });
  after(() => {
    undo();
  });
  const square = (x: tf.Tensor) => tf.square(x);

  it("are false where nothing is differentiated", () => {
    tf.tidy(() => square(tf.scalar(2)));
    deepEqual([forward, backward], [[false], []]);
    deepEqual([callIsRecorded(), backwardIsRecorded()], [false, false]);
  });

  it("say that the forward pass is recorded in a gradient, and the backward pass in a gradient of a gradient", () => {
    tf.tidy(() => tf.grad(square)(tf.scalar(2)));
    deepEqual([forward, backward], [[true], [false]]);
    tf.tidy(() => tf.grad((x: tf.Tensor) => tf.grad(square)(x))(tf.scalar(2)));
    deepEqual(
      [forward, backward.slice(0, 2)],
      [
        [true, true],
        [false, true],
      ],
    );
  });

  it("say that nothing is recorded within an operation with a gradient of its own", () => {
    const own = tf.customGrad((x) => ({ value: square(x as tf.Tensor), gradFunc: (d) => [d] }));
    tf.tidy(() => tf.grad((x: tf.Tensor) => own(x))(tf.scalar(2)));
    deepEqual([forward, backward], [[false], []]);
  });
});

describe("onlyOnce(what, d, compute)", () => {
  const image = (value: number) => tf.fill<tf.Rank.R4>([1, 1, 1, 1], value);
  const half = (d: tf.Tensor4D) => onlyOnce("a half", d, (given) => tf.mul(given, 0.5));
  const halved = tf.customGrad((x) => ({
    value: tf.mul(x as tf.Tensor, 0.5),
    gradFunc: (d) => half(d as tf.Tensor4D),
  }));

  it("gives what was computed", () => {
    equal(
      tf.tidy(
        () =>
          tf
            .grad((x: tf.Tensor) => halved(x))(image(3))
            .dataSync()[0],
      ),
      0.5,
    );
  });

  it("says that a gradient of the gradient is not to be had, where it is asked for", () => {
    const slope = (x: tf.Tensor) => tf.grad((given: tf.Tensor) => tf.square(halved(given)))(x);
    equal(
      tf.tidy(() => slope(image(3)).dataSync()[0]),
      1.5,
    );
    throws(() => tf.tidy(() => tf.grad(slope)(image(3))), {
      name: "Problem",
      message: /The gradient of a half was to be differentiated once more, which TensorFlow.js cannot do/,
    });
  });
});
