import { createBatches, type Batches } from "../data/batches/batches";
import { computeNormalisation, type Normalisation } from "../data/prepare/normalise";
import {
  createSlicedSupernet,
  type Numbers,
  type SlicedSupernet,
  type TakenWeights,
} from "../networks/supernet/sliced-supernet";
import { createRandom, type RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import type { StoredArray } from "../runs/state";
import { balancedSampler } from "../space/balanced-sampler";
import { encode } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { sampleArchitecture } from "../space/sample";
import { learnFromBatch, requireDisjoint, type StepResult } from "../train/learning-step";
import { createOptimiser } from "../train/optimiser";
import { rateAt } from "../train/schedule";
import { sizeOf } from "../train/specification";
import { targetsOf } from "../train/targets";
import type { SearchImages } from "./searcher";
import type { CheckedSupernet } from "./supernet-options";

/**
 * The training of a supernet of sliced weights under way: everything but how long. A step touches the weights, the moments and the
 * averages of the architecture that it draws, and nothing else. What it does depends on the options, its number and what was
 * learned before, so that a restored one goes on as if nothing had been.
 */
export class SupernetTrainer {
  readonly stepsPerEpoch: number;
  readonly supernet: SlicedSupernet;
  /** By what images are normalised: from the training images alone. */
  readonly normalisation: Normalisation;
  private readonly batches: Batches;
  private readonly random: RandomGenerator;
  private readonly draw: (step: number) => Architecture;
  /** What the optimiser has gathered, by its kind of moment. */
  private readonly moments = new Map<string, Numbers>();
  /** Moving averages of the weights; empty where none are kept. */
  private readonly averages: Numbers = new Map();
  /** Sums over the ends of the last epochs, and how many there are. */
  private readonly sums: Numbers = new Map();
  private summed = 0;

  /**
   * Makes a trainer with fresh weights.
   *
   * @throws {Problem} Where images stand in both parts, or they do not fit the space.
   */
  constructor(
    images: SearchImages,
    private readonly options: CheckedSupernet,
  ) {
    const { prepared, train, searchValidation } = images;
    requireDisjoint(train, searchValidation, "search-validation", "Give each image to one part.");
    this.random = createRandom(options.seed).split("supernet");
    this.normalisation = computeNormalisation(prepared, train);
    this.batches = createBatches({
      ...{ prepared, ids: train, batchSize: options.batchSize, augment: options.augment },
      ...{ shuffle: true, dropLast: true, normalisation: this.normalisation, random: this.random.split("batches") },
    });
    this.stepsPerEpoch = this.batches.steps;
    const { space, network, normalisationPerWidth, entangledKernels } = options;
    const weights = this.random.split("weights");
    this.supernet = createSlicedSupernet(space, sizeOf(prepared), network, weights, {
      normalisationPerWidth,
      entangledKernels,
    });
    const chance = this.random.split("sample");
    this.draw =
      options.sampling === "balanced"
        ? balancedSampler(space, chance)
        : (step) => sampleArchitecture(space, chance.split(step));
  }

  /**
   * Lets the weights of one architecture learn from one batch.
   *
   * @param step The step, from 0, counted over all epochs.
   * @returns What it gave.
   * @throws {Problem} Where the loss is no number any more, the weights being then as before the step.
   */
  learnStep(step: number): StepResult {
    const { options, stepsPerEpoch, supernet, random } = this;
    const architecture = this.draw(step);
    const batch = this.batches.batchAt(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
    const classes = batch.labels.dataSync();
    const taken = supernet.take(architecture);
    const optimiser = createOptimiser(taken.weights, options.optimiser);
    try {
      optimiser.restore(this.takeMoments(taken), "", step);
      const result = learnFromBatch(
        taken.plan,
        taken.weights,
        { images: batch.images, classes, targets: targetsOf(classes, 2, 0), weights: null },
        {
          ...{ optimiser, auxiliaryWeight: 0, onStatistics: null, name: "the supernet" },
          rate: rateAt(options.schedule, step, { epochs: options.epochs, stepsPerEpoch }),
          dropout: random.split("dropout").split(step),
          place: { step, stepsPerEpoch },
          cause: `with the architecture ${encode(options.space, architecture).join(" ")}`,
        },
      );
      this.putMoments(taken, optimiser.arrays(""));
      this.putWeights(taken);
      return result;
    } finally {
      optimiser.dispose();
      taken.weights.dispose();
      tf.dispose([batch.images, batch.labels]);
    }
  }

  /**
   * Closes an epoch: the last ones are averaged.
   *
   * @param epoch The epoch, from 1.
   */
  closeEpoch(epoch: number): void {
    const { epochs, lastEpochs } = this.options;
    if (epoch <= epochs - lastEpochs) return;
    for (const [key, values] of this.current()) {
      const sum = this.sums.get(key) ?? new Float32Array(values.length);
      this.sums.set(key, sum);
      for (let index = 0; index < sum.length; index++) sum[index]! += values[index]!;
    }
    this.summed += 1;
  }

  /**
   * Gives the weights that architectures are scored with, once the last epoch is closed.
   *
   * @returns Their numbers, by key.
   */
  kept(): Numbers {
    const { summed } = this;
    return new Map([...this.sums].map(([key, sum]) => [key, sum.map((value) => value / summed)]));
  }

  /**
   * Copies out all that has been learned.
   *
   * @returns The numbers, for {@link SupernetTrainer.restore}.
   */
  arrays(): Map<string, StoredArray> {
    const all: [string, Numbers][] = [
      ["weights", this.supernet.numbers],
      ["averages", this.averages],
      ["sums", this.sums],
      ...[...this.moments].map(([kind, numbers]): [string, Numbers] => [`moments/${kind}`, numbers]),
    ];
    return new Map(
      all.flatMap(([name, numbers]) =>
        [...numbers].map(([key, values]): [string, StoredArray] => [
          `${name}:${key}`,
          { shape: [values.length], values: values.slice() },
        ]),
      ),
    );
  }

  /**
   * Goes on from what an earlier trainer with the same options had learned.
   *
   * @param epochsClosed How many epochs it had closed.
   */
  restore(arrays: ReadonlyMap<string, StoredArray>, epochsClosed: number): void {
    const targets = new Map<string, Numbers>([
      ["weights", this.supernet.numbers],
      ["averages", this.averages],
      ["sums", this.sums],
    ]);
    for (const [name, { values }] of arrays) {
      const at = name.indexOf(":");
      const [owner, key] = [name.slice(0, at), name.slice(at + 1)];
      const target = targets.get(owner) ?? this.momentsOf(owner.slice("moments/".length));
      target.set(key, Float32Array.from(values));
    }
    const { epochs, lastEpochs } = this.options;
    this.summed = Math.max(0, epochsClosed - (epochs - lastEpochs));
  }

  private current(): Numbers {
    // What no step has changed yet has no average.
    return new Map([...this.supernet.numbers].map(([key, values]) => [key, this.averages.get(key) ?? values]));
  }

  private momentsOf(kind: string): Numbers {
    const known = this.moments.get(kind);
    if (known !== undefined) return known;
    const fresh: Numbers = new Map();
    this.moments.set(kind, fresh);
    return fresh;
  }

  private takeMoments(taken: TakenWeights): Map<string, StoredArray> {
    return new Map(
      [...this.moments].flatMap(([kind, numbers]) =>
        [...this.supernet.slice(taken, numbers)].map(([key, values]): [string, StoredArray] => [
          `${kind}/${key}`,
          { shape: [...taken.weights.get(key).shape], values },
        ]),
      ),
    );
  }

  private putMoments(taken: TakenWeights, arrays: ReadonlyMap<string, StoredArray>): void {
    for (const [name, { values }] of arrays) {
      const at = name.indexOf("/");
      const [kind, key] = [name.slice(0, at), name.slice(at + 1)];
      this.supernet.put(taken, new Map([[key, values]]), this.momentsOf(kind));
    }
  }

  private putWeights(taken: TakenWeights): void {
    const { supernet, averages, options } = this;
    const trained = taken.weights.keys.filter((key) => taken.weights.isTrainable(key));
    const values = new Map(trained.map((key) => [key, taken.weights.get(key).dataSync() as Float32Array]));
    if (options.weightAverage !== null) {
      const stays = options.weightAverage;
      for (const [key, list] of values) {
        const { key: own, places } = taken.slices.get(key)!;
        const average = averages.get(own) ?? supernet.numbers.get(own)!.slice();
        averages.set(own, average);
        places.forEach((place, index) => {
          average[place] = stays * average[place]! + (1 - stays) * list[index]!;
        });
      }
    }
    supernet.put(taken, values);
  }
}
