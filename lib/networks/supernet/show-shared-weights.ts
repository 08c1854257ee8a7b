import { showTable } from "../../display/table";
import type { InputSize } from "../../graph/builder";
import { costOf } from "../../graph/cost";
import { describeKernels } from "../../kernels/choose-kernels";
import type { RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import { buildNetwork } from "../../space/build";
import type { Architecture, NetworkSettings } from "../../space/kinds";
import { checkSpace, type GivenSpace } from "../../space/space";
import { toModel } from "../model/to-model";
import { runNetwork } from "../run/run-network";
import type { Plan } from "../run/plan";
import { copyWeights, weightsOfModel } from "../weights/model-weights";
import type { WeightBank } from "../weights/weight-bank";
import { createSlicedSupernet } from "./sliced-supernet";
import { createSupernet } from "./supernet";

/** Images by which outputs are compared. */
const count = 8;

/** What a space's networks are made with. */
export interface SharedWeightsRequest {
  readonly space: GivenSpace;
  /** One of its architectures. */
  readonly architecture: Architecture;
  /** The images that networks take. */
  readonly size: InputSize;
  readonly settings: Partial<NetworkSettings>;
}

/** How much an architecture shares, and whether it computes the same alone. Plain data. */
export interface SharedWeights {
  /** Weights of the supernet, as tensors, and the numbers in them. */
  readonly weights: number;
  readonly numbers: number;
  /** How many numbers of these the architecture trains. */
  readonly own: number;
  /** The largest logit of some images of noise, and the largest difference between supernet and stand-alone network; both without sign. */
  readonly largestLogit: number;
  readonly largestDifference: number;
}

/**
 * Takes an architecture's weights from the supernet of its space, whole or as slices of wider ones where widths differ, copies them into a
 * stand-alone model of TensorFlow.js's own layers, and compares what both say.
 *
 * @param random What weights and images are drawn by.
 * @throws {Problem} Where the architecture is none of the space, or the images are too small for it.
 */
export function compareShared(
  { space: given, architecture, size, settings }: SharedWeightsRequest,
  random: RandomGenerator,
): SharedWeights {
  const graph = buildNetwork(architecture, size, settings);
  const { plan, bank, lengths, dispose } = takeShared(given, { architecture, size, settings }, random.split("weights"));
  const { height, width, channels } = size;
  const images = tf.randomNormal<tf.Rank.R4>([count, height, width, channels], 0, 1, "float32", random.seed());
  const model = toModel(graph, { random: random.split("model") });
  copyWeights(bank, weightsOfModel(graph, model));
  const run = runNetwork(plan, bank.of, images, { statistics: "moving", noteStatistics: false });
  try {
    const [largestLogit, largestDifference] = tf.tidy(() => {
      const alone = model.predict(images) as tf.Tensor2D;
      return [run.output, run.output.sub(alone)].map((values) => values.abs().max().dataSync()[0]!);
    }) as unknown as [number, number];
    return {
      ...{ weights: lengths.length, numbers: lengths.reduce((sum, each) => sum + each, 0) },
      ...{ own: costOf(graph).trainable, largestLogit, largestDifference },
    };
  } finally {
    run.dispose();
    images.dispose();
    model.dispose();
    dispose();
  }
}

/**
 * Shows how much an architecture shares with the others of its space, and that a stand-alone model with its weights says the same.
 *
 * @param request The architecture, and what its network is made with.
 * @param random What weights and images are drawn by.
 * @throws {Problem} Where the architecture is none of the space, or the images are too small for it.
 */
export function showSharedWeights(request: SharedWeightsRequest, random: RandomGenerator): void {
  const { weights, numbers, own, largestLogit, largestDifference } = compareShared(request, random);
  const { kind, variant, reason } = describeKernels();
  showTable([
    {
      ...{ "weights in the supernet": weights, "numbers in them": numbers, "numbers of this architecture": own },
      kernels: kind === "own" ? `our own, ${variant}` : `TensorFlow's: ${reason}`,
    },
  ]);
  showTable([{ "largest logit": largestLogit, "largest difference to the stand-alone model": largestDifference }]);
}

interface Taken {
  readonly plan: Plan;
  readonly bank: WeightBank;
  /** The numbers in each weight of the supernet. */
  readonly lengths: readonly number[];
  readonly dispose: () => void;
}

function takeShared(
  given: GivenSpace,
  { architecture, size, settings }: Omit<SharedWeightsRequest, "space">,
  random: RandomGenerator,
): Taken {
  const space = checkSpace(given);
  if (space.kind === "shape") {
    const supernet = createSlicedSupernet(space, size, settings, random);
    const { plan, weights } = supernet.take(architecture);
    const lengths = [...supernet.numbers.values()].map(({ length }) => length);
    return {
      ...{ plan, bank: weights, lengths },
      dispose: () => {
        weights.dispose();
      },
    };
  }
  const supernet = createSupernet(space, size, settings, random);
  const bank = supernet.weights;
  return {
    ...{ plan: supernet.plan(architecture), bank, lengths: bank.keys.map((key) => bank.get(key).size) },
    dispose: () => {
      supernet.dispose();
    },
  };
}
