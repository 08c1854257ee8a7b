import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { buildNetwork } from "../../../lib/space/build";
import { presets } from "../../../lib/space/presets";
import { sampleArchitecture } from "../../../lib/space/sample";
import type { Graph } from "../../../lib/graph/graph";
import { layers } from "../../../lib/graph/layer";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { planNetwork } from "../../../lib/networks/run/plan";
import { runNetwork } from "../../../lib/networks/run/run-network";
import { crossEntropy } from "../../../lib/networks/train/cross-entropy";
import { disposeLoss, lossAndGradients, type LossOptions } from "../../../lib/networks/train/loss-and-gradients";
import { createWeights, type WeightBank } from "../../../lib/networks/weights/weight-bank";
import { Problem } from "../../../lib/runtime/problem";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { createOptimiser } from "../../../lib/train/optimiser";
import {
  imagesOf,
  kernelKinds,
  leavesNothing,
  lengthOf,
  near,
  stockGradients,
  takeGradients,
  valuesOf,
  weightsOfGraph,
  withKernels,
} from "../helpers";
import { oddSize, wholeGraph } from "../model/example-graphs";

/** Labels that are no single class each, of three classes. */
const mixed = () =>
  tf.tensor2d([
    [0.8, 0.1, 0.1],
    [0, 1, 0],
    [0.5, 0, 0.5],
    [0.2, 0.3, 0.5],
  ]);

/** The loss alone. */
function lossOf(
  graph: Graph,
  weights: WeightBank,
  x: tf.Tensor4D,
  labels: tf.Tensor2D,
  options?: Partial<LossOptions>,
) {
  const result = lossAndGradients(planNetwork(graph), weights.of, x, labels, options);
  const [value] = result.loss.dataSync();
  disposeLoss(result);
  return value!;
}

/** A tiny network without kinks, for differences. */
function smooth(): Graph {
  const builder = startGraph("Smooth", { height: 5, width: 4, channels: 1 });
  const first = builder.add("first", layers.convolution({ size: 3, filters: 4 }), builder.input);
  const norm = builder.add("norm", layers.batchNormalisation(), first);
  const bent = builder.add("tanh", layers.activation("tanh"), norm);
  const mean = builder.add("mean", layers.globalAveragePool(), bent);
  return builder.finish(builder.add("logits", layers.dense({ units: 3 }), mean));
}

