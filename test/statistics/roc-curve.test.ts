import { deepEqual, throws } from "node:assert/strict";

import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { countDownward, rocCurve } from "../../lib/statistics/roc-curve";
import { inference, near } from "./recorded/read";

const { labels, scores, roc } = inference.curves;

describe("rocCurve(labels, scores)", () => {
  it("gives the points that scikit-learn gives, with many ties", () => {
    const [first, ...points] = rocCurve(labels, scores);
    deepEqual(first, { falsePositiveRate: 0, truePositiveRate: 0, threshold: Infinity });
    near(
      points.map((point) => point.falsePositiveRate),
      roc[0],
    );
    near(
      points.map((point) => point.truePositiveRate),
      roc[1],
    );
    near(
      points.map((point) => point.threshold),
      roc[2],
    );
  });

  it("has the area under the curve under its lines", () => {
    const points = rocCurve(labels, scores);
    const area = points.slice(1).reduce((sum, { falsePositiveRate, truePositiveRate }, index) => {
      const before = points[index]!;
      return sum + ((falsePositiveRate - before.falsePositiveRate) * (truePositiveRate + before.truePositiveRate)) / 2;
    }, 0);
    near(area, areaUnderCurve(scores, labels));
  });

  it("goes straight to (1, 1) where all scores are equal", () => {
    deepEqual(rocCurve([0, 1], [-3, -3]).slice(1), [{ falsePositiveRate: 1, truePositiveRate: 1, threshold: -3 }]);
  });

  it("refuses one class alone, and other input", () => {
    throws(() => rocCurve([1, 1], [0.1, 0.2]), /of one class, 1/);
    throws(() => rocCurve([0, 1], [0.1, NaN]), /is NaN/);
    throws(() => rocCurve([0, 1, 1], [0.1, 0.2]), /There are 3 labels for 2 scores/);
  });
});

describe("countDownward(labels, scores)", () => {
  it("counts once for each different score", () => {
    deepEqual(countDownward([1, 0, 1, 0], [2, 5, 2, 1]), [
      { threshold: 5, truePositive: 0, falsePositive: 1 },
      { threshold: 2, truePositive: 2, falsePositive: 1 },
      { threshold: 1, truePositive: 2, falsePositive: 2 },
    ]);
  });
});
