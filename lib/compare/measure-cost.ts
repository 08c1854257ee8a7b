import * as v from "valibot";

import { costOf } from "../graph/cost";
import type { InputSize } from "../graph/builder";
import { withoutAuxiliary } from "../graph/graph";
import { systemClock, type Clock } from "../runtime/environment";
import { listOf, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import type { RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import { quantile } from "../statistics/summary";
import { buildSpecified, type NetworkSpecification } from "../train/specification";
import { kernelPasses } from "./passes";

const measureCostOptions = v.strictObject({
  /** How often each batch is timed, from 1; default: 30. */
  repeats: v.optional(wholeNumber({ from: 1 }), 30),
  /** How often each batch is computed before it is timed, from 0; default: 3. The first passes are slower than all others. */
  warmUp: v.optional(wholeNumber(), 3),
  /** How many images are computed at once, each from 1; default: [1, 32]. */
  batchSizes: v.optional(listOf(wholeNumber({ from: 1 })), [1, 32]),
  /** Where the time comes from; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
  /** Draws weights and images: times do not depend on what they are. */
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
});

/** How a network's cost is measured. @interface */
export type MeasureCostOptions = v.InferInput<typeof measureCostOptions>;

/** How long a batch takes, in milliseconds. */
export interface Latency {
  readonly batch: number;
  readonly medianMs: number;
  /** The first quartile: a quarter of the passes take less. */
  readonly lowMs: number;
  /** The third quartile: a quarter take more. */
  readonly highMs: number;
  /** How many passes came before, untimed. */
  readonly warmUp: number;
  /** How many passes were timed. */
  readonly repeats: number;
}

/** What a network costs where it is used; what its search and its training cost, their runs have recorded. */
export interface NetworkCost {
  /** Numbers that training changes; those of an auxiliary head, which is there for training alone, do not count. */
  readonly parameters: number;
  /** Multiplications with a following addition, for one image: see `costOf` for what counts. */
  readonly multiplyAdds: number;
  /** What all weights take in a file, moving statistics too, in bytes. */
  readonly fileBytes: number;
  /** How long a pass takes in this process, for each size of batch. */
  readonly latency: readonly Latency[];
}

/**
 * Measures what a network costs where it is used: its size, its multiplications, and the time of a pass from images in memory
 * to logits, with moving statistics. The time is of this machine, this process and its number of threads; only times of the
 * same one can be compared, and of a machine that does nothing else meanwhile.
 *
 * @param options How; all tensors are disposed.
 * @throws {Problem} Where there is no such network, it cannot take such images, or a number of passes or images is not such.
 */
export function measureCost(network: NetworkSpecification, size: InputSize, options: MeasureCostOptions): NetworkCost {
  const { random } = checkOptions("measureCost", measureCostOptions, options);
  const graph = withoutAuxiliary(buildSpecified(network, size));
  const { trainable, multiplyAdds, weightBytes } = costOf(graph);
  const pass = kernelPasses.prepare(graph, random.split("weights"));
  try {
    const latency = timeBatches(pass.run, (batch, own) => drawImages(batch, size, own), options);
    return { parameters: trainable, multiplyAdds, fileBytes: weightBytes, latency };
  } finally {
    pass.dispose();
  }
}

/**
 * Joins what was measured of a network in several rounds, each of which took all networks in turn: of each time the median over the rounds.
 * What a process does for the first time is slower, and what a machine does beside it comes and goes: neither is one network's then.
 *
 * @param rounds One at least, of the same network and batches.
 */
export function joinCosts(rounds: readonly NetworkCost[]): NetworkCost {
  const [first] = rounds as readonly [NetworkCost];
  const latency = first.latency.map((one, place): Latency => {
    const own = rounds.map((round) => round.latency[place]!);
    const over = (of: (latency: Latency) => number) => quantile(own.map(of), 0.5);
    return {
      ...one,
      medianMs: over(({ medianMs }) => medianMs),
      lowMs: over(({ lowMs }) => lowMs),
      highMs: over(({ highMs }) => highMs),
      repeats: own.reduce((sum, { repeats }) => sum + repeats, 0),
    };
  });
  return { ...first, latency };
}

/**
 * Times passes of batches of images.
 *
 * @param pass Computes logits of images, and waits until they are there.
 * @param draw Draws the images of a batch, which are disposed afterwards.
 * @param options How; see {@link measureCost}.
 */
export function timeBatches(
  pass: (images: tf.Tensor4D) => unknown,
  draw: (batch: number, random: RandomGenerator) => tf.Tensor4D,
  options: MeasureCostOptions,
): Latency[] {
  const { repeats, warmUp, batchSizes, clock, random } = checkOptions("measureCost", measureCostOptions, options);
  return batchSizes.map((batch): Latency => {
    const images = draw(batch, random.split("images").split(batch));
    try {
      for (let turn = 0; turn < warmUp; turn++) pass(images);
      const times = Array.from({ length: repeats }, () => {
        const start = clock.seconds();
        pass(images);
        return 1000 * (clock.seconds() - start);
      });
      const [lowMs, medianMs, highMs] = [quantile(times, 0.25), quantile(times, 0.5), quantile(times, 0.75)];
      return { batch, medianMs, lowMs, highMs, warmUp, repeats };
    } finally {
      images.dispose();
    }
  });
}

/** Draws images of normal numbers, `[batch, height, width, channels]`; the caller disposes them. */
export function drawImages(
  batch: number,
  { height, width, channels }: InputSize,
  random: RandomGenerator,
): tf.Tensor4D {
  const pixels = Float32Array.from({ length: batch * height * width * channels }, () => random.normal());
  return tf.tensor4d(pixels, [batch, height, width, channels]);
}
