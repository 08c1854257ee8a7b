import { deepEqual, ok, throws } from "node:assert/strict";

import { crossEntropy } from "../../../lib/networks/train/cross-entropy";
import { Problem } from "../../../lib/runtime/problem";
import { tf } from "../../../lib/runtime/tensorflow";
import { leavesNothing, randomTensor } from "../helpers";

/** The loss and its gradient in float64: -Σ label · log softmax, and softmax · Σ label - label, weighted, by the count. */
function byHand(logits: readonly number[][], labels: readonly number[][], weights = logits.map(() => 1)) {
  const batch = logits.length;
  let loss = 0;
  const gradient = logits.flatMap((row, image) => {
    const shifted = row.map((logit) => logit - Math.max(...row));
    const logSum = Math.log(shifted.reduce((sum, logit) => sum + Math.exp(logit), 0));
    shifted.forEach((logit, index) => (loss += (weights[image]! * labels[image]![index]! * (logSum - logit)) / batch));
    return shifted.map(
      (logit, index) => (weights[image]! * (Math.exp(logit - logSum) - labels[image]![index]!)) / batch,
    );
  });
  return { loss, gradient };
}

function check(logits: readonly number[][], labels: readonly number[][], weights?: readonly number[]): void {
  const expected = byHand(logits, labels, weights === undefined ? undefined : [...weights]);
  leavesNothing(() => {
    const given = [tf.tensor2d(logits.map((row) => [...row])), tf.tensor2d(labels.map((row) => [...row]))] as const;
    const weight = weights === undefined ? null : tf.tensor1d([...weights]);
    const { loss, gradient } = crossEntropy(given[0], given[1], weight);
    deepEqual([loss.shape, gradient.shape], [[], given[0].shape]);
    const [found] = loss.dataSync();
    ok(Math.abs(found! - expected.loss) <= 1e-6 * (1 + Math.abs(expected.loss)), `${found!} is not ${expected.loss}`);
    gradient.dataSync().forEach((value, index) => {
      ok(
        Math.abs(value - expected.gradient[index]!) <= 1e-6,
        `${value} at ${index} is not ${expected.gradient[index]!}`,
      );
    });
    tf.dispose([...given, weight ?? [], loss, gradient]);
  });
}

const labels = [
  [1, 0, 0],
  [0, 0, 1],
];

describe("crossEntropy(logits, labels, weights)", () => {
  it("is the formula, for labels of one class, smoothed and mixed ones", () => {
    const logits = [
      [0.3, -2, 1.5],
      [4, 0, -0.7],
    ];
    check(logits, labels);
    check(logits, [
      [0.9, 0.05, 0.05],
      [0.25, 0, 0.75],
    ]);
    check([[0, 0]], [[0.5, 0.5]]);
  });

  it("stays exact where powers of the logits would overflow or vanish", () => {
    check(
      [
        [1e4, -1e4, 9990],
        [-3e30, 1e30, 1e30],
      ],
      labels,
    );
    check([[-1e5, -1e5, -1e5 - 3]], [[0.5, 0, 0.5]]);
  });

  it("weights images", () => {
    const logits = [
      [0.3, -2, 1.5],
      [4, 0, -0.7],
    ];
    check(logits, labels, [2, 0.25]);
    check(logits, labels, [0, 1]);
    check(logits, labels, [1, 1]);
  });

  it("takes labels as whole numbers, as tf.oneHot gives them", () => {
    const logits = randomTensor([4, 3], 1) as tf.Tensor2D;
    const whole = tf.oneHot(tf.tensor1d([0, 2, 1, 1], "int32"), 3) as tf.Tensor2D;
    const [one, other] = [crossEntropy(logits, whole), crossEntropy(logits, whole.toFloat())];
    deepEqual(one.loss.dataSync(), other.loss.dataSync());
    deepEqual(one.gradient.dataSync(), other.gradient.dataSync());
    tf.dispose([logits, whole, { ...one }, { ...other }]);
  });

  it("names labels or weights of another shape", () => {
    const logits = tf.zeros<tf.Rank.R2>([4, 2]);
    const refuses = (shape: [number, number], weights: tf.Tensor | null, message: RegExp) => {
      const given = tf.zeros<tf.Rank.R2>(shape);
      leavesNothing(() => {
        throws(
          () => crossEntropy(logits, given, weights as tf.Tensor1D | null),
          (error) => error instanceof Problem && message.test(error.message),
        );
      });
      given.dispose();
    };
    refuses([4, 3], null, /Labels of shape \[4, 3\] were given for logits of shape \[4, 2\]/);
    refuses([1, 2], null, /Labels of shape \[1, 2\]/);
    refuses([4, 2], tf.zeros([3]), /and weights of shape \[3\] were given for logits of shape \[4, 2\]/);
    // Broadcast, these would give every image the sum of all weights.
    refuses([4, 2], tf.zeros([4, 1]), /and weights of shape \[4, 1\]/);
    logits.dispose();
  });
});
