import * as v from "valibot";

import { disposeBorrowed, newBorrowable } from "../kernels/borrowed-variables";
import { adamStep, momentumStep } from "../kernels/optimisers";
import type { WeightBank } from "../networks/weights/weight-bank";
import { flag, number, positive, share } from "../runtime/option-values";
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
 * Makes an optimiser over weights of which each step may use some: the others, and what was gathered of them, stay as they are.
 *
 * @param weights The weights; they are changed in place, by every step.
 * @returns The optimiser, which has gathered nothing; whoever asked for it disposes of it.
 */
export function createOptimiser(weights: WeightBank, settings: OptimiserSettings): Optimiser {
  const names = settings.kind === "momentum" ? ["moment"] : ["first", "second"];
  const moments = names.map((name) => ({ name, own: new Map<string, tf.Variable>() }));
  let steps = 0;
  const momentOf = (own: Map<string, tf.Variable>, key: string) => {
    let moment = own.get(key);
    // Zeros at first, in memory of their own, which our kernels borrow for long.
    if (moment === undefined) own.set(key, (moment = newBorrowable(() => tf.zerosLike(weights.get(key)), false)));
    return moment;
  };
  const clear = () => {
    for (const { own } of moments) {
      disposeBorrowed(own.values());
      own.clear();
    }
  };
  return {
    step(gradients, rate) {
      const keys = [...gradients.keys()];
      const used = keys.map((key) => weights.get(key));
      const [first, second] = moments.map(({ own }) => keys.map((key) => momentOf(own, key)));
      steps += 1;
      const given = [...gradients.values()];
      const norm =
        settings.kind === "momentum"
          ? momentumStep(used, first!, given, { ...settings, rate })
          : adamStep(used, first!, second!, given, { ...settings, rate, step: steps });
      const [value] = norm.dataSync();
      norm.dispose();
      return value!;
    },
    arrays: (prefix) => new Map(moments.flatMap(({ name, own }) => [...arraysOf(own, `${prefix}${name}/`)])),
    restore(arrays, prefix, done) {
      clear();
      steps = done;
      for (const { name, own } of moments) {
        const start = `${prefix}${name}/`;
        for (const [key, stored] of arrays) {
          if (!key.startsWith(start)) continue;
          const tensor = tensorOf(stored);
          momentOf(own, key.slice(start.length)).assign(tensor);
          tensor.dispose();
        }
      }
    },
    dispose: clear,
  };
}
