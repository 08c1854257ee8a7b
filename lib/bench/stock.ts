import type { Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { stockForward } from "../networks/model/stock-forward";
import { initialValue, weightKeyOf } from "../networks/weights/initial-values";
import type { Clock } from "../runtime/environment";
import { createRandom } from "../runtime/random";
import { describeRuntime, tf } from "../runtime/tensorflow";
import { drawBatch } from "./batch";
import { networkOfStep, weightsOfCase } from "./case-network";
import { setting, update, type CaseName, type ImageSize } from "./cases";
import type { Contender } from "./contender";
import { serveContender } from "./worker";

/** A weight, and the movement that it keeps up. */
export interface Weight {
  readonly variable: tf.Variable;
  /** Its movement, of the same shape, from zero; null where it is not trained. */
  readonly movement: tf.Variable | null;
}

/**
 * Makes the contender that has TensorFlow.js's own operations and gradients alone. The update has the formulas of its
 * `tf.train.momentum`, which itself goes by the places of weights in a list and so needs the same ones at every step.
 */
export function makeStock(clock: Clock): Contender {
  const weights = new Map<string, Weight>();
  let images: tf.Tensor4D;
  let labels: tf.Tensor2D;
  let network: (step: number) => Graph;
  let runStep: (graph: Graph) => number;

  const logitsOf = (graph: Graph) =>
    stockForward(graph, (node, weight) => weights.get(weightKeyOf(node, weight))!.variable, images, { training: true })
      .output;

  function train(graph: Graph): number {
    const used = namedWeightsOf(graph)
      .filter(({ specification }) => specification.trainable)
      .map(({ key }) => weights.get(key)!);
    const { value, grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(labels, logitsOf(graph)).asScalar(),
      used.map(({ variable }) => variable),
    );
    tf.tidy(() => {
      moveWeights(used, grads);
    });
    tf.dispose(grads);
    const [loss] = value.dataSync();
    value.dispose();
    return loss!;
  }

  function evaluate(graph: Graph): number {
    const accuracy = tf.tidy(() => tf.equal(logitsOf(graph).argMax(1), labels.argMax(1)).mean());
    const [share] = accuracy.dataSync();
    accuracy.dispose();
    return share!;
  }

  return {
    prepare(name: CaseName, size: ImageSize) {
      const random = createRandom(1);
      let parameters = 0;
      for (const { key, specification } of weightsOfCase(name, size)) {
        const { trainable } = specification;
        const shape = [...specification.shape];
        const values = initialValue(specification, random.split(key));
        weights.set(key, {
          variable: tf.tidy(() => tf.variable(tf.tensor(values, shape), trainable)),
          movement: trainable ? tf.tidy(() => tf.variable(tf.zeros(shape), false)) : null,
        });
        if (trainable) parameters += values.length;
      }
      const batch = drawBatch(size, random.split("batch"));
      images = tf.tensor4d(batch.images, [setting.batch, size, size, setting.channels]);
      labels = tf.tidy(() => tf.oneHot(tf.tensor1d(batch.labels, "int32"), setting.classes).toFloat() as tf.Tensor2D);
      network = (step) => networkOfStep(name, size, step);
      // Of a search, building the network is part of every step; of ResNet-18 it is done once.
      if (name === "resnet18-step") {
        const once = network(0);
        network = () => once;
      }
      runStep = name === "reward" ? evaluate : train;
      const { tensorflow, tfjs, oneDnn } = describeRuntime();
      const about = `TensorFlow.js ${tfjs} on TensorFlow ${tensorflow}, oneDNN ${oneDnn === true ? "on" : "off"}`;
      return { parameters, about };
    },
    step(number: number) {
      const started = clock.seconds();
      const loss = runStep(network(number));
      return { milliseconds: (clock.seconds() - started) * 1000, loss };
    },
    end() {
      for (const { variable, movement } of weights.values())
        tf.dispose(movement === null ? variable : [variable, movement]);
      tf.dispose([images, labels]);
      weights.clear();
    },
  };
}

/**
 * Clips the gradients together, adds the weight decay, and moves each weight by Nesterov's momentum.
 *
 * @param used The weights, all of them trained.
 * @param gradients Their gradients, by the names of the variables.
 */
export function moveWeights(used: readonly Weight[], gradients: Readonly<Record<string, tf.Tensor>>): void {
  const { learningRate, momentum, weightDecay, longestGradient } = update;
  const squares = used.map(({ variable }) => gradients[variable.name]!.square().sum());
  const scale = tf.minimum(1, tf.div(longestGradient, tf.addN(squares).sqrt().add(1e-6)));
  for (const { variable, movement } of used) {
    const gradient = gradients[variable.name]!.mul(scale).add(variable.mul(weightDecay));
    const moved = movement!.mul(momentum).add(gradient);
    movement!.assign(moved);
    variable.assign(gradient.add(moved.mul(momentum)).mul(-learningRate).add(variable));
  }
}

if (require.main === module) serveContender(makeStock);