describe("lossAndGradients(plan, weights, images, labels, options)", () => {
  it("gives the slope of the loss: central differences along the gradient and across it", () => {
    const graph = smooth();
    const [weights, labels] = [weightsOfGraph(graph), mixed()];
    const x = imagesOf({ height: 5, width: 4, channels: 1 }, 4);
    const options = { imageWeights: tf.tensor1d([1, 2, 0.5, 0.5]) };
    for (const kind of kernelKinds) {
      withKernels(kind, () => {
        const { loss, logits, gradients, statistics } = lossAndGradients(
          planNetwork(graph),
          weights.of,
          x,
          labels,
          options,
        );
        const values = new Map([...gradients].map(([key, gradient]) => [key, gradient.dataSync().slice()]));
        const norm = Math.hypot(...[...values.values()].flatMap((list) => [...list]));
        for (const seed of [null, 1, 2]) {
          const random = createRandom(seed ?? 0);
          // A direction of length 1: that of the gradient, or one with a random change to it.
          const raw = new Map(
            [...values].map(([key, list]) => [
              key,
              [...list].map((value) => (seed === null ? value / norm : value / norm + random.normal(0, 0.1))),
            ]),
          );
          const size = Math.hypot(...[...raw.values()].flat());
          const slope = [...raw].reduce(
            (sum, [key, list]) =>
              sum + list.reduce((part, value, index) => part + (value / size) * values.get(key)![index]!, 0),
            0,
          );
          const moved = (by: number) => {
            const before = new Map([...raw.keys()].map((key) => [key, tf.clone(weights.get(key))]));
            for (const [key, list] of raw) {
              const variable = weights.get(key);
              const changed = tf.tidy(() =>
                tf.add(
                  variable,
                  tf.tensor(
                    list.map((value) => (value / size) * by),
                    variable.shape,
                  ),
                ),
              );
              variable.assign(changed);
              changed.dispose();
            }
            const value = lossOf(graph, weights, x, labels, options);
            for (const [key, tensor] of before) {
              weights.get(key).assign(tensor);
              tensor.dispose();
            }
            return value;
          };
          const found = (moved(0.02) - moved(-0.02)) / 0.04;
          ok(Math.abs(found - slope) < 2e-3 * norm, `${found}, expected ${slope}, of ${norm}`);
        }
        disposeLoss({ loss, logits, gradients, statistics });
      });
    }
    weights.dispose();
    tf.dispose([x, labels, options.imageWeights]);
  });

  it("gives loss, logits and statistics of the same run, and TensorFlow.js's gradients", () => {
    const graph = wholeGraph(0.3);
    const [weights, labels, x] = [weightsOfGraph(graph), mixed(), imagesOf(oddSize, 4)];
    const imageWeights = tf.tensor1d([1, 2, 0.5, 0.5]);
    const random = createRandom(7);
    for (const auxiliaryWeight of [0.4, 1.5]) {
      const options = { dropout: random, imageWeights, auxiliaryWeight };
      const result = lossAndGradients(planNetwork(graph), weights.of, x, labels, options);
      const run = runNetwork(planNetwork(graph), weights.of, x, { statistics: "batch", dropout: random });
      const { output, statistics } = valuesOf(run);
      deepEqual(result.logits.dataSync(), output);
      deepEqual([...result.statistics.keys()], [...statistics.keys()]);
      for (const [node, [mean, variance]] of statistics) {
        deepEqual(result.statistics.get(node)!.mean.dataSync(), mean);
        deepEqual(result.statistics.get(node)!.variance.dataSync(), variance);
      }
      const main = crossEntropy(run.output, labels, imageWeights);
      const side = crossEntropy(run.auxiliary!, labels, imageWeights);
      const loss = main.loss.dataSync()[0]! + auxiliaryWeight * side.loss.dataSync()[0]!;
      ok(Math.abs(result.loss.dataSync()[0]! - loss) < 1e-6 * loss);
      const scaled = tf.mul(side.gradient, auxiliaryWeight);
      const expected = stockGradients(graph, weights, x, main.gradient, scaled, random);
      deepEqual([...result.gradients.keys()].sort(), [...expected.keys()].sort());
      // Of the convolution's weights, little is left by the normalisation behind it.
      for (const [key, values] of expected)
        near(result.gradients.get(key)!.dataSync() as Float32Array, values, 1e-3, key);
      tf.dispose([scaled, { ...main }, { ...side }]);
      run.dispose();
      disposeLoss(result);
    }
    weights.dispose();
    tf.dispose([x, labels, imageWeights]);
  });

  it("leaves statistics out where they are not asked for, and nothing else", () => {
    const graph = wholeGraph();
    const [weights, labels, x] = [weightsOfGraph(graph), mixed(), imagesOf(oddSize, 4)];
    const [one, other] = [true, false].map((noteStatistics) =>
      lossAndGradients(planNetwork(graph), weights.of, x, labels, { noteStatistics }),
    );
    deepEqual([one!.statistics.size, other!.statistics.size], [1, 0]);
    deepEqual(one!.loss.dataSync(), other!.loss.dataSync());
    deepEqual([...takeGradients(one!.gradients)], [...takeGradients(other!.gradients)]);
    disposeLoss(one!);
    disposeLoss(other!);
    weights.dispose();
    tf.dispose([x, labels]);
  });

  it("trains the auxiliary head by its weight, and not at all without", () => {
    const graph = wholeGraph();
    const [weights, labels, x] = [weightsOfGraph(graph), mixed(), imagesOf(oddSize, 4)];
    const plan = planNetwork(graph);
    const gradientsAt = (auxiliaryWeight: number) => {
      const result = lossAndGradients(plan, weights.of, x, labels, { auxiliaryWeight });
      const values = new Map(
        [...result.gradients].map(([key, tensor]) => [key, tensor.dataSync().slice() as Float32Array]),
      );
      disposeLoss(result);
      return values;
    };
    const [none, some, more] = [gradientsAt(0), gradientsAt(0.4), gradientsAt(0.8)];
    const trainable = namedWeightsOf(graph).filter(({ specification }) => specification.trainable);
    const keys = trainable.map(({ key }) => key);
    deepEqual([...some.keys()].sort(), [...keys].sort());
    deepEqual([...none.keys()].sort(), keys.filter((key) => !key.startsWith("auxiliary/")).sort());
    for (const key of keys.filter((each) => each.startsWith("auxiliary/"))) {
      ok(lengthOf(some.get(key)!) > 1e-3, key);
      near(
        more.get(key)!,
        some.get(key)!.map((value) => 2 * value),
        1e-5,
        key,
      );
    }
    // Of the part that both share, the auxiliary gradient is what is added.
    const shared = "left/relu";
    ok(graph.nodes.some(({ name, inputs }) => name.startsWith("auxiliary/") && inputs.includes(shared)));
    near(
      more.get("stem/norm/gamma")!.map((value, index) => value - none.get("stem/norm/gamma")![index]!),
      some.get("stem/norm/gamma")!.map((value, index) => 2 * (value - none.get("stem/norm/gamma")![index]!)),
      1e-3,
      "stem/norm/gamma",
    );

    const optimiser = createOptimiser(weights, { kind: "momentum", momentum: 0, nesterov: false, decay: 0, bound: 0 });
    const sideLoss = () => {
      const run = runNetwork(plan, weights.of, x, { statistics: "batch" });
      const side = crossEntropy(run.auxiliary!, labels);
      const [value] = side.loss.dataSync();
      run.dispose();
      tf.dispose({ ...side });
      return value!;
    };
    const before = sideLoss();
    const result = lossAndGradients(plan, weights.of, x, labels);
    const own = new Map([...result.gradients].filter(([key]) => key.startsWith("auxiliary/")));
    optimiser.step(own, 0.05);
    const after = sideLoss();
    ok(after < before, `${before}, then ${after}`);
    disposeLoss(result);
    optimiser.dispose();
    weights.dispose();
    tf.dispose([x, labels]);
  });

  it("leaves nothing once it is released, nor where labels or the weight of the auxiliary head are wrong", () => {
    const graph = wholeGraph(0.2);
    const plan = planNetwork(graph);
    const [weights, labels, x] = [weightsOfGraph(graph), mixed(), imagesOf(oddSize, 4)];
    const two = tf.zeros<tf.Rank.R2>([4, 2]);
    const short = tf.ones<tf.Rank.R1>([3]);
    for (const kind of kernelKinds) {
      withKernels(kind, () => {
        for (const auxiliaryWeight of [0, 0.4]) {
          leavesNothing(() => {
            disposeLoss(lossAndGradients(plan, weights.of, x, labels, { auxiliaryWeight, dropout: createRandom(1) }));
          });
        }
        const refuses = (given: tf.Tensor2D, options: Partial<LossOptions>, message: RegExp) => {
          leavesNothing(() => {
            throws(
              () => lossAndGradients(plan, weights.of, x, given, options),
              (error) => error instanceof Problem && message.test(error.message),
            );
          });
        };
        refuses(two, {}, /Labels of shape \[4, 2\] were given for logits of shape \[4, 3\]/);
        refuses(labels, { imageWeights: short }, /weights of shape \[3\]/);
        refuses(labels, { auxiliaryWeight: -1 }, /auxiliaryWeight: -1, expected a number from 0/);
        refuses(labels, { auxiliaryWeight: NaN }, /auxiliaryWeight: NaN/);
        refuses(labels, { auxiliary: 1 } as Partial<LossOptions>, /no option "auxiliary"/);
      });
    }
    weights.dispose();
    tf.dispose([x, labels, two, short]);
  });

  for (const kind of kernelKinds) {
    it(`lets a small found network learn images by heart, with the kernels of ${kind}`, () => {
      withKernels(kind, () => {
        const { space, settings } = presets.tiny;
        const size = { height: 16, width: 16, channels: 1 };
        const graph = buildNetwork(sampleArchitecture(space, createRandom(3)), size, settings);
        const plan = planNetwork(graph);
        const weights = createWeights(namedWeightsOf(graph), createRandom(5));
        const x = imagesOf(size, 32);
        const random = createRandom(9);
        const labels = tf.tidy(() => {
          const classes = Array.from({ length: 32 }, () => random.integer(0, 1));
          return tf.oneHot(tf.tensor1d(classes, "int32"), 2).toFloat() as tf.Tensor2D;
        });
        const optimiser = createOptimiser(weights, {
          kind: "momentum",
          momentum: 0.9,
          nesterov: true,
          decay: 1e-4,
          bound: 5,
        });
        const losses: number[] = [];
        while (losses.length < 60 && (losses.at(-1) ?? 1) >= 0.1) {
          const result = lossAndGradients(plan, weights.of, x, labels);
          losses.push(result.loss.dataSync()[0]!);
          optimiser.step(result.gradients, 0.05);
          disposeLoss(result);
        }
        ok(losses[0]! > 0.4 && losses.at(-1)! < 0.1, `${losses.length} steps, ${losses[0]!} to ${losses.at(-1)!}`);
        optimiser.dispose();
        weights.dispose();
        tf.dispose([x, labels]);
      });
    });
  }
});

describe("disposeLoss(result)", () => {
  it("releases every tensor", () => {
    const graph = smooth();
    const [weights, labels] = [weightsOfGraph(graph), mixed()];
    const x = imagesOf({ height: 5, width: 4, channels: 1 }, 4);
    const result = lossAndGradients(planNetwork(graph), weights.of, x, labels);
    disposeLoss(result);
    ok(result.loss.isDisposed && result.logits.isDisposed);
    ok([...result.gradients.values()].every((tensor) => tensor.isDisposed));
    ok([...result.statistics.values()].every(({ mean, variance }) => mean.isDisposed && variance.isDisposed));
    equal(result.statistics.size, 1);
    ok(!x.isDisposed && !labels.isDisposed && !weights.get("first/kernel").isDisposed);
    weights.dispose();
    tf.dispose([x, labels]);
  });
});
