import * as v from "valibot";

import type { Base } from "../../kernels/accumulate";
import { makeCalls, settleCalls } from "../../kernels/call-queue";
import { disposeDirectSince, isDirect, lastDirect, share } from "../../kernels/direct-tensor";
import { asItIs, readableOf, scaleAndShift, type Norm, type Normalised, type Readable } from "../../kernels/normalised";
import { sum } from "../../kernels/sum";
import { flag, nullable, oneOf, passed } from "../../runtime/option-values";
import type { RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import type { BatchStatistics, WeightSource } from "../model/stock-forward";
import { weightKeyOf } from "../weights/initial-values";

/** The schema of {@link RunSettings}. */
export const runSettings = v.strictObject({
  /** Whose mean and variance a batch normalisation takes: the batch's, or the moving ones among the weights. */
  statistics: v.optional(oneOf(["batch", "moving"]), "moving"),
  /** Whether the backward pass will be asked for: what it needs is then kept. */
  gradient: v.optional(flag(), false),
  /** The chance of dropout and drop-path; null for none of either. */
  dropout: v.optional(nullable(passed<RandomGenerator>("a RandomGenerator")), null),
  /** Whether the batch's means and variances are handed over, for moving averages. */
  noteStatistics: v.optional(flag(), true),
});

/**
 * How a network is run.
 *
 * @interface
 */
export type RunSettings = v.InferOutput<typeof runSettings>;

/** A piece of a network that is computed at once: one layer, or several for which there is one kernel. */
export interface Step {
  /** The node whose value it gives. */
  readonly output: string;
  /** The nodes whose values it takes, in order. */
  readonly inputs: readonly string[];
  /** Those of its inputs whose values the backward pass needs. */
  readonly keeps: readonly string[];
  /** Whether the backward pass needs its own value. */
  readonly keepsOutput: boolean;
  /** Whether it is a normalisation whose backward pass takes sums of its gradient that somebody else has found. Default: no. */
  readonly takesSums?: boolean;
  /** Those of its inputs for whose normalisation it can find such sums. Default: none. */
  readonly findsSums?: readonly string[];

  /** The forward pass: reads the inputs' values and sets its own. */
  forward(run: RunState): void;

  /**
   * The backward pass: hands gradients to its inputs and to its weights.
   *
   * @param d The gradient of its value; the caller disposes it.
   */
  backward(run: RunState, d: tf.Tensor): void;
}

/** What is kept for most steps. */
const none: tf.Tensor[] = [];

/** The value of a node: as it is, or with a normalisation that is left to the reader. */
interface Slot {
  plain: tf.Tensor | null;
  readonly normalised: Normalised | null;
  readonly readable: Readable | null;
}

/**
 * The values and gradients of one run of a network, each held as long as somebody needs it and no longer. Nothing is held by
 * TensorFlow.js's tape or a `tf.tidy` around. Tensors that a method takes become the run's, and what it gives stays the run's,
 * unless it says otherwise.
 */
export class RunState {
  private readonly slots = new Map<string, Slot>();
  private readonly extras = new Map<string, tf.Tensor[]>();
  private readonly gradients = new Map<string, tf.Tensor>();
  /** The gradients of the weights, by key; whoever takes them disposes them. */
  readonly weightGradients = new Map<string, tf.Tensor>();
  /** Mean and variance that batch normalisations found, by node; whoever takes them disposes them. */
  readonly statistics = new Map<string, BatchStatistics>();

  /**
   * Starts a run.
   *
   * @param image The node of the images, which need no gradient.
   * @param finders For nodes of normalisations the step that finds the sums of their gradient; see {@link Plan}.
   */
  constructor(
    private readonly weights: WeightSource,
    readonly settings: RunSettings,
    private readonly image: string,
    private readonly finders: ReadonlyMap<string, string> = new Map(),
  ) {}

  /**
   * Does a part of the run. Where it fails, half-way through a step even, all tensors that it made are released.
   *
   * @throws {Error} What the part throws.
   */
  attempt(work: () => void): void {
    const before = lastDirect();
    let held: tf.Tensor[] = [];
    try {
      tf.tidy(() => {
        work();
        makeCalls();
        held = this.held();
        // It looks at each of them, and knows nothing of those in memory of our own kernels.
        return held.filter((tensor) => !isDirect(tensor));
      });
    } catch (error) {
      settleCalls();
      throw error;
    } finally {
      disposeDirectSince(before, held);
    }
  }

  /** Gives a weight by its name within the layer; it stays the network's. */
  weight(node: string, name: string): tf.Tensor4D {
    return this.weights(node, name) as tf.Tensor4D;
  }

  /** Gives a weight of each channel, `[channels]`; it stays the network's. */
  vector(node: string, name: string): tf.Tensor1D {
    return this.weights(node, name) as tf.Tensor1D;
  }

  /** Gives scale and shift of a batch normalisation; they stay the network's. */
  norm(node: string, epsilon: number): Norm {
    return { gamma: this.vector(node, "gamma"), beta: this.vector(node, "beta"), epsilon };
  }

  /** Sets a node's value. */
  set(node: string, plain: tf.Tensor): void {
    this.slots.set(node, { plain, normalised: null, readable: null });
  }

  /** Sets a node's value to what a batch normalisation gave, and notes the batch's statistics. */
  setNormalised(node: string, normalised: Normalised): void {
    this.slots.set(node, { plain: null, normalised, readable: readableOf(normalised) });
    this.noteStatistics(node, normalised.mean, normalised.variance);
  }

  /** Sets a node's value to one that is yet to be normalised, by the moving mean and variance. */
  setMoving(node: string, value: tf.Tensor4D, epsilon: number): void {
    const mean = this.vector(node, "moving_mean");
    const variance = this.vector(node, "moving_variance");
    const { scale, shift } = scaleAndShift(this.norm(node, epsilon), mean, variance);
    const normalised = { value, scale, shift, mean: share(mean), variance: share(variance), normal: null };
    this.slots.set(node, { plain: null, normalised, readable: { value, scale, shift } });
  }

  /** Notes what a batch normalisation found, for moving averages. */
  noteStatistics(node: string, mean: tf.Tensor1D, variance: tf.Tensor1D): void {
    if (!this.settings.noteStatistics) return;
    this.statistics.set(node, { mean: share(mean), variance: share(variance) });
  }

  /** Gives a node's value as it is cheapest to read. */
  read(node: string): Readable {
    const { plain, readable } = this.slots.get(node)!;
    return plain === null ? readable! : asItIs(plain as tf.Tensor4D);
  }

  /** Gives a node's value as plain numbers, and keeps them for the next reader. */
  plain(node: string): tf.Tensor4D {
    const slot = this.slots.get(node)!;
    slot.plain ??= slot.readable!.scale === null ? share(slot.readable!.value) : sum([slot.readable!]);
    return slot.plain as tf.Tensor4D;
  }

  /** Gives what a batch normalisation gave. */
  normalised(node: string): Normalised {
    return this.slots.get(node)!.normalised!;
  }

  /** Keeps tensors for the backward pass of the step with an output. */
  keep(node: string, tensors: tf.Tensor[]): void {
    this.extras.set(node, tensors);
  }

  /** Gives what was kept for the backward pass of the step with an output. */
  kept(node: string): tf.Tensor[] {
    return this.extras.get(node) ?? none;
  }

  /**
   * Gives the mean of a node's normalisation to the step that is to find the sums of its gradient.
   *
   * @param step The output of the step that asks.
   * @returns The mean, `[channels]`; null where another one finds the sums or nobody wants them.
   */
  meanForSums(node: string, step: string): tf.Tensor1D | null {
    const wanted = this.finders.get(node) === step && this.read(node).scale !== null;
    return wanted ? this.normalised(node).mean : null;
  }

  /** Keeps the sums of a node's gradient, `[2, channels]`, for the backward pass through its normalisation. */
  giveSums(node: string, sums: tf.Tensor2D): void {
    this.keep(node, [sums]);
  }

  /** Gives the sums of a node's gradient to the backward pass through its normalisation; null where nobody has found them. */
  sumsOf(node: string): tf.Tensor2D | null {
    return (this.kept(node)[0] ?? null) as tf.Tensor2D | null;
  }

  /** Says whether anybody wants a node's gradient: not that of the images. */
  wants(node: string): boolean {
    return node !== this.image;
  }

  /** Adds to a node's gradient what `produce` makes: the sum of what is there already and what is new. */
  contribute(node: string, produce: (base: Base) => tf.Tensor): void {
    const base = this.gradients.get(node) ?? null;
    const all = produce(base);
    base?.dispose();
    if (this.wants(node)) this.gradients.set(node, all);
    else all.dispose();
  }

  /** Adds a gradient that is there already, and stays the caller's, to a node's. */
  pass(node: string, d: tf.Tensor): void {
    this.contribute(node, (base) => (base === null ? share(d) : addUp(base, d)));
  }

  /** Hands a weight its gradient. */
  give(node: string, name: string, gradient: tf.Tensor): void {
    this.weightGradients.set(weightKeyOf(node, name), gradient);
  }

  /** Takes a node's gradient out of the run, for the caller to dispose; null where nothing depends on the node. */
  takeGradient(node: string): tf.Tensor | null {
    const gradient = this.gradients.get(node) ?? null;
    this.gradients.delete(node);
    return gradient;
  }

  /** Takes a node's value out of the run, as plain numbers for the caller to dispose. */
  take(node: string): tf.Tensor {
    return share(this.plain(node));
  }

  /** Releases a node's value. */
  release(node: string): void {
    const slot = this.slots.get(node);
    if (slot === undefined) return;
    const { plain, normalised } = slot;
    if (plain !== null) plain.dispose();
    if (normalised !== null) {
      const { value, mean, variance, scale, shift, normal } = normalised;
      for (const tensor of [value, mean, variance, scale, shift, normal]) tensor?.dispose();
    }
    this.slots.delete(node);
  }

  /** Releases what was kept for the backward pass of the step with an output. */
  releaseKept(node: string): void {
    for (const tensor of this.kept(node)) tensor.dispose();
    this.extras.delete(node);
  }

  // All tensors of the run.
  private held(): tf.Tensor[] {
    const slots = [...this.slots.values()].flatMap(({ plain, normalised }) => {
      if (normalised === null) return [plain];
      const { value, mean, variance, scale, shift, normal } = normalised;
      return [plain, value, mean, variance, scale, shift, normal];
    });
    return [
      ...slots.filter((tensor): tensor is tf.Tensor => tensor !== null),
      ...[...this.extras.values()].flat(),
      ...this.gradients.values(),
      ...this.weightGradients.values(),
      ...[...this.statistics.values()].flatMap(({ mean, variance }) => [mean, variance]),
    ];
  }

  /** Releases everything but the weights' gradients and the statistics. */
  releaseAll(): void {
    for (const node of [...this.slots.keys()]) this.release(node);
    for (const node of [...this.extras.keys()]) this.releaseKept(node);
    tf.dispose([...this.gradients.values()]);
    this.gradients.clear();
  }
}

// Images go through the kernel whose results are kept in memory that has been used before.
function addUp(base: tf.Tensor, d: tf.Tensor): tf.Tensor {
  if (base.rank !== 4) return tf.add(base, d);
  return sum([base, d].map((value) => asItIs(value as tf.Tensor4D)));
}
