import * as v from "valibot";

import { systemClock, type Clock } from "../../runtime/environment";
import { passed, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { quantile } from "../../statistics/summary";
import type { Batches } from "./batches";

const timeBatchesOptions = v.strictObject({
  /** How many are timed, from 1; default: 50. */
  count: v.optional(wholeNumber({ from: 1 }), 50),
  /** How many are made before, so that the code is compiled; default: 10. */
  warmUp: v.optional(wholeNumber(), 10),
  /** Where the time comes from; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
});

/** How batches are timed. @interface */
export type TimeBatchesOptions = v.InferInput<typeof timeBatchesOptions>;

/** How long one batch takes, in milliseconds. */
export interface BatchTimes {
  readonly median: number;
  /** 95 of 100 batches take less. */
  readonly slow: number;
}

/**
 * Measures how long it takes to make a batch: to gather, vary and normalise its images, and to hand them to TensorFlow. A
 * training step waits for it.
 *
 * @param batches The batches; those that are made are disposed.
 */
export function timeBatches(batches: Batches, options: TimeBatchesOptions = {}): BatchTimes {
  const { count, warmUp, clock } = checkOptions("timeBatches", timeBatchesOptions, options);
  const times: number[] = [];
  for (let turn = -warmUp; turn < count; turn++) {
    const place = turn + warmUp;
    const start = clock.seconds();
    const { images, labels } = batches.batchAt(Math.floor(place / batches.steps), place % batches.steps);
    const took = 1000 * (clock.seconds() - start);
    images.dispose();
    labels.dispose();
    if (turn >= 0) times.push(took);
  }
  return { median: quantile(times, 0.5), slow: quantile(times, 0.95) };
}
