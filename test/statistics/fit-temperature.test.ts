import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { applyTemperature, fitTemperature, temperatureBounds } from "../../lib/statistics/fit-temperature";
import { logLoss } from "../../lib/statistics/scoring-rules";
import { inference, near } from "./recorded/read";

const { labels, logits, temperature, lossBefore, lossAfter } = inference.temperature;
const lossAt = (own: readonly number[], given: readonly number[], at: number) =>
  logLoss(own, applyTemperature(given, at));

describe("fitTemperature(labels, logits)", () => {
  it("gives the temperature and the losses that SciPy's minimiser finds", () => {
    const fitted = fitTemperature(labels, logits);
    near(fitted.temperature, temperature, 1e-6);
    near([lossAt(labels, logits, 1), lossAt(labels, logits, fitted.temperature)], [lossBefore, lossAfter], 1e-12);
    equal(fitted.atBound, false);
  });

  it("finds a temperature that no near one betters", () => {
    const { temperature: best } = fitTemperature(labels, logits);
    for (const factor of [0.999, 1.001]) {
      ok(lossAt(labels, logits, best * factor) > lossAt(labels, logits, best));
    }
  });

  it("finds by what true logits were multiplied", () => {
    const random = createRandom(5);
    const true_ = Array.from({ length: 20_000 }, () => random.normal(0, 2));
    const drawn = applyTemperature(true_, 1).map((probability) => (random.uniform() < probability ? 1 : 0));
    for (const factor of [0.4, 1, 5]) {
      const fitted = fitTemperature(
        drawn,
        true_.map((logit) => logit * factor),
      );
      near(fitted.temperature / factor, 1, 0.04);
    }
  });

  it("scales with the logits", () => {
    const doubled = fitTemperature(
      labels,
      logits.map((logit) => 2 * logit),
    );
    near(doubled.temperature, 2 * fitTemperature(labels, logits).temperature, 1e-10);
  });

  it("stops at the bounds, and says so, where classes are separable or the logits tell the reverse", () => {
    const separable = fitTemperature([0, 0, 1, 1], [-2, -1, 1, 3]);
    deepEqual([separable.temperature, separable.atBound], [temperatureBounds[0], true]);
    ok(lossAt([0, 0, 1, 1], [-2, -1, 1, 3], separable.temperature) < lossAt([0, 0, 1, 1], [-2, -1, 1, 3], 1));
    const reversed = fitTemperature([1, 1, 0, 0], [-2, -1, 1, 3]);
    deepEqual([reversed.temperature, reversed.atBound], [temperatureBounds[1], true]);
    ok(lossAt([1, 1, 0, 0], [-2, -1, 1, 3], reversed.temperature) < lossAt([1, 1, 0, 0], [-2, -1, 1, 3], 1));
  });

  it("leaves logits alone that no temperature changes", () => {
    deepEqual(fitTemperature([0, 1], [0, 0]), { temperature: 1, atBound: false });
  });

  it("takes logits of any size", () => {
    const [own, given] = [
      [0, 1, 0, 1],
      [-900, 800, 700, 1000],
    ] as const;
    ok(lossAt(own, given, fitTemperature(own, given).temperature) < lossAt(own, given, 1));
  });

  it("refuses other input", () => {
    throws(() => fitTemperature([1, 1], [1, 2]), /of one class, 1/);
    throws(() => fitTemperature([0, 1], [1, Infinity]), /is Infinity/);
    throws(() => fitTemperature([0, 1], [1]), /There are 2 labels for 1 logits/);
  });
});

describe("applyTemperature(logits, temperature)", () => {
  it("passes divided logits through the logistic function", () => {
    near(applyTemperature([0, 2, -2], 2), [0.5, 1 / (1 + Math.exp(-1)), 1 / (1 + Math.E)], 1e-15);
    deepEqual(applyTemperature([-1e4, 1e4], 1), [0, 1]);
  });

  it("refuses what is no temperature", () => {
    for (const wrong of [0, -1, NaN, Infinity]) throws(() => applyTemperature([1], wrong), /The temperature is/);
    throws(() => applyTemperature([NaN], 1), /is NaN/);
  });
});
