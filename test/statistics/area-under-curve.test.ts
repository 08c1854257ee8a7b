import { deepEqual, equal, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { areaUnderCurve, ranksOf } from "../../lib/statistics/area-under-curve";
import { near, recorded } from "./recorded/read";

describe("areaUnderCurve(scores, labels)", () => {
  it("gives the number that scikit-learn gives, with many ties", () => {
    near(areaUnderCurve(recorded.area.scores, recorded.area.labels), recorded.area.area);
  });

  it("is the share of pairs in the right order, ties counted half", () => {
    const random = createRandom(3);
    const scores = Array.from({ length: 50 }, () => random.integer(0, 9));
    const labels = scores.map(() => random.integer(0, 1));
    const of = (label: number) => scores.filter((_, index) => labels[index] === label);
    const pairs = of(1).flatMap((one) => of(0).map((zero) => (one > zero ? 1 : one === zero ? 0.5 : 0)));
    near(areaUnderCurve(scores, labels), pairs.reduce((sum: number, pair) => sum + pair, 0) / pairs.length);
  });

  it("is 1, 0 and a half for perfect, reversed and equal scores", () => {
    equal(areaUnderCurve([0.1, 0.2, 0.3], [0, 0, 1]), 1);
    equal(areaUnderCurve([0.3, 0.2, 0.1], [0, 0, 1]), 0);
    equal(areaUnderCurve([0.5, 0.5, 0.5], [0, 1, 1]), 0.5);
  });

  it("refuses one class alone, for which it is not defined", () => {
    throws(() => areaUnderCurve([0.1, 0.2], [1, 1]), { name: "Problem", message: /of one class, 1; both are needed/ });
  });

  it("refuses other input", () => {
    throws(() => areaUnderCurve([], []), /There are 0 scores/);
    throws(() => areaUnderCurve([0.1, NaN], [0, 1]), /is NaN/);
    throws(() => areaUnderCurve([0.1, 0.2], [0, 1, 1]), /There are 3 labels for 2 scores/);
    throws(() => areaUnderCurve([0.1, 0.2], [0, 2]), /expected 0 or 1/);
  });
});

describe("ranksOf(values)", () => {
  it("gives equal numbers the mean of their ranks", () => {
    deepEqual(ranksOf([5, 1, 5, -Infinity, 5]), [4, 2, 4, 1, 4]);
    deepEqual(ranksOf([]), []);
  });

  it("refuses NaN", () => {
    throws(() => ranksOf([1, NaN]), { name: "Problem" });
  });
});
