import { createBatches, type Batches } from "../data/batches/batches";
import { computeNormalisation, type Normalisation } from "../data/prepare/normalise";
import type { Prepared } from "../data/prepare/prepared";
import type { Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { planNetwork, type Plan } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { maskLoss } from "../networks/train/mask-loss";
import { updateMovingAverages } from "../networks/train/moving-averages";
import { createWeights, type WeightBank } from "../networks/weights/weight-bank";
import { Problem } from "../runtime/problem";
import { createRandom, type RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import { LearnedState } from "../train/learned-state";
import { causeOf, requireDisjoint, requireNumber } from "../train/learning-step";
import { createOptimiser, type Optimiser } from "../train/optimiser";
import type { EpochLearner, EpochMeans, EpochStep } from "../train/run-epochs";
import { rateAt } from "../train/schedule";
import { createWeightAverage, type WeightAverage } from "../train/weight-average";
import { logitsOfImages } from "./logits";
import type { CheckedSegmentation } from "./segmentation-options";
import type { SegmentationRecord } from "./segmentation-record";

/** The images that a network learns to outline, and those that tell how well. Test images have no place here. */
export interface SegmentationImages {
  /** All prepared images: gray, and behind it which share of each pixel is lesion. */
  readonly prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels" | "hash">;
  /** The names of those to learn from. */
  readonly train: readonly string[];
  /** The names of those by which settings are chosen; may be empty. */
  readonly validation: readonly string[];
}

/** The planes of images to learn outlines from. */
export const segmentationChannels = ["gray", "mask"] as const;

/** A network that learns to outline lesions. What a step does depends on the options and the step's number alone. */
export class SegmentationLearner extends LearnedState implements EpochLearner<SegmentationRecord> {
  readonly stepsPerEpoch: number;
  /** The weights; released with the learner, unless they are taken out. */
  readonly weights: WeightBank;
  readonly normalisation: Normalisation;
  private readonly plan: Plan;
  private readonly batches: Batches;
  private readonly random: RandomGenerator;
  protected readonly optimiser: Optimiser;
  protected readonly average: WeightAverage | null;

  /**
   * Makes a learner with fresh weights.
   *
   * @throws {Problem} Where a batch is larger than the training images, an image stands in both parts, or the images have other
   *   planes than gray and mask.
   */
  constructor(
    private readonly graph: Graph,
    private readonly images: SegmentationImages,
    private readonly options: CheckedSegmentation,
  ) {
    super();
    const { prepared, train, validation } = images;
    requireDisjoint(train, validation, "validation", "Give each image to one part; `splitSet` does.");
    if (prepared.channels.join() !== segmentationChannels.join()) {
      throw new Problem(
        `Images to learn outlines from have the channels ${prepared.channels.join(", ")}, expected gray, mask.`,
        "Prepare them by prepareMasks.",
      );
    }
    const all = computeNormalisation(prepared, train);
    this.normalisation = { mean: all.mean.slice(0, 1), deviation: all.deviation.slice(0, 1) };
    this.random = createRandom(options.seed);
    this.batches = createBatches({
      ...{ prepared, ids: train, batchSize: options.batchSize, shuffle: true, dropLast: true },
      ...{ augment: options.augment, normalisation: this.normalised, random: this.random.split("batches") },
    });
    this.stepsPerEpoch = this.batches.steps;
    this.plan = planNetwork(graph);
    this.weights = createWeights(namedWeightsOf(graph), this.random.split("weights"));
    this.optimiser = createOptimiser(this.weights, options.optimiser);
    this.average = options.weightAverage === null ? null : createWeightAverage(this.weights, options.weightAverage);
  }

  // The mask stays from 0 to 1: a share.
  private get normalised(): Normalisation {
    return { mean: [...this.normalisation.mean, 0], deviation: [...this.normalisation.deviation, 1] };
  }

  /**
   * Learns from one batch.
   *
   * @param step The step, from 0, counted over all epochs.
   * @throws {Problem} Where the loss is no number any more, the weights being then as before the step, or the gradients are too
   *   large for numbers.
   */
  step(step: number): EpochStep {
    const { options, batches, random, stepsPerEpoch, graph, plan, weights } = this;
    const batch = batches.batchAt(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
    const rate = rateAt(options.schedule, step, { epochs: options.epochs, stepsPerEpoch });
    const about = { name: graph.name, rate, place: { step, stepsPerEpoch }, cause: causeOf(batch.ids) };
    const [images, masks] = tf.tidy(() => tf.split(batch.images, 2, -1)) as [tf.Tensor4D, tf.Tensor4D];
    const dropout = random.split("dropout").split(step);
    const run = runNetwork<tf.Tensor4D>(plan, weights.of, images, { statistics: "batch", gradient: true, dropout });
    const found = maskLoss(run.output, masks, options.diceWeight);
    try {
      const loss = found.loss.dataSync()[0]!;
      requireNumber("loss", loss, about);
      const gradients = run.backward(found.gradient);
      const norm = this.optimiser.step(gradients, rate);
      for (const gradient of gradients.values()) gradient.dispose();
      requireNumber("norm of the gradients", norm, about);
      updateMovingAverages(graph, weights, run.statistics);
      this.average?.update();
      const right = found.dice.dataSync<"float32">().reduce((sum, dice) => sum + dice, 0);
      return { loss, right, images: batch.ids.length, norm, rate };
    } finally {
      run.dispose();
      tf.dispose([images, masks, batch.images, batch.labels, found.loss, found.gradient, found.dice]);
    }
  }

  /** Tells what an epoch gave, and measures the validation images. */
  measure({ epoch, rate, loss, right, norm }: EpochMeans): SegmentationRecord {
    const means = { epoch, rate, trainingLoss: loss, trainingDice: right, gradientNorm: norm };
    if (this.images.validation.length === 0) return { ...means, validationLoss: null, validationDice: null };
    return { ...means, ...this.withKept(() => this.validate()) };
  }

  private validate(): { validationLoss: number | null; validationDice: number } {
    const { images, options, plan, weights } = this;
    const { prepared, validation } = images;
    const batches = createBatches({
      ...{ prepared, ids: validation, batchSize: options.predictionBatch, normalisation: this.normalised },
    });
    let [loss, dice] = [0, 0];
    for (const batch of batches.epoch(0)) {
      tf.tidy(() => {
        const [gray, masks] = tf.split(batch.images, 2, -1) as [tf.Tensor4D, tf.Tensor4D];
        const logits = logitsOfImages(plan, weights.of, gray, options.flipPredictions);
        const found = maskLoss(logits, masks, options.diceWeight);
        loss += found.loss.dataSync()[0]! * batch.ids.length;
        dice += found.dice.dataSync<"float32">().reduce((sum, one) => sum + one, 0);
      });
      tf.dispose([batch.images, batch.labels]);
    }
    // Moving averages may be far off after few steps: what overflows then is not defined.
    const mean = loss / validation.length;
    return { validationLoss: Number.isFinite(mean) ? mean : null, validationDice: dice / validation.length };
  }
}
