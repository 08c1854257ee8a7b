import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { compareDelong, delongInterval } from "../../lib/statistics/delong";
import { inference, near, proc } from "./recorded/read";

describe("delongInterval(labels, scores, confidence)", () => {
  for (const { name, labels, first, second, areas, variances, intervals } of inference.delong) {
    it(`gives the area, the variance and the interval of the definition: ${name}`, () => {
      const found = delongInterval(labels, first);
      near([found.areaUnderCurve, found.variance!, found.low, found.high], [areas[0], variances[0], ...intervals[0]]);
      deepEqual([found.method, found.notes], ["DeLong", []]);
      const other = delongInterval(labels, second, 0.9);
      near([other.areaUnderCurve, other.variance!, other.low, other.high], [areas[1], variances[1], ...intervals[1]]);
    });
  }

  it("never says that a perfect area is known exactly", () => {
    const labels = Array.from({ length: 60 }, (_, index) => (index < 40 ? 0 : 1));
    const up = labels.map((_, index) => index);
    const found = delongInterval(labels, up);
    deepEqual([found.areaUnderCurve, found.variance, found.high, found.method], [1, 0, 1, "independent pairs"]);
    // 20 pairs, all right: the bound at which that has the chance 0.025.
    near(found.low, 0.025 ** (1 / 20), 1e-13);
    match(found.notes[0]!, /told apart without error/);
    const reversed = delongInterval(
      labels,
      up.map((score) => -score),
    );
    near([reversed.low, reversed.high], [0, 1 - 0.025 ** (1 / 20)], 1e-13);
  });

  it("has a wide interval, with a note, where the variance is 0 or unknown", () => {
    const perfect = delongInterval([0, 0, 1, 1], [1, 1, 2, 2]);
    deepEqual([perfect.areaUnderCurve, perfect.variance, perfect.method], [1, 0, "independent pairs"]);
    ok(perfect.low < 0.3 && perfect.high === 1);
    match(perfect.notes[0]!, /variance is 0/);
    const single = delongInterval([0, 0, 0, 1], [1, 2, 4, 3]);
    deepEqual([single.variance, single.method], [null, "independent pairs"]);
    near(single.areaUnderCurve, 2 / 3);
    ok(single.low < 0.2 && single.high > 0.98);
    match(single.notes[0]!, /one sample only/);
  });

  it("is 0.5 alone for scores that are all the same, whatever the samples", () => {
    for (const labels of [
      [0, 0, 1, 1],
      [0, 1, 1, 1, 1],
    ]) {
      const constant = delongInterval(
        labels,
        labels.map(() => -0.3),
      );
      deepEqual([constant.areaUnderCurve, constant.low, constant.high], [0.5, 0.5, 0.5]);
      match(constant.notes[0]!, /All scores are the same/);
    }
  });

  it("stays within 0 to 1 and around the area, at any size", () => {
    const random = createRandom(2);
    for (let round = 0; round < 200; round++) {
      const labels = [0, 1, ...Array.from({ length: random.integer(0, 12) }, () => random.integer(0, 1))];
      const scores = labels.map((label) => random.integer(0, 4) + 2 * label);
      const { areaUnderCurve: area, low, high, method } = delongInterval(labels, scores);
      near(area, areaUnderCurve(scores, labels));
      ok(0 <= low && low <= area && area <= high && high <= 1, `${low} ${area} ${high}`);
      equal(low < high, method !== "constant scores");
    }
  });

  it("holds the true area about as often as it says", () => {
    const random = createRandom(8);
    const labels = Array.from({ length: 90 }, (_, index) => (index < 60 ? 0 : 1));
    let held = 0;
    for (let round = 0; round < 600; round++) {
      const scores = labels.map((label) => random.normal(1.5 * label));
      const { low, high } = delongInterval(labels, scores);
      // The area of two normal distributions 1.5 apart: Φ(1.5 / √2).
      if (low <= 0.8555778168 && 0.8555778168 <= high) held++;
    }
    ok(held / 600 > 0.92 && held / 600 < 0.98, `${held} of 600`);
  });

  it("refuses other input", () => {
    throws(() => delongInterval([1, 1], [1, 2]), /of one class, 1/);
    throws(() => delongInterval([0, 1], [1, NaN]), /is NaN/);
    throws(() => delongInterval([0, 1, 1], [1, 2]), /There are 3 labels for 2 scores/);
    throws(() => delongInterval([0, 1], [1, 2], 95), /The confidence is 95/);
  });
});

