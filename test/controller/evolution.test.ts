import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createStrategy } from "../../lib/controller/create-strategy";
import type { Strategy } from "../../lib/controller/strategy";
import { createRandom, type RandomGenerator } from "../../lib/runtime/random";
import { encode } from "../../lib/space/encode";
import type { Architecture } from "../../lib/space/kinds";
import { share } from "./separable-share";
import { microSpace } from "../helpers/spaces";

const space = microSpace(3);

/** In how many decisions two architectures differ. */
function distance(first: Architecture, second: Architecture): number {
  const other = encode(space, second);
  return encode(space, first).filter((number, place) => number !== other[place]).length;
}

/** Proposes and rewards architectures one by one. */
function fill(strategy: Strategy, random: RandomGenerator, rewards: readonly number[]): Architecture[] {
  return rewards.map((reward) => {
    const proposal = strategy.propose(random);
    strategy.learn([{ proposal, reward }]);
    return proposal.architecture;
  });
}

describe("evolution", () => {
  const createEvolution = (options: { population: number; tournament: number }) =>
    createStrategy({ kind: "evolution", space, ...options }, createRandom(1));

  it("draws at random until the population is full, then children of the best of a tournament, in one decision other", () => {
    const strategy = createEvolution({ population: 4, tournament: 50 });
    const random = createRandom(1);
    const members = fill(strategy, random, [0.1, 0.9, 0.3, 0.2]);
    for (const [index, one] of members.entries()) {
      ok(members.slice(index + 1).every((other) => distance(one, other) > 3));
    }
    // In 50 draws of 4 the best is missed once in two million.
    for (let draw = 0; draw < 20; draw++) equal(distance(strategy.propose(random).architecture, members[1]!), 1);
  });

  it("lets the oldest die, however good", () => {
    const strategy = createEvolution({ population: 3, tournament: 50 });
    const random = createRandom(2);
    const [best, ...others] = fill(strategy, random, [1, 0.2, 0.3]);
    const [child] = fill(strategy, random, [0.1]);
    equal(distance(child!, best!), 1);
    // The best is gone; of those left, the last of the first three is the best.
    for (let draw = 0; draw < 20; draw++) equal(distance(strategy.propose(random).architecture, others[1]!), 1);
  });

  it("draws mutations of all members alike to train shared weights with, whatever their rewards", () => {
    const strategy = createEvolution({ population: 3, tournament: 50 });
    const random = createRandom(3);
    const before = strategy.sample(random);
    const members = fill(strategy, random, [0, 1, 0]);
    ok(members.every((member) => distance(before, member) > 1));
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 600; draw++) {
      const sample = strategy.sample(random);
      counts[members.findIndex((member) => distance(member, sample) === 1)]!++;
    }
    // 200 of each expected, standard deviation 11.5.
    ok(
      counts.every((count) => Math.abs(count - 200) < 46),
      counts.join(),
    );
  });

  it("finds what is rewarded: of 300 architectures the last 20 have 0.6 on average, by chance 0.2, for every seed of ten", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const strategy = createEvolution({ population: 20, tournament: 5 });
      const random = createRandom(seed);
      const rewards = Array.from({ length: 300 }, () => {
        const proposal = strategy.propose(random);
        const reward = share(proposal.architecture);
        strategy.learn([{ proposal, reward }]);
        return reward;
      });
      const mean = rewards.slice(-20).reduce((sum, reward) => sum + reward, 0) / 20;
      ok(mean > 0.6, `seed ${seed}: ${mean}`);
    }
  });

  it("refuses a population and a tournament that are none, and a state with more or other members", () => {
    for (const value of [0, 2.5, NaN]) {
      throws(() => createEvolution({ population: value, tournament: 2 }), /has population: .*from 1/);
      throws(() => createEvolution({ population: 2, tournament: value }), /has tournament: .*from 1/);
    }
    const large = createEvolution({ population: 3, tournament: 1 });
    fill(large, createRandom(4), [1, 2, 3]);
    const small = createEvolution({ population: 2, tournament: 1 });
    throws(() => {
      small.restore(large.state());
    }, /The population of a saved state is missing or wrong/);
    const { json } = large.state();
    for (const [members, expected] of [
      [undefined, /population/],
      [[{ architecture: [0], reward: 1 }], /has 1 numbers/],
      [[{ architecture: [0, 0, 0, 0, 0, 0, 0, 0], reward: 1 }], /has 8 numbers, expected 24/],
      [[{ architecture: [], reward: null }], /reward of a member/],
    ] as const) {
      throws(() => {
        small.restore({ json: { ...(json as object), members } as never, arrays: new Map() });
      }, expected);
    }
    deepEqual((small.state().json as { members: unknown[] }).members, []);
  });
});
