import { deepEqual, ok } from "node:assert/strict";

import { checkDimensions, type Point } from "../../lib/optimise/dimension";
import { learnSurrogate, samplers, type Measured, type Sampler } from "../../lib/optimise/samplers";
import { createRandom } from "../../lib/runtime/random";
import { mean } from "../../lib/statistics/summary";

const dimensions = checkDimensions({
  rate: { kind: "number", from: 0.001, to: 1, scale: "logarithmic" },
  dropout: { kind: "number", from: 0, to: 1 },
  smoothing: { kind: "number", from: 0, to: 1 },
  kind: { kind: "choice", of: ["a", "b", "c"] },
});

/** Best at a rate of .03, a dropout of .3 and the kind "b"; the smoothing does nothing. */
const worthOf = ({ rate, dropout, kind }: Point) =>
  1 -
  (Math.log10((rate as number) / 0.03) / 1.5) ** 2 -
  2 * ((dropout as number) - 0.3) ** 2 -
  (kind === "b" ? 0 : 0.3);

function run(sampler: Sampler, count: number, seed: number): Measured[] {
  const random = createRandom(seed);
  const seen: Measured[] = [];
  for (let index = 0; index < count; index++) {
    const point = sampler.propose(dimensions, seen, random.split(index));
    seen.push({ point, fidelity: 1, value: worthOf(point) + 0.02 * random.split("noise").split(index).normal() });
  }
  return seen;
}

describe("samplers", function () {
  this.timeout(120_000);

  it("are better than chance where they learn, on a function that can be learned, at the same number of trials", () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const bestOf = (sampler: Sampler) =>
      seeds.map((seed) => Math.max(...run(sampler, 30, seed).map(({ point }) => worthOf(point))));
    const [learned, drawn] = [bestOf(samplers.bayesian), bestOf(samplers.random)];
    ok(mean(learned) > 0.98, String(mean(learned)));
    ok(mean(learned) > mean(drawn) + 0.03, `${mean(learned)} and ${mean(drawn)}`);
    ok(seeds.filter((_, index) => learned[index]! > drawn[index]!).length >= 5);
  });

  it("propose the same of the same trials and seed, whatever was proposed before", () => {
    const seen = run(samplers.random, 12, 3);
    const once = samplers.bayesian.propose(dimensions, seen, createRandom(4));
    deepEqual(once, samplers.bayesian.propose(dimensions, seen, createRandom(4)));
  });

  it("propose something where all that was seen is equal", () => {
    const seen = run(samplers.random, 10, 1).map((one) => ({ ...one, value: 0.5 }));
    ok(typeof samplers.bayesian.propose(dimensions, seen, createRandom(1)).rate === "number");
  });
});

describe("learnSurrogate(dimensions, seen, random)", () => {
  it("learns how far what was measured with little of the budget can be trusted", () => {
    const random = createRandom(8);
    // With little of the budget half as much, and lower by .4.
    const seen = run(samplers.random, 40, 5).map((one, index): Measured => {
      const value = worthOf(one.point);
      return index < 30 ? { ...one, fidelity: 0, value: value / 2 - 0.4 } : { ...one, value };
    });
    const { process, center, spread, inputsOf } = learnSurrogate(dimensions, seen, random);
    const points = run(samplers.random, 40, 9).map(({ point }) => point);
    const errors = process
      .predict(inputsOf(points))
      .map((prediction, index) => Math.abs(center + spread * prediction.mean - worthOf(points[index]!)));
    const guess = mean(seen.slice(30).map(({ value }) => value));
    const errorsOfGuess = points.map((point) => Math.abs(guess - worthOf(point)));
    ok(mean(errors) < 0.6 * mean(errorsOfGuess), `${mean(errors)} and ${mean(errorsOfGuess)}`);
  });
});
