import * as v from "valibot";

import type { InputSize } from "../graph/builder";
import type { Graph } from "../graph/graph";
import { latencyColumns, latencyOf, type LatencyTable } from "../graph/latency";
import { describeMachine, systemClock, type Clock } from "../runtime/environment";
import { passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { buildNetwork } from "../space/build";
import type { Architecture, NetworkSettings } from "../space/kinds";
import { sampleArchitecture } from "../space/sample";
import type { GivenSpace } from "../space/space";
import { kendallTauOfRows } from "../statistics/kendall-tau";
import { fitNonNegative } from "../statistics/non-negative-fit";
import { quantile } from "../statistics/summary";
import { kernelPasses, type PassesOfNetworks } from "./passes";
import { timeInTurn } from "./time-in-turn";

const latencyOptions = v.strictObject({
  /** The images. */
  size: passed<InputSize>("the size of images"),
  /** The settings of networks that differ from the defaults of the space; default: none. */
  settings: v.optional(passed<Partial<NetworkSettings>>("settings of networks"), {}),
  /** Images at once, from 1; default: 1. */
  batch: v.optional(wholeNumber({ from: 1 }), 1),
  /** Networks that the table is fitted to, from 8; default: 120. */
  fitted: v.optional(wholeNumber({ from: 8 }), 120),
  /** Further networks that it is held against, from 2; default: 24. */
  held: v.optional(wholeNumber({ from: 2 }), 24),
  /** How often all networks are timed in turn, from 1; default: 7. What a machine does beside it comes and goes: of each network the fastest round counts. */
  rounds: v.optional(wholeNumber({ from: 1 }), 7),
  /** How often each is timed in a round, from 1; default: 10. */
  repeats: v.optional(wholeNumber({ from: 1 }), 10),
  /** How often each is computed in a round before it is timed; default: 5. */
  warmUp: v.optional(wholeNumber(), 5),
  /** What computes the networks; default: the kernels of this process. `release.pagePasses` are those of a released page. */
  passes: v.optional(passed<PassesOfNetworks>("what computes networks: release.pagePasses"), kernelPasses),
  /** Where the time comes from; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
  /** Draws networks, weights and images. */
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
});

/** How a table of latencies is measured. @interface */
export type MeasureLatencyOptions = v.InferInput<typeof latencyOptions>;

/** A network whose time was measured and predicted. */
export interface HeldLatency {
  readonly architecture: Architecture;
  /** The median of its passes in its fastest round, in milliseconds. */
  readonly measured: number;
  /** What the table says, in milliseconds. */
  readonly predicted: number;
}

/**
 * Measures how long layers of a space's networks take in this process: networks drawn by chance are timed, and coefficients of at least 0
 * are fitted to their times, relative errors alike. The table is then held against further networks; only one that does well enough on them
 * is taken by `sampleWithin`. Let the machine do nothing else meanwhile.
 *
 * @param space The space.
 * @param options How; all tensors are disposed.
 * @returns The table, and the networks that it was held against.
 * @throws {Problem} Where an option is none, or the images are too small.
 */
export function measureLatency(
  space: GivenSpace,
  options: MeasureLatencyOptions,
): { readonly table: LatencyTable; readonly held: readonly HeldLatency[] } {
  const checked = checkOptions("measureLatency", latencyOptions, options);
  const { fitted, held, batch, passes } = checked;
  const timed = timeNetworks(space, checked);
  const learned = timed.slice(0, fitted);
  if (learned.some(({ measured }) => measured <= 0))
    throw new Problem("A network took no time by the clock.", "Give a clock that is fine enough.");
  const names = [...new Set(timed.flatMap(({ columns }) => Object.keys(columns)))];
  // Each row by its own time: an error of a tenth counts alike for small and large networks.
  const fit = fitNonNegative(
    learned.map(({ columns, measured }) => names.map((name) => (columns[name] ?? 0) / measured)),
    learned.map(() => 1),
  );
  const { processor, processors } = describeMachine();
  const table = {
    version: 2 as const,
    machine: `${processor}, ${processors} processors, ${passes.describe()}`,
    batch,
    milliseconds: Object.fromEntries(names.map((name, place) => [name, fit[place]!])),
    agreement: { networks: held, tau: 0, error: 0 },
  };
  const others = timed.slice(fitted).map(({ architecture, graph, measured }): HeldLatency => {
    return { architecture, measured, predicted: latencyOf(table, graph) };
  });
  const [measured, predicted] = [others.map((one) => one.measured), others.map((one) => one.predicted)];
  const tau = kendallTauOfRows(measured, predicted)(measured.map((_, place) => place)) ?? 0;
  const error = quantile(
    others.map((one) => Math.abs(one.predicted - one.measured) / one.measured),
    0.5,
  );
  return { table: { ...table, agreement: { networks: held, tau, error } }, held: others };
}

interface TimedNetwork {
  readonly architecture: Architecture;
  readonly graph: Graph;
  readonly columns: Record<string, number>;
  /** The median of its passes in its fastest round, in milliseconds. */
  readonly measured: number;
}

function timeNetworks(space: GivenSpace, options: v.InferOutput<typeof latencyOptions>): TimedNetwork[] {
  const { size, settings, fitted, held, random } = options;
  const networks = Array.from({ length: fitted + held }, (_, number) => {
    const own = random.split(number);
    const architecture = sampleArchitecture(space, own);
    return { random: own, architecture, graph: buildNetwork(architecture, size, settings) };
  });
  const times = timeInTurn(networks, options);
  return networks.map(({ architecture, graph }, place) => {
    return { architecture, graph, columns: latencyColumns(graph), measured: times[place]! };
  });
}
