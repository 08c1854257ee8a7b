import { systemClock, type Clock } from "../../runtime/environment";
import { withDefaults } from "../../runtime/options";
import { quantile } from "../../statistics/summary";
import type { Batches } from "./batches";

/** How batches are timed. */
export interface TimeBatchesOptions {
  /** How many are timed, from 1; default: 50. */
  count: number;
  /** How many are made before, so that the code is compiled; default: 10. */
  warmUp: number;
  /** Where the time comes from; default: this machine's clock. */
  clock: Clock;
}

/** How long one batch takes, in milliseconds. */
export interface BatchTimes {
  /** The median: half of the batches take less. */
  readonly median: number;
  /** 95 of 100 batches take less. */
  readonly slow: number;
}

/**
 * Measures how long it takes to make a batch: to gather, vary and normalise its images, and to hand them to TensorFlow. A
 * training step waits for it.
 *
 * @param batches The batches; those that are made are disposed.
 * @param options How many.
 * @returns The times.
 */
export function timeBatches(batches: Batches, options: Partial<TimeBatchesOptions> = {}): BatchTimes {
  const { count, warmUp, clock } = withDefaults<TimeBatchesOptions>("timeBatches", options, {
    count: 50,
    warmUp: 10,
    clock: systemClock,
  });
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
