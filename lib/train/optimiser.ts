import * as v from "valibot";

import { adamStep } from "../kernels/optimisers";
import { createMomentumOptimiser } from "../networks/train/momentum-optimiser";
import { disposeMoments, newMoment } from "../networks/train/moments";
import type { WeightBank } from "../networks/weights/weight-bank";
import { flag, number, positive, share } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { tf } from "../runtime/tensorflow";
import type { StoredArray } from "../runs/state";
import { arraysOf, tensorOf } from "./stored-weights";

const bound = {
  /** The largest norm of all gradients together, before any decay is added; 0 for no bound. Default: 5. */
  bound: v.optional(number({ from: 0 }), 5),
};

const momentum = v.strictObject({
  /** Gradient descent with momentum. */
  kind: v.literal("momentum"),
  /** How much of the last step stays, 0 to below 1; default: 0.9. */
  momentum: v.optional(share(), 0.9),
  /** Whether the gradient is taken ahead, as Nesterov does; default: true. */
  nesterov: v.optional(flag(), true),
  /**
   * Weight decay, from 0: decay · weight is added to each gradient, as PyTorch does it; that of ENAS's "l2" is half of it.
   * Default: 0.0005.
   */
  decay: v.optional(number({ from: 0 }), 5e-4),
  ...bound,
});

const moments = {
  /** How much of the mean of the gradients stays, 0 to below 1; default: 0.9. */
  beta1: v.optional(share(), 0.9),
  /** How much of the mean of their squares stays, 0 to below 1; default: 0.999. */
  beta2: v.optional(share(), 0.999),
  /** Added to the root of the mean of squares, above 0; default: 1e-8. */
  epsilon: v.optional(positive(), 1e-8),
};

const adam = v.strictObject({
  /** Adam (Kingma and Ba, 2015), without weight decay. */
  kind: v.literal("adam"),
  ...moments,
  /** None: 0. */
  decay: v.optional(
    v.custom<number>((given) => given === 0, "0: decay belongs to adamw"),
    0,
  ),
  ...bound,
});

const adamw = v.strictObject({
  /** Adam with weight decay beside the gradient (Loshchilov and Hutter, 2019). */
  kind: v.literal("adamw"),
  ...moments,
  /** Weight decay, from 0: weight -= rate · decay · weight. Default: 0.01. */
  decay: v.optional(number({ from: 0 }), 0.01),
  ...bound,
});

/** The optimisers, by their kind. */
export const optimiserSchema = v.variant("kind", [momentum, adam, adamw]);

/** How weights follow their gradients. */
export type OptimiserSettings = v.InferOutput<typeof optimiserSchema>;

/** An optimiser of which everything but its kind may be left out. */
export type GivenOptimiser = v.InferInput<typeof optimiserSchema>;

type MomentumSettings = v.InferOutput<typeof momentum>;

/** What changes weights, and can be stopped and carried on. */
export interface Optimiser {
  /**
   * Changes the weights that have a gradient, in place.
   *
   * @param gradients The gradients by key; they stay the caller's.
   * @param rate The learning rate, above 0.
   * @returns The norm of all gradients together, before it was bounded.
   */
  step(gradients: ReadonlyMap<string, tf.Tensor>, rate: number): number;

  /** Copies out what it has gathered. */
  arrays(prefix: string): Map<string, StoredArray>;

  /**
   * Carries on from what another gathered.
   *
   * @param arrays The numbers; others among them are left alone.
   * @param steps How many steps the other had made.
   */
  restore(arrays: ReadonlyMap<string, StoredArray>, prefix: string, steps: number): void;

  dispose(): void;
}

/**
 * Fills an optimiser's settings with their defaults and checks them.
 *
 * @param given The settings.
 * @returns All of them.
 * @throws {Problem} Where a key is unknown or a number out of its range.
 */
export const checkOptimiser = (given: GivenOptimiser) => checkOptions("The optimiser", optimiserSchema, given);

/**
 * Makes an optimiser.
 *
 * @param weights The weights; they are changed in place, by every step.
 * @returns The optimiser; whoever asked for it disposes of it.
 */
export function createOptimiser(weights: WeightBank, settings: OptimiserSettings): Optimiser {
  return settings.kind === "momentum" ? momentumOptimiser(weights, settings) : adamOptimiser(weights, settings);
}

function momentumOptimiser(weights: WeightBank, { kind: _, ...settings }: MomentumSettings): Optimiser {
  const optimiser = createMomentumOptimiser(weights, settings);
  return {
    step: (gradients, rate) => optimiser.step(gradients, rate),
    arrays: (prefix) => arraysOf(optimiser.moments, `${prefix}moment/`),
    restore(arrays, prefix) {
      const moments = tensorsAt(arrays, `${prefix}moment/`);
      optimiser.restore(moments);
      tf.dispose([...moments.values()]);
    },
    dispose() {
      optimiser.dispose();
    },
  };
}

function adamOptimiser(
  weights: WeightBank,
  { kind: _, ...settings }: Exclude<OptimiserSettings, MomentumSettings>,
): Optimiser {
  const [first, second] = [new Map<string, tf.Variable>(), new Map<string, tf.Variable>()];
  let steps = 0;
  const momentOf = (moments: Map<string, tf.Variable>, key: string) => {
    const known = moments.get(key);
    if (known !== undefined) return known;
    const fresh = newMoment(weights.get(key));
    moments.set(key, fresh);
    return fresh;
  };
  const clear = () => {
    disposeMoments(first);
    disposeMoments(second);
  };
  return {
    step(gradients, rate) {
      const keys = [...gradients.keys()];
      steps += 1;
      const norm = adamStep(
        keys.map((key) => weights.get(key)),
        keys.map((key) => momentOf(first, key)),
        keys.map((key) => momentOf(second, key)),
        [...gradients.values()],
        { ...settings, rate, step: steps },
      );
      const [value] = norm.dataSync();
      norm.dispose();
      return value!;
    },
    arrays: (prefix) => new Map([...arraysOf(first, `${prefix}first/`), ...arraysOf(second, `${prefix}second/`)]),
    restore(arrays, prefix, done) {
      clear();
      steps = done;
      for (const [moments, name] of [
        [first, "first/"],
        [second, "second/"],
      ] as const) {
        const tensors = tensorsAt(arrays, prefix + name);
        for (const [key, tensor] of tensors) momentOf(moments, key).assign(tensor);
        tf.dispose([...tensors.values()]);
      }
    },
    dispose: clear,
  };
}

function tensorsAt(arrays: ReadonlyMap<string, StoredArray>, prefix: string): Map<string, tf.Tensor> {
  return new Map(
    [...arrays]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, stored]) => [key.slice(prefix.length), tensorOf(stored)]),
  );
}
