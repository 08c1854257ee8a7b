import { describeKernels } from "../kernels/choose-kernels";
import { planNetwork, type Plan } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { disposeLoss, lossAndGradients } from "../networks/train/loss-and-gradients";
import { createWeights, type WeightBank } from "../networks/weights/weight-bank";
import type { Clock } from "../runtime/environment";
import { createRandom } from "../runtime/random";
import type { StoredArray } from "../runs/state";
import { describeRuntime, tf } from "../runtime/tensorflow";
import { createOptimiser, type Optimiser } from "../train/optimiser";
import { drawBatch } from "./batch";
import { networkOfStep, weightsOfCase } from "./case-network";
import { setting, update, type CaseName, type ImageSize } from "./cases";
import type { Contender } from "./contender";
import { serveContender } from "./worker";

/** Makes the contender that has this library's own way of training and evaluating. */
export function makeOurs(clock: Clock): Contender {
  let weights: WeightBank;
  let optimiser: Optimiser;
  let images: tf.Tensor4D;
  let labels: tf.Tensor2D;
  let plan: (step: number) => Plan;
  let runStep: (plan: Plan) => number;

  function train(network: Plan): number {
    const result = lossAndGradients(network, weights.of, images, labels, { noteStatistics: false });
    optimiser.step(result.gradients, update.learningRate);
    const [loss] = result.loss.dataSync();
    disposeLoss(result);
    return loss!;
  }

  function evaluate(network: Plan): number {
    const run = runNetwork(network, weights.of, images, { statistics: "batch", noteStatistics: false });
    const accuracy = tf.tidy(() => tf.mean(tf.equal(tf.argMax(run.output, 1), tf.argMax(labels, 1))));
    const [share] = accuracy.dataSync();
    accuracy.dispose();
    run.dispose();
    return share!;
  }

  return {
    prepare(name: CaseName, size: ImageSize) {
      const random = createRandom(1);
      const list = weightsOfCase(name, size);
      weights = createWeights(list, random);
      const { momentum, weightDecay, longestGradient } = update;
      const settings = { momentum, nesterov: true, decay: weightDecay, bound: longestGradient };
      optimiser = createOptimiser(weights, { kind: "momentum", ...settings });
      const trained = list.filter(({ specification }) => specification.trainable);
      const sizes = trained.map(({ specification }) =>
        specification.shape.reduce((product, each) => product * each, 1),
      );
      // All moments are there before the first step, as they are after the first steps of a search.
      const zeros = trained.map(({ key, specification: { shape } }, index): [string, StoredArray] => [
        `moment/${key}`,
        { shape, values: new Float32Array(sizes[index]!) },
      ]);
      optimiser.restore(new Map(zeros), "", 0);
      const batch = drawBatch(size, random.split("batch"));
      images = tf.tensor4d(batch.images, [setting.batch, size, size, setting.channels]);
      labels = tf.tidy(() => tf.oneHot(tf.tensor1d(batch.labels, "int32"), setting.classes).toFloat() as tf.Tensor2D);
      plan = (step) => planNetwork(networkOfStep(name, size, step));
      // Of a search, building the network is part of every step; of ResNet-18 it is done once.
      if (name === "resnet18-step") {
        const once = plan(0);
        plan = () => once;
      }
      runStep = name === "reward" ? evaluate : train;
      const parameters = sizes.reduce((sum, size) => sum + size, 0);
      const { kind, variant } = describeKernels();
      const kernels = kind === "own" ? `own kernels (${variant!})` : "TensorFlow's fused kernels";
      return { parameters, about: `${kernels} on TensorFlow ${describeRuntime().tensorflow}` };
    },
    step(number: number) {
      const started = clock.seconds();
      const loss = runStep(plan(number));
      return { milliseconds: (clock.seconds() - started) * 1000, loss };
    },
    end() {
      optimiser.dispose();
      weights.dispose();
      tf.dispose([images, labels]);
    },
  };
}

if (require.main === module) serveContender(makeOurs);
