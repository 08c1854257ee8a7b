import { deepEqual, equal, ok } from "node:assert/strict";

import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { isDirect } from "../../../lib/kernels/direct-tensor";
import { borrowForRun, takeFromRun } from "../../../lib/networks/run/borrowed-tensors";
import { planNetwork } from "../../../lib/networks/run/plan";
import { createWeights } from "../../../lib/networks/weights/weight-bank";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { needOwnKernels } from "../../helpers/kernels";
import { kernelKinds, imagesOf, leavesNothing, weightsOfGraph, withKernels } from "../helpers";
import { patterns } from "./pattern-graphs";

describe("borrowForRun(plan, weights, images, moving)", () => {
  const { graph } = patterns["half of a separable operation"]!;
  const plan = planNetwork(graph);
  const weights = weightsOfGraph(graph);
  const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
  const images = imagesOf({ height, width, channels }, 2);

  after(() => {
    weights.dispose();
    images.dispose();
  });

  for (const kind of kernelKinds) {
    it(`gives images and weights with the numbers that they have, and leaves nothing, with the kernels of ${kind}`, () => {
      withKernels(kind, () => {
        leavesNothing(() => {
          for (const moving of [false, true]) {
            const borrowed = borrowForRun(plan, weights.of, images, moving);
            equal(isDirect(borrowed.images), kind === "own");
            deepEqual(borrowed.images.dataSync(), images.dataSync());
            for (const { node, name, trainable } of plan.weights) {
              const weight = borrowed.weights(node, name);
              equal(isDirect(weight), kind === "own" && (trainable || moving));
              deepEqual(weight.dataSync(), weights.of(node, name).dataSync());
            }
            borrowed.images.dispose();
            borrowed.release();
          }
        });
        equal(images.isDisposed, false);
      });
    });
  }

  it("borrows the weights of a bank once, for all runs, and others for one run", function () {
    needOwnKernels(this);
    const bank = createWeights(namedWeightsOf(graph), createRandom(1));
    const { node, name } = plan.weights[0]!;
    const other = tf.tidy(() => tf.variable(tf.add(bank.of(node, name), 0)));
    const withOther = (each: string, weight: string) =>
      each === node && weight === name ? other : bank.of(each, weight);
    for (const [source, standing] of [
      [bank.of, true],
      [withOther, false],
    ] as const) {
      const read = [1, 2].map(() => {
        const borrowed = borrowForRun(plan, source, images, false);
        const weight = borrowed.weights(node, name);
        borrowed.images.dispose();
        borrowed.release();
        return weight;
      });
      equal(read[0] === read[1], standing);
      equal(read[0]!.isDisposed, !standing);
    }
    other.dispose();
    bank.dispose();
  });
});

describe("takeFromRun(tensors)", () => {
  it("makes all of them TensorFlow's, in their order", () => {
    const plain = tf.scalar(1);
    const { graph } = patterns["half of a separable operation"]!;
    const weights = weightsOfGraph(graph);
    const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
    const images = imagesOf({ height, width, channels }, 1);
    const borrowed = borrowForRun(planNetwork(graph), weights.of, images, false);
    const [first, second] = takeFromRun([borrowed.images, plain]);
    ok(!isDirect(first!) && second === plain);
    deepEqual(first!.dataSync(), images.dataSync());
    borrowed.release();
    tf.dispose([first!, plain, images]);
    weights.dispose();
  });
});
