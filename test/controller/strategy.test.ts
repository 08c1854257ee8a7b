import { deepEqual, notDeepEqual, throws } from "node:assert/strict";

import type { LibraryStrategy } from "../../lib/controller/check-strategy";
import { createStrategy } from "../../lib/controller/create-strategy";
import type { Strategy } from "../../lib/controller/strategy";
import { createRandom, type RandomGenerator } from "../../lib/runtime/random";
import type { SavedState } from "../../lib/runs/state";
import { encode } from "../../lib/space/encode";
import type { Space } from "../../lib/space/kinds";
import { share } from "./separable-share";
import { macroSpace, microSpace } from "../helpers/spaces";

const micro = microSpace(2);
const macro = macroSpace(4);
type Options = LibraryStrategy & { space: Space };
const all: Options[] = [micro, macro].flatMap((space): Options[] => [
  { kind: "enas", space, units: 6, beta1: 0.5, learningRate: 0.02 },
  { kind: "enas", space, units: 6, preset: "released", memoryLayers: 2 },
  { kind: "uniform", space },
  { kind: "evolution", space, population: 7, tournament: 3 },
]);

function update(strategy: Strategy, random: RandomGenerator) {
  const scored = Array.from({ length: 4 }, () => {
    const proposal = strategy.propose(random);
    return { proposal, reward: share(proposal.architecture) };
  });
  return { proposals: scored, learned: strategy.learn(scored), sample: strategy.sample(random) };
}

/** The same as after writing and reading: JSON as text, arrays as copies. */
function stored({ json, arrays }: SavedState): SavedState {
  return {
    json: JSON.parse(JSON.stringify(json)) as SavedState["json"],
    arrays: new Map(
      [...arrays].map(([name, { shape, values }]) => [name, { shape: [...shape], values: values.slice() }]),
    ),
  };
}

describe("a strategy", () => {
  for (const options of all) {
    const title = `${options.kind}${"preset" in options ? " as released" : ""}, ${options.space.kind}`;

    it(`proposes the same from the same seeds, and other architectures from others: ${title}`, () => {
      const run = (seed: number) => {
        const strategy = createStrategy(options, createRandom(1));
        const random = createRandom(seed);
        return [update(strategy, random), update(strategy, random), update(strategy, random)];
      };
      deepEqual(run(2), run(2));
      notDeepEqual(run(2), run(3));
    });

    it(`proposes and samples architectures of its space: ${title}`, () => {
      const strategy = createStrategy(options, createRandom(1));
      const random = createRandom(4);
      for (let round = 0; round < 3; round++) {
        encode(options.space, strategy.propose(random).architecture);
        encode(options.space, update(strategy, random).sample);
      }
    });

    it(`carries on to the bit from a state, also one saved in the middle and while it works on: ${title}`, () => {
      const strategy = createStrategy(options, createRandom(1));
      const random = createRandom(5);
      for (let round = 0; round < 3; round++) update(strategy, random);
      const saved = strategy.state();
      const copy = stored(saved);
      const goingOn = createRandom(6);
      const expected = [update(strategy, goingOn), update(strategy, goingOn)];
      deepEqual(stored(saved), copy, "the state has changed with its strategy");

      const other = createStrategy(options, createRandom(99));
      other.restore(copy);
      deepEqual(stored(other.state()), copy);
      const carried = createRandom(6);
      deepEqual([update(other, carried), update(other, carried)], expected);
      deepEqual(stored(other.state()), stored(strategy.state()));
    });

    it(`refuses a foreign proposal and rewards that are not finite, and then has learned nothing: ${title}`, () => {
      const strategy = createStrategy(options, createRandom(1));
      const random = createRandom(6);
      update(strategy, random);
      const before = stored(strategy.state());
      const mine = { proposal: strategy.propose(random), reward: 0.5 };
      const foreign = createStrategy(options, createRandom(1)).propose(random);
      throws(() => strategy.learn([mine, { proposal: foreign, reward: 0.5 }]), /is none that this strategy made/);
      throws(() => strategy.learn([mine, { ...mine, reward: NaN }]), /twice|is NaN/);
      throws(() => strategy.learn([{ ...mine, reward: NaN }]), {
        name: "Problem",
        message: /The reward of proposal 0, counted from 0, is NaN, expected a finite number/,
      });
      deepEqual(stored(strategy.state()), before);
      strategy.learn([mine]);
    });

    it(`refuses a state of another space, and then is as before: ${title}`, () => {
      const strategy = createStrategy(options, createRandom(1));
      const before = stored(strategy.state());
      const space = options.space.kind === "micro" ? macro : micro;
      const other = createStrategy({ ...options, space }, createRandom(1));
      throws(() => {
        strategy.restore(other.state());
      }, /is of space/);
      deepEqual(stored(strategy.state()), before);
    });

    it(`changes by what it learns, unless its policy stays uniform: ${title}`, () => {
      const strategy = createStrategy(options, createRandom(1));
      const before = stored(strategy.state());
      update(strategy, createRandom(7));
      const after = stored(strategy.state());
      if (options.kind !== "uniform") notDeepEqual(after, before);
      else deepEqual(after, before);
    });
  }
});
