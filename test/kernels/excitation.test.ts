import { equal, throws } from "node:assert/strict";

import {
  excitation,
  excitationGradients,
  type ExcitationResult,
  type ExcitationWeights,
} from "../../lib/kernels/excitation";
import { asItIs, type Readable } from "../../lib/kernels/normalised";
import { createRandom, type RandomGenerator } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

/** Images, and how many numbers their means are reduced to. */
const cases: [[number, number, number, number], number][] = [
  [[2, 9, 7, 3], 1],
  [[1, 1, 1, 1], 1],
  [[3, 16, 16, 20], 5],
  [[33, 4, 4, 80], 20],
  [[2, 5, 3, 37], 9],
  [[5, 8, 8, 96], 24],
];

function weightsOf(random: RandomGenerator, channels: number, hidden: number): ExcitationWeights {
  return {
    reduce: normalTensor<tf.Rank.R2>(random, [channels, hidden]),
    reduceBias: normalTensor<tf.Rank.R1>(random, [hidden]),
    expand: normalTensor<tf.Rank.R2>(random, [hidden, channels]),
    expandBias: normalTensor<tf.Rank.R1>(random, [channels]),
  };
}

/** The same in TensorFlow.js's own operations. */
function stock(x: tf.Tensor, weights: ExcitationWeights, skip: tf.Tensor | null, relu: boolean): tf.Tensor {
  const inner = tf.relu(tf.add(tf.matMul(tf.mean(x, [1, 2]), weights.reduce), weights.reduceBias));
  const gates = tf.sigmoid(tf.add(tf.matMul(inner as tf.Tensor2D, weights.expand), weights.expandBias));
  const product = tf.mul(x, tf.reshape(gates, [x.shape[0], 1, 1, x.shape[3]!]));
  const sum = skip === null ? product : tf.add(product, skip);
  return relu ? tf.relu(sum) : sum;
}

const seen = ({ value, scale, shift }: Readable) => (scale === null ? value : tf.add(tf.mul(value, scale), shift!));

const tensorsOf = (result: ExcitationResult) => [result.out, result.means, result.inner, result.gates];

describe("excitation(x, weights, skip, relu) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const [shape, hidden] of cases) {
      it(
        `agree with TensorFlow.js for [${shape.join(", ")}], as it is or normalised, with a sum, a ReLU and without`,
        tidily(() => {
          const random = createRandom(6);
          const [value, other, d] = [0, 1, 2].map(() => normalTensor(random, shape)) as [
            tf.Tensor4D,
            tf.Tensor4D,
            tf.Tensor4D,
          ];
          const of = () => normalTensor<tf.Rank.R1>(random, [shape[3]]);
          const weights = weightsOf(random, shape[3], hidden);
          const { reduce, reduceBias, expand, expandBias } = weights;
          for (const x of [asItIs(value), { value, scale: of(), shift: of() }]) {
            for (const skip of [null, asItIs(other), { value: other, scale: of(), shift: of() }]) {
              for (const relu of [false, true]) {
                const place = `${x.scale !== null} ${skip === null ? "none" : skip.scale !== null} ${relu}`;
                const added = skip === null ? null : seen(skip);
                const result = excitation(x, weights, skip, relu);
                near(result.out, stock(seen(x), weights, added, relu), place);
                const compute = (a: tf.Tensor, b: tf.Tensor, ...[one, two, three, four]: tf.Tensor[]) => {
                  const given = { reduce: one, reduceBias: two, expand: three, expandBias: four } as ExcitationWeights;
                  // What is not added has a gradient of 0.
                  return stock(a, given, skip === null ? tf.mul(b, 0) : b, relu);
                };
                const all = [seen(x), added ?? tf.zeros(shape), reduce, reduceBias, expand, expandBias];
                const expected = tf.grads(compute)(all, d);
                const mean: tf.Tensor1D = tf.mean(value, [0, 1, 2]);
                const back = { added: skip !== null, relu, inputMean: mean };
                const found = excitationGradients(d, x, weights, result, back);
                near(found.x, expected[0]!, place);
                equal(found.skip !== null, skip !== null && relu);
                if (found.skip !== null) near(found.skip, expected[1]!, place);
                near(found.reduce, expected[2]!, place);
                near(found.reduceBias, expected[3]!, place);
                near(found.expand, expected[4]!, place);
                near(found.expandBias, expected[5]!, place);
                if (kind === "tensorflow") continue;
                const centred = tf.mul(expected[0]!, tf.sub(value, mean));
                const sums = tf.stack([tf.sum(expected[0]!, [0, 1, 2]), tf.sum(centred, [0, 1, 2])]);
                near(found.inputSums!, sums, place);
                equal(excitationGradients(d, x, weights, result, { ...back, inputMean: null }).inputSums, null);
              }
            }
          }
        }),
      );
    }

    it("leaves no tensors behind", () => {
      const random = createRandom(1);
      const value = normalTensor(random, [2, 6, 5, 9]);
      const weights = weightsOf(random, 9, 3);
      leavesNothing(() => tensorsOf(excitation(asItIs(value), weights, asItIs(value), true)));
      const result = excitation(asItIs(value), weights, null, true);
      leavesNothing(() => {
        const gradients = excitationGradients(value, asItIs(value), weights, result, {
          ...{ added: true, relu: true, inputMean: weights.expandBias },
        });
        return Object.values(gradients).filter((tensor): tensor is tf.Tensor => tensor !== null);
      });
      tf.dispose([value, ...Object.values(weights), ...tensorsOf(result)]);
    });

    if (kind === "own")
      it(
        "refuse tensors that do not fit, as errors of JavaScript",
        tidily(() => {
          const random = createRandom(2);
          const weights = weightsOf(random, 3, 2);
          const x = asItIs(normalTensor(random, [2, 4, 4, 3]));
          const excite =
            (changed: object, skip: Readable | null = null, of = x) =>
            () =>
              excitation(of, { ...weights, ...changed }, skip, true).out.dataSync();
          throws(excite({ reduce: tf.ones([4, 2]) }), /reduce has the shape \[4, 2\]/);
          throws(excite({ expand: tf.ones([2, 4]) }), /expand has the shape/);
          throws(excite({ reduceBias: tf.ones([3]) }), /reduce_bias/);
          throws(excite({}, asItIs(tf.ones([2, 4, 5, 3]))), /skip has the shape/);
          throws(excite({}, null, { ...x, scale: tf.ones([2]), shift: tf.ones([2]) }), /in_scale/);
          throws(excite({}, null, asItIs(tf.ones<tf.Rank>([4, 3]) as tf.Tensor4D)));
          const result = excitation(x, weights, null, true);
          const back = { added: false, relu: true, inputMean: null };
          throws(
            () => excitationGradients(tf.ones([2, 4, 5, 3]), x, weights, result, back).x.dataSync(),
            /d has the shape/,
          );
        }),
      );
  });
});
