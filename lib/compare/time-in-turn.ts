import type { Graph } from "../graph/graph";
import { systemClock, type Clock } from "../runtime/environment";
import type { RandomGenerator } from "../runtime/random";
import { drawImages, timeBatches } from "./measure-cost";
import { kernelPasses, type PassesOfNetworks } from "./passes";

/** A network that is timed. */
export interface TimedGraph {
  readonly graph: Graph;
  /** Draws its weights and its images: times do not depend on what they are. */
  readonly random: RandomGenerator;
}

/** How networks are timed in turn. */
export interface TurnOptions {
  /** Images at once; default: 1. */
  readonly batch?: number;
  /** How often all networks are timed in turn; default: 7. */
  readonly rounds?: number;
  /** How often each is timed in a round; default: 10. */
  readonly repeats?: number;
  /** How often each is computed in a round before it is timed; default: 5. */
  readonly warmUp?: number;
  /** What computes the networks; default: the kernels of this process. */
  readonly passes?: PassesOfNetworks;
  /** Where the time comes from; default: this machine's clock. */
  readonly clock?: Clock;
}

/**
 * Times networks in rounds, each of which takes all of them in turn. What a machine does beside it comes and goes: of each network the
 * fastest round counts.
 *
 * @returns For each network the median of its passes in its fastest round, in milliseconds.
 */
export function timeInTurn(networks: readonly TimedGraph[], options: TurnOptions = {}): number[] {
  const { batch = 1, rounds = 7, repeats = 10, warmUp = 5, passes = kernelPasses, clock = systemClock } = options;
  const fastest = networks.map(() => Infinity);
  for (let round = 0; round < rounds; round++)
    for (const [place, { graph, random }] of networks.entries()) {
      const pass = passes.prepare(graph, random.split("weights"));
      try {
        const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
        const draw = (images: number, chance: RandomGenerator) =>
          drawImages(images, { height, width, channels }, chance);
        const [latency] = timeBatches(pass.run, draw, { repeats, warmUp, batchSizes: [batch], clock, random });
        fastest[place] = Math.min(fastest[place]!, latency!.medianMs);
      } finally {
        pass.dispose();
      }
    }
  return fastest;
}
