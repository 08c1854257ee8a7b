import { createStrategy } from "../controller/create-strategy";
import type { Learned, Strategy } from "../controller/strategy";
import type { StrategyDefinition } from "../controller/strategy-definition";
import { createBatches, type Batches } from "../data/batches/batches";
import { computeNormalisation, type Normalisation } from "../data/prepare/normalise";
import type { Prepared } from "../data/prepare/prepared";
import { createSupernet, type Supernet } from "../networks/supernet/supernet";
import { encode } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { createRandom, type RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import type { SavedState, StoredArray } from "../runs/state";
import { learnFromBatch, requireDisjoint, type StepResult } from "../train/learning-step";
import { createOptimiser, type Optimiser } from "../train/optimiser";
import { rateAt } from "../train/schedule";
import { sizeOf } from "../train/specification";
import { setWeights, weightArrays } from "../train/stored-weights";
import { classWeightsOf, targetsOf } from "../train/targets";
import { createScorer, type Scorer, type SharedScore } from "./reward";
import type { CheckedSearch } from "./search-options";

/** The images of a search. Test images have no place here. */
export interface SearchImages {
  readonly prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels" | "hash">;
  /** The names of those from which the shared weights learn. */
  readonly train: readonly string[];
  /** The names of those on which architectures are scored: others. */
  readonly searchValidation: readonly string[];
}

/** An architecture and what it got. */
export interface ScoredArchitecture extends SharedScore {
  readonly architecture: Architecture;
}

/** An update of the strategy. */
export interface UpdateResult {
  readonly scored: readonly ScoredArchitecture[];
  readonly learned: Learned;
}

/**
 * A search under way: the shared weights, their optimiser and the strategy, everything but how long. What a step or an update
 * does depends on the options, its number and what was learned before, so that a restored one goes on as if nothing had been.
 */
export class Searcher {
  readonly stepsPerEpoch: number;
  readonly shared: Supernet;
  readonly strategy: Strategy;
  readonly scorer: Scorer;
  /** By what images are normalised: from the training images alone. */
  readonly normalisation: Normalisation;
  private readonly batches: Batches;
  private readonly optimiser: Optimiser;
  private readonly random: RandomGenerator;
  private readonly classWeights: readonly [number, number];

  /**
   * Makes a searcher with fresh weights.
   *
   * @param own The definition of its strategy, where that is none of the library's; default: none.
   * @throws {Problem} Where images stand in both parts, a batch is larger than its part, or the search-validation part has one
   *   class only.
   */
  constructor(
    readonly images: SearchImages,
    readonly options: CheckedSearch,
    own: StrategyDefinition | null = null,
  ) {
    const { prepared, train, searchValidation } = images;
    requireDisjoint(
      train,
      searchValidation,
      "search-validation",
      "Give each image to one part: architectures must be scored on images that their weights have not seen.",
    );
    this.random = createRandom(options.seed).split("search");
    this.normalisation = computeNormalisation(prepared, train);
    this.batches = createBatches({
      prepared,
      ids: train,
      batchSize: options.batchSize,
      shuffle: true,
      augment: options.augment,
      normalisation: this.normalisation,
      random: this.random.split("batches"),
      dropLast: true,
    });
    this.stepsPerEpoch = this.batches.steps;
    const classes = new Map(prepared.ids.map((id, place) => [id, prepared.labels[place]!]));
    this.classWeights = classWeightsOf(
      options.classWeights,
      train.map((id) => classes.get(id)!),
    );
    this.strategy = createStrategy({ ...options.strategy, space: options.space }, this.random.split("strategy"), own);
    this.shared = createSupernet(options.space, sizeOf(prepared), options.network, this.random.split("weights"));
    try {
      this.optimiser = createOptimiser(this.shared.weights, options.optimiser);
      this.scorer = createScorer(
        this.shared,
        images,
        searchValidation,
        this.normalisation,
        options.reward,
        this.random.split("reward"),
      );
    } catch (error) {
      this.shared.dispose();
      throw error;
    }
  }

  /**
   * Lets the shared weights learn from one batch, by an architecture that the strategy draws for it.
   *
   * @param step The step, from 0, counted over all epochs.
   * @throws {Problem} Where the loss is no number any more, the weights being then as before the step, or the gradients are too
   *   large for numbers.
   */
  learnStep(step: number): StepResult {
    const { options, stepsPerEpoch, shared, random } = this;
    const architecture = this.strategy.sample(random.split("sample").split(step));
    const batch = this.batches.batchAt(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
    const classes = batch.labels.dataSync();
    const rate = rateAt(options.schedule, step, { epochs: options.epochs, stepsPerEpoch });
    const weights =
      options.classWeights === "none" ? null : Float32Array.from(classes, (label) => this.classWeights[label as 0 | 1]);
    try {
      return learnFromBatch(
        shared.plan(architecture),
        shared.weights,
        { images: batch.images, classes, targets: targetsOf(classes, 2, 0), weights },
        {
          ...{ optimiser: this.optimiser, rate, auxiliaryWeight: options.auxiliaryWeight, onStatistics: null },
          dropout: random.split("dropout").split(step),
          name: "the shared weights",
          place: { step, stepsPerEpoch },
          cause: `with the architecture ${encode(options.space, architecture).join(" ")}`,
        },
      );
    } finally {
      tf.dispose([batch.images, batch.labels]);
    }
  }

  /**
   * Lets the strategy propose architectures, scores them, and lets it learn from that.
   *
   * @param update The update, from 0, counted over all epochs.
   */
  update(update: number): UpdateResult {
    const { strategy, scorer, random } = this;
    const count = this.options.architecturesPerUpdate;
    const scored = Array.from({ length: count }, (_, index) => {
      const draw = update * count + index;
      const proposal = strategy.propose(random.split("propose").split(draw));
      return { proposal, ...scorer.score(proposal.architecture, draw) };
    });
    const learned = strategy.learn(scored);
    return {
      learned,
      scored: scored.map(({ proposal, ...score }) => ({ architecture: proposal.architecture, ...score })),
    };
  }

  /** Copies out all that has been learned. */
  state(): SavedState {
    const { json, arrays } = this.strategy.state();
    const prefixed = [...arrays].map(([key, stored]): [string, StoredArray] => [`strategy/${key}`, stored]);
    return {
      json,
      arrays: new Map([
        ...weightArrays(this.shared.weights, "weights/"),
        ...this.optimiser.arrays("optimiser/"),
        ...prefixed,
      ]),
    };
  }

  /**
   * Goes on from what an earlier searcher with the same options had learned.
   *
   * @param steps How many steps it had made.
   */
  restore({ json, arrays }: SavedState, steps: number): void {
    setWeights(this.shared.weights, arrays, "weights/");
    this.optimiser.restore(arrays, "optimiser/", steps);
    const prefix = "strategy/";
    const own = [...arrays].filter(([key]) => key.startsWith(prefix));
    this.strategy.restore({ json, arrays: new Map(own.map(([key, stored]) => [key.slice(prefix.length), stored])) });
  }

  /** Releases everything. */
  dispose(): void {
    this.optimiser.dispose();
    this.shared.dispose();
  }
}
