import { computeNormalisation, type Normalisation } from "../data/prepare/normalise";
import type { Prepared } from "../data/prepare/prepared";
import { withoutAuxiliary, type Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { planNetwork } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { updateMovingAverages } from "../networks/train/moving-averages";
import { createWeights, type WeightBank } from "../networks/weights/weight-bank";
import { createRandom } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import { lossOfTargets, type TargetBatch, type Targets } from "./auxiliary-targets";
import { addTargetHeads } from "./target-heads";
import { learnFromBatch, type StepBatch, type StepOptions, type StepResult } from "./learning-step";

/** How a network learns from a batch, but for what is its own. */
export type LearningOptions = Omit<StepOptions, "name" | "onStatistics" | "auxiliaryLoss">;

/** A batch, with what is known of its images beside their class. */
export interface LearningBatch extends StepBatch {
  /** Their names, of a mixture the first, and their masks; left out where nothing is told but the class. */
  readonly told?: Pick<TargetBatch, "ids" | "masks">;
}

/** What a learner trains: a graph that is planned and fused, or a model that TensorFlow.js runs layer by layer. */
export interface LearnedNetwork {
  /** What it is called, in messages. */
  readonly name: string;
  /** Its weights; disposing them releases all of it. */
  readonly weights: WeightBank;

  /** Says by what images are normalised before it gets them; null: it takes them from 0 to 1. */
  normalisationOf(
    prepared: Pick<Prepared, "ids" | "pixels" | "size" | "channels">,
    train: readonly string[],
  ): Normalisation | null;

  /** Makes one step, as `learnFromBatch` does. */
  learn(batch: LearningBatch, options: LearningOptions): StepResult;

  /** Gives the logits, `[batch, 2]`, of images, by moving statistics; the caller disposes them. */
  logits(images: tf.Tensor4D): tf.Tensor2D;
}

/**
 * Makes a network of a graph, with fresh weights.
 *
 * @param plain The graph.
 * @param seed The seed of its first weights.
 * @param targets What it is to tell beside the class while it learns; null: nothing.
 */
export function learnedGraph(plain: Graph, seed: number, targets: Targets | null = null): LearnedNetwork {
  const headed =
    targets === null
      ? null
      : addTargetHeads(plain, {
          ...{ outline: targets.weights.outline > 0 },
          ...{ birads: targets.birads.count, histology: targets.histology.count },
        });
  const graph = headed?.graph ?? plain;
  const plan = planNetwork(graph);
  const plainPlan = graph.auxiliary === null ? plan : planNetwork(withoutAuxiliary(graph));
  const weights = createWeights(namedWeightsOf(graph), createRandom(seed).split("weights"));
  return {
    ...{ name: graph.name, weights },
    normalisationOf: computeNormalisation,
    learn: (batch, options) =>
      learnFromBatch(plan, weights, batch, {
        ...options,
        auxiliaryLoss:
          headed === null
            ? null
            : (logits) => {
                const told = { ...batch.told!, classes: batch.targets };
                const values = logits.dataSync() as Float32Array;
                const { loss, gradient } = lossOfTargets(values, headed, targets!, told, options.auxiliaryWeight);
                return { loss: tf.scalar(loss), gradient: tf.tensor2d(gradient, logits.shape) };
              },
        name: graph.name,
        onStatistics: (statistics) => {
          updateMovingAverages(graph, weights, statistics);
        },
      }),
    logits(images) {
      const run = runNetwork(plainPlan, weights.of, images, { noteStatistics: false });
      const output = tf.clone(run.output);
      run.dispose();
      return output;
    },
  };
}
