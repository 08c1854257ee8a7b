import { adamStep } from "../kernels/optimisers";
import { createMomentumOptimiser } from "../networks/train/momentum-optimiser";
import { disposeMoments, newMoment } from "../networks/train/moments";
import type { WeightBank } from "../networks/weights/weight-bank";
import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import type { StoredArray } from "../runs/state";
import { arraysOf, tensorOf } from "./stored-weights";

/** Gradient descent with momentum. */
export interface MomentumSettings {
  /** Which optimiser. */
  readonly kind: "momentum";
  /** How much of the last step stays, 0 to below 1; default: 0.9. */
  readonly momentum: number;
  /** Whether the gradient is taken ahead, as Nesterov does; default: true. */
  readonly nesterov: boolean;
  /**
   * Weight decay, from 0: decay · weight is added to each gradient, as PyTorch does it; that of ENAS's "l2" is half of it.
   * Default: 0.0005.
   */
  readonly decay: number;
  /** The largest norm of all gradients together, before the decay is added; 0 for no bound. Default: 5. */
  readonly bound: number;
}

/** Adam (Kingma and Ba, 2015). */
export interface AdamSettings {
  /** Which optimiser: `adamw` with weight decay beside the gradient (Loshchilov and Hutter, 2019), `adam` without decay. */
  readonly kind: "adam" | "adamw";
  /** How much of the mean of the gradients stays, 0 to below 1; default: 0.9. */
  readonly beta1: number;
  /** How much of the mean of their squares stays, 0 to below 1; default: 0.999. */
  readonly beta2: number;
  /** Added to the root of the mean of squares, above 0; default: 1e-8. */
  readonly epsilon: number;
  /** Weight decay, from 0: weight -= rate · decay · weight. Default: 0.01 for `adamw`; 0 for `adam`, which has none. */
  readonly decay: number;
  /** The largest norm of all gradients together; 0 for no bound. Default: 5. */
  readonly bound: number;
}

/** How weights follow their gradients. */
export type OptimiserSettings = MomentumSettings | AdamSettings;

/** An optimiser of which everything but its kind may be left out. */
export type GivenOptimiser =
  (Pick<MomentumSettings, "kind"> & Partial<MomentumSettings>) | (Pick<AdamSettings, "kind"> & Partial<AdamSettings>);

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

  /**
   * Copies out what it has gathered.
   *
   * @param prefix What is put before each key.
   * @returns The numbers, to be given to `restore`.
   */
  arrays(prefix: string): Map<string, StoredArray>;

  /**
   * Carries on from what another gathered.
   *
   * @param arrays The numbers; others among them are left alone.
   * @param prefix What stands before each key.
   * @param steps How many steps the other had made.
   */
  restore(arrays: ReadonlyMap<string, StoredArray>, prefix: string, steps: number): void;

  /** Releases what it has gathered. */
  dispose(): void;
}

const defaults = {
  momentum: { kind: "momentum", momentum: 0.9, nesterov: true, decay: 5e-4, bound: 5 },
  adam: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0, bound: 5 },
  adamw: { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.01, bound: 5 },
} as const;

/**
 * Fills an optimiser's settings with their defaults and checks them.
 *
 * @param given The settings.
 * @returns All of them.
 * @throws {Problem} Where a key is unknown or a number out of its range.
 */
export function checkOptimiser(given: GivenOptimiser): OptimiserSettings {
  if (!Object.hasOwn(defaults, given.kind)) {
    throw new Problem(
      `The optimiser's kind is ${JSON.stringify(given.kind)}, expected one of ${Object.keys(defaults).join(", ")}.`,
      '"momentum" is a usual one.',
    );
  }
  const settings = withDefaults<OptimiserSettings>(`The optimiser "${given.kind}"`, given, defaults[given.kind]);
  const check = (name: string, value: number, good: boolean, expected: string) => {
    if (Number.isFinite(value) && good) return;
    throw new Problem(
      `The optimiser "${settings.kind}" has ${name}: ${value}, expected ${expected}.`,
      "Correct it, or leave it out.",
    );
  };
  const share = (name: string, value: number) => {
    check(name, value, value >= 0 && value < 1, "a number from 0 to below 1");
  };
  check("decay", settings.decay, settings.decay >= 0, "a number from 0");
  check("bound", settings.bound, settings.bound >= 0, "a number from 0, 0 for no bound");
  if (settings.kind === "momentum") {
    share("momentum", settings.momentum);
    return settings;
  }
  share("beta1", settings.beta1);
  share("beta2", settings.beta2);
  check("epsilon", settings.epsilon, settings.epsilon > 0, "a number above 0");
  check("decay", settings.decay, settings.kind === "adamw" || settings.decay === 0, "0: decay belongs to adamw");
  return settings;
}

/**
 * Makes an optimiser.
 *
 * @param weights The weights; they are changed in place, by every step.
 * @param settings The settings, from {@link checkOptimiser}.
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

function adamOptimiser(weights: WeightBank, { kind: _, ...settings }: AdamSettings): Optimiser {
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
