import { formatFixed } from "../display/number";
import { showTable } from "../display/table";
import { showText } from "../display/text";
import { createRandom } from "../runtime/random";
import { mean } from "../statistics/summary";
import type { Benchmark } from "../tabular/benchmark";
import { networksOfNested } from "../tabular/nested-networks";
import { kernelPasses } from "./passes";
import { timeInTurn, type TurnOptions } from "./time-in-turn";

/** How long the winners of an arm take for an image, beside a network that nobody searched for. */
export interface WinnersTimes {
  readonly arm: string;
  readonly reference: string;
  /** How many different networks won. */
  readonly networks: number;
  /** What a winner takes, in milliseconds: the mean over the searches. */
  readonly milliseconds: number;
  /** What the reference takes. */
  readonly ofReference: number;
  /** The least and the most that a winner takes, divided by what the reference does. */
  readonly ratios: readonly [number, number];
}

/**
 * Times the networks that won searches on outer folds, and those beside them, in turn in this process, an image at a time. Let the machine
 * do nothing else meanwhile.
 *
 * @param table A tabular benchmark.
 * @param options How often; the images are those that the networks were tested with.
 * @returns A line for each arm and each network beside it; none where nothing is tested yet.
 */
export function timesOfWinners(table: Benchmark, options: TurnOptions = {}): WinnersTimes[] {
  const all = networksOfNested(table);
  const different = [...new Map(all.map((one) => [one.network, one])).values()];
  const random = createRandom(1);
  const timed = different.map(({ graph, network }) => ({ graph, random: random.split(network) }));
  const times = timeInTurn(timed, options);
  const timeOf = (network: string) => times[different.findIndex((one) => one.network === network)]!;
  const names = (found: boolean) => [...new Set(all.filter((one) => one.found === found).map(({ arm }) => arm))];
  const ofArm = (arm: string) => all.filter((one) => one.arm === arm);
  return names(false).flatMap((reference) => {
    const ofReference = timeOf(ofArm(reference)[0]!.network);
    return names(true).map((arm): WinnersTimes => {
      const own = ofArm(arm).map(({ network }) => timeOf(network));
      return {
        ...{ arm, reference, networks: new Set(ofArm(arm).map(({ network }) => network)).size },
        ...{ milliseconds: mean(own), ofReference },
        ratios: [Math.min(...own) / ofReference, Math.max(...own) / ofReference],
      };
    });
  });
}

/**
 * Shows how long the winners of searches on outer folds take in this process, beside the networks that nobody searched for.
 *
 * @param table A tabular benchmark.
 */
export function showTimesOfWinners(table: Benchmark): void {
  const times = timesOfWinners(table);
  if (times.length === 0) {
    showText("Not yet: searches on outer folds (step nested).");
    return;
  }
  const rows = times.map(({ arm, reference, networks, milliseconds, ofReference, ratios: [least, most] }) => ({
    ...{ networks: arm, different: networks, "ms an image": formatFixed(milliseconds, 2), "held against": reference },
    ...{ "ms of it": formatFixed(ofReference, 2), "times as long": formatFixed(milliseconds / ofReference, 2) },
    "least and most": `${formatFixed(least, 2)} to ${formatFixed(most, 2)}`,
  }));
  showTable(rows, { caption: `An image at a time, ${kernelPasses.describe()}; the fastest of 7 rounds` });
}
