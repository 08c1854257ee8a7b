import * as v from "valibot";

import { agreement, flag, number, positive } from "../runtime/option-values";

const warmUp = {
  /** Epochs in which the rate rises from 0 in a line, before anything else; default: 0. */
  warmUp: v.optional(number({ from: 0 }), 0),
};

const constant = v.strictObject({
  /** The learning rate stays. */
  kind: v.literal("constant"),
  /** The learning rate, above 0. */
  rate: positive(),
  ...warmUp,
});

const cosine = v.pipe(
  v.strictObject({
    /** The learning rate falls once along half a cosine (Loshchilov and Hutter, "SGDR", 2017, without restarts). */
    kind: v.literal("cosine"),
    /** The learning rate at the start, above 0. */
    rate: positive(),
    /** The learning rate at the end, from 0; default: 0. */
    lowest: v.optional(number({ from: 0 }), 0),
    ...warmUp,
  }),
  lowestUpToRate(),
);

const restarts = v.pipe(
  v.strictObject({
    /** The learning rate falls along half a cosine, again and again (Loshchilov and Hutter, "SGDR", 2017). */
    kind: v.literal("restarts"),
    /** The learning rate at each start, above 0; published for ENAS: 0.05. */
    rate: positive(),
    /** The learning rate at each end, from 0; published for ENAS: 0.0005. Default: 0. */
    lowest: v.optional(number({ from: 0 }), 0),
    /** Epochs of the first fall, from 1; published, and the default: 10. */
    first: v.optional(number({ from: 1 }), 10),
    /** By how much each fall is longer than the one before, from 1; published, and the default: 2. */
    factor: v.optional(number({ from: 1 }), 2),
    /** Whether the rate changes between epochs only, as published for ENAS, or at every step; default: true. */
    byEpoch: v.optional(flag(), true),
    ...warmUp,
  }),
  lowestUpToRate(),
);

const oneCycleSchedule = v.strictObject({
  /**
   * The learning rate rises, falls, and ends near nothing, along half cosines: PyTorch's `OneCycleLR` with its defaults
   * (Smith and Topin, "Super-convergence", 2018). The momentum stays.
   */
  kind: v.literal("one-cycle"),
  /** The highest learning rate, above 0. */
  rate: positive(),
  /** The share of all steps in which it rises, between 0 and 1; default: 0.3. */
  rise: v.optional(number({ above: 0, below: 1 }), 0.3),
  /** It starts at the highest rate by this, above 1; default: 25. */
  startDivisor: v.optional(number({ above: 1 }), 25),
  /** It ends at the first rate by this, above 1; default: 10,000. */
  endDivisor: v.optional(number({ above: 1 }), 1e4),
});

/** The schedules, by their kind. */
export const scheduleSchema = v.variant("kind", [constant, cosine, restarts, oneCycleSchedule]);

/** How the learning rate changes while a network is trained. */
export type Schedule = v.InferOutput<typeof scheduleSchema>;

/** How long the training is that a schedule belongs to. */
export interface Length {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/** Computes the learning rate of a step, counted from 0 over all epochs. */
export function rateAt(schedule: Schedule, step: number, { epochs, stepsPerEpoch }: Length): number {
  if (schedule.kind === "one-cycle") return oneCycle(schedule, step, epochs * stepsPerEpoch);
  const epoch = step / stepsPerEpoch;
  // The first step of a rise from 0 would change nothing: it takes the rate of its end.
  if (epoch < schedule.warmUp) return (schedule.rate * (step + 1)) / Math.max(1, schedule.warmUp * stepsPerEpoch);
  if (schedule.kind === "constant") return schedule.rate;
  if (schedule.kind === "cosine") {
    const falling = epochs - schedule.warmUp;
    return halfCosine(schedule.rate, schedule.lowest, falling <= 0 ? 1 : (epoch - schedule.warmUp) / falling);
  }
  const since = (schedule.byEpoch ? Math.floor(epoch) : epoch) - schedule.warmUp;
  let [start, length] = [0, schedule.first];
  while (since >= start + length) [start, length] = [start + length, length * schedule.factor];
  return halfCosine(schedule.rate, schedule.lowest, Math.max(0, since - start) / length);
}

function oneCycle(
  { rate, rise, startDivisor, endDivisor }: v.InferOutput<typeof oneCycleSchedule>,
  step: number,
  steps: number,
): number {
  const start = rate / startDivisor;
  const top = rise * steps - 1;
  if (step <= top) return halfCosine(start, rate, top <= 0 ? 1 : step / top);
  return halfCosine(rate, start / endDivisor, (step - top) / Math.max(1, steps - 1 - top));
}

function halfCosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;
}

function lowestUpToRate<Given extends { readonly rate: number; readonly lowest: number }>() {
  return agreement<Given>(
    "lowest",
    ({ rate, lowest }) => lowest <= rate,
    ({ rate }) => `a number from 0 to the rate, ${rate}`,
  );
}
