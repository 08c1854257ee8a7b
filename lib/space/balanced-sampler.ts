import type { RandomGenerator } from "../runtime/random";
import { decode } from "./encode";
import type { Architecture } from "./kinds";
import { decisionsOf, type GivenSpace } from "./space";

/**
 * Draws architectures for a supernet so that each option of each decision is trained equally often: in every block of draws, as long
 * as the least common multiple of the numbers of options, each comes equally often, in an order drawn by chance (after Chu, Zhang
 * and Xu, "FairNAS", ICCV 2021, which sums the gradients of a block; here each draw is a step of its own).
 *
 * @param space The space.
 * @param random The source of chance; only its seed counts, not what was drawn from it before.
 * @returns Gives the architecture of a draw, from 0, whatever was asked for before.
 */
export function balancedSampler(space: GivenSpace, random: RandomGenerator): (draw: number) => Architecture {
  const counts = decisionsOf(space).map(({ options }) => options.length);
  const block = counts.reduce((least, count) => (least * count) / divisorOf(least, count), 1);
  let [number, orders]: [number, number[][]] = [-1, []];
  return (draw) => {
    const wanted = Math.floor(draw / block);
    if (wanted !== number) {
      const own = random.split(wanted);
      number = wanted;
      orders = counts.map((count, decision) =>
        own
          .split(decision)
          .permutation(block)
          .map((place) => place % count),
      );
    }
    return decode(
      space,
      orders.map((order) => order[draw % block]!),
    );
  };
}

function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
}
