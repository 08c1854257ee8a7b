import { createBatches, type Batches } from "../data/batches/batches";
import type { Normalisation } from "../data/prepare/normalise";
import type { Prepared } from "../data/prepare/prepared";
import type { WeightBank } from "../networks/weights/weight-bank";
import { createRandom, type RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import type { StoredArray } from "../runs/state";
import { areaUnderCurve } from "../statistics/area-under-curve";
import type { TargetImages } from "./auxiliary-targets";
import type { LearnedNetwork } from "./learned-network";
import { causeOf, requireDisjoint, type StepResult } from "./learning-step";
import { mixUp } from "./mixup";
import type { EpochRecord } from "./history";
import { LearnedState } from "./learned-state";
import { createOptimiser, type Optimiser } from "./optimiser";
import { differencesOf, logitsBy, scoreLogits, type Logits } from "./predict";
import type { EpochLearner, EpochMeans } from "./run-epochs";
import { rateAt } from "./schedule";
import { setWeights } from "./stored-weights";
import { classWeightsOf, targetsOf } from "./targets";
import type { CheckedTraining } from "./training-options";
import { createWeightAverage, type WeightAverage } from "./weight-average";

/** The images that a network learns from, and those that tell how well. Test images have no place here. */
export interface TrainingImages {
  /** All prepared images. */
  readonly prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels" | "hash">;
  /** What is known of them beside their class; left out: nothing that is told. */
  readonly targets?: TargetImages;
  /** The names of those to learn from. */
  readonly train: readonly string[];
  /** The names of those by which settings are chosen; may be empty. */
  readonly validation: readonly string[];
}

/**
 * A network that learns: its weights, the optimiser and the averages, everything but how long. What a step does depends on the
 * options and the step's number alone, so that a learner that was restored goes on as if nothing had been.
 */
export class Learner extends LearnedState implements EpochLearner<EpochRecord> {
  readonly stepsPerEpoch: number;
  /** The weights; released with the learner, unless they are taken out. */
  readonly weights: WeightBank;
  /** By what images are normalised before the network gets them; null: it takes them as they are. */
  readonly normalisation: Normalisation | null;
  private readonly batches: Batches;
  /** Whether the last plane of a batch is the mask of the lesion, which the network does not see. */
  private readonly masked: boolean;
  private readonly random: RandomGenerator;
  protected readonly optimiser: Optimiser;
  protected readonly average: WeightAverage | null;
  private readonly classWeights: readonly [number, number];

  /**
   * Makes a learner.
   *
   * @param network What learns, which becomes the learner's.
   * @param start Weights to start with instead, by key; null for fresh ones.
   * @throws {Problem} Where a batch is larger than the training images, or the images do not fit the network.
   */
  constructor(
    private readonly network: LearnedNetwork,
    private readonly images: TrainingImages,
    private readonly options: CheckedTraining,
    start: ReadonlyMap<string, StoredArray> | null = null,
  ) {
    super();
    const { prepared, train } = images;
    this.weights = network.weights;
    this.random = createRandom(options.seed);
    try {
      requireDisjoint(train, images.validation, "validation", "Give each image to one part; `splitSet` does.");
      this.normalisation = network.normalisationOf(prepared, train);
      // With the mask behind the other planes, so that it moves as the image does.
      const outlines = (options.targets?.outline ?? 0) > 0 ? (images.targets?.outlines ?? null) : null;
      this.masked = outlines !== null;
      this.batches = createBatches({
        prepared: outlines ?? prepared,
        ids: train,
        batchSize: options.batchSize,
        shuffle: true,
        ...{ balanced: options.balancedBatches, benignShare: options.benignShare },
        augment: options.augment,
        normalisation: outlines === null ? this.normalisation : withPlainPlane(this.normalisation),
        random: this.random.split("batches"),
        dropLast: true,
      });
      this.stepsPerEpoch = this.batches.steps;
      const classes = new Map(prepared.ids.map((id, place) => [id, prepared.labels[place]!]));
      this.classWeights = classWeightsOf(
        options.classWeights,
        train.map((id) => classes.get(id)!),
      );
      if (start !== null) setWeights(this.weights, start);
    } catch (error) {
      this.weights.dispose();
      throw error;
    }
    this.optimiser = createOptimiser(this.weights, options.optimiser);
    this.average = options.weightAverage === null ? null : createWeightAverage(this.weights, options.weightAverage);
  }

  /**
   * Learns from one batch.
   *
   * @param step The step, from 0, counted over all epochs.
   * @throws {Problem} Where the loss is no number any more, the weights being then as before the step, or the gradients are too
   *   large for numbers.
   */
  step(step: number): StepResult {
    const { options, batches, random, stepsPerEpoch } = this;
    const epoch = Math.floor(step / stepsPerEpoch);
    const batch = batches.batchAt(epoch, step % stepsPerEpoch);
    const classes = batch.labels.dataSync();
    let targets = targetsOf(classes, 2, options.labelSmoothing);
    let each: Float32Array = Float32Array.from(classes, (label) => this.classWeights[label as 0 | 1]);
    let { images } = batch;
    if (options.mixup > 0) {
      const mixed = mixUp(images, targets, each, options.mixup, random.split("mixup").split(step));
      images.dispose();
      ({ images, targets, weights: each } = mixed);
    }
    const masks = this.masked ? lastPlaneOf(images) : null;
    if (masks !== null) {
      const all = images;
      images = tf.slice(all, [0, 0, 0, 0], [-1, -1, -1, all.shape[3] - 1]);
      all.dispose();
    }
    const rate = rateAt(options.schedule, step, { epochs: options.epochs, stepsPerEpoch });
    const weights = options.classWeights === "none" ? null : each;
    try {
      const result = this.network.learn(
        { images, classes, targets, weights, told: { ids: batch.ids, masks } },
        {
          ...{ optimiser: this.optimiser, rate, auxiliaryWeight: options.auxiliaryWeight },
          dropout: random.split("dropout").split(step),
          place: { step, stepsPerEpoch },
          cause: causeOf(batch.ids),
        },
      );
      this.average?.update();
      return result;
    } finally {
      tf.dispose([images, batch.labels]);
    }
  }

  /** Predicts images with the weights as they would be kept now: averaged ones, where averages are kept. */
  predict(ids: readonly string[]): Logits {
    const { options, images, normalisation, network } = this;
    return this.withKept(() =>
      logitsBy((batch) => network.logits(batch), {
        ...{ prepared: images.prepared, ids, normalisation },
        ...{ batchSize: options.predictionBatch, flips: options.flipPredictions },
      }),
    );
  }

  /** Tells what an epoch gave, and scores the validation images. */
  measure({ epoch, rate, loss, right, norm }: EpochMeans): EpochRecord {
    return { epoch, rate, trainingLoss: loss, trainingAccuracy: right, gradientNorm: norm, ...this.validate() };
  }

  /** Scores the validation images; all null without any. */
  validate(): { validationLoss: number | null; validationAccuracy: number | null; validationArea: number | null } {
    const { validation } = this.images;
    if (validation.length === 0) return { validationLoss: null, validationAccuracy: null, validationArea: null };
    const logits = this.predict(validation);
    const { loss, accuracy } = scoreLogits(logits);
    const labels = [...logits.labels];
    const both = labels.includes(0) && labels.includes(1);
    const differences = differencesOf(logits.values);
    const area = both && differences.every(Number.isFinite) ? areaUnderCurve(differences, labels) : null;
    // Moving averages may be far off after few steps: what overflows then is not defined.
    return { validationLoss: Number.isFinite(loss) ? loss : null, validationAccuracy: accuracy, validationArea: area };
  }
}

// The mask stays from 0 to 1: a share.
function withPlainPlane(normalisation: Normalisation | null): Normalisation | null {
  return normalisation && { mean: [...normalisation.mean, 0], deviation: [...normalisation.deviation, 1] };
}

function lastPlaneOf(images: tf.Tensor4D): Float32Array {
  return tf.tidy(() => Float32Array.from(tf.slice(images, [0, 0, 0, images.shape[3] - 1], [-1, -1, -1, 1]).dataSync()));
}