describe("compareDelong(labels, first, second, confidence)", () => {
  for (const { name, labels, first, second, areas, difference, z, p } of inference.delong) {
    it(`gives the difference, the interval and the p-value of the definition: ${name}`, () => {
      const found = compareDelong(labels, first, second);
      near([found.first, found.second], areas);
      // With five samples the interval would reach beyond 1, which no difference can.
      near(
        [found.difference, found.low!, found.high!],
        difference.map((end) => Math.min(1, Math.max(-1, end))),
      );
      near([found.z!, found.p!], [z, p], 1e-12);
      deepEqual(found.notes, []);
    });
  }

  for (const recorded of proc.delong) {
    it(`has the areas, variances, covariance and test of pROC: ${recorded.name}`, () => {
      const { labels, first, second } = inference.delong.find(({ name }) => name === recorded.name)!;
      const variances = [first, second].map((scores) => delongInterval(labels, scores).variance!);
      near(variances, recorded.variances, 1e-12);
      const { first: one, second: other, difference, z, p } = compareDelong(labels, first, second);
      near([one, other, z!, p!], [...recorded.areas, recorded.z, recorded.p], 1e-12);
      near((variances[0]! + variances[1]! - (difference / z!) ** 2) / 2, recorded.covariance, 1e-12);
    });
  }

  it("turns its sign with the order, and does not depend on the scores' scale", () => {
    const { labels, first, second } = inference.delong[0]!;
    const [one, other] = [compareDelong(labels, first, second), compareDelong(labels, second, first)];
    near([one.difference, one.low!, one.z!, one.p!], [-other.difference, -other.high!, -other.z!, other.p!]);
    const scaled = first.map((score) => Math.log(score / (1 - score)));
    near(compareDelong(labels, scaled, second).p!, one.p!);
  });

  it("has p = 1 for the same order, and says that nothing was tested", () => {
    const found = compareDelong([0, 1, 0, 1], [1, 2, 3, 4], [10, 20, 30, 40]);
    deepEqual([found.difference, found.p, found.z, found.low, found.high], [0, 1, null, null, null]);
    match(found.notes[0]!, /nothing to test/);
  });

  it("gives null with a note where the variance is 0 or unknown", () => {
    const perfect = compareDelong([0, 0, 1, 1], [1, 2, 3, 4], [1, 1, 1, 1]);
    deepEqual([perfect.difference, perfect.p, perfect.low], [0.5, null, null]);
    match(perfect.notes[0]!, /variance is 0/);
    const single = compareDelong([0, 0, 1], [1, 2, 3], [1, 3, 2]);
    deepEqual([single.difference, single.p, single.high], [0.5, null, null]);
    match(single.notes[0]!, /one sample only/);
    // A third less for each of one class, whose thirds do not round alike.
    const thirds = compareDelong([1, 1, 1, 0, 0, 0], [5, 5, 5, 4, 6, 6], [5, 5, 5, 4, 4, 6]);
    ok(thirds.p !== null && thirds.p > 0.05);
  });

  it("refuses other input", () => {
    throws(() => compareDelong([0, 1], [1, NaN], [1, 2]), /first scores.*NaN/);
    throws(() => compareDelong([0, 1], [1, 2], [1]), /2 labels for 1 second scores/);
    throws(() => compareDelong([0, 0], [1, 2], [1, 2]), /of one class, 0/);
    throws(() => compareDelong([0, 1], [1, 2], [1, 2], 0), /The confidence is 0/);
  });

  it("tests what differs for one class alone: samples that change places with each other", () => {
    // The two benign ones change places between the malignant ones: for these nothing changes.
    for (const labels of [
      [1, 1, 0, 0],
      [0, 0, 1, 1],
    ]) {
      const found = compareDelong(labels, [1, 3, 0, 2], [1, 3, 2, 0]);
      deepEqual([found.difference, found.z, found.p, found.notes], [0, 0, 1, []]);
      ok(found.low! < 0 && found.high! > 0);
    }
  });
});
