import { deepEqual, equal, throws } from "node:assert/strict";

import { averagePrecision, precisionRecallCurve } from "../../lib/statistics/precision-recall-curve";
import { inference, near } from "./recorded/read";

const { labels, scores, precisionRecall, averagePrecision: expected } = inference.curves;

describe("precisionRecallCurve(labels, scores)", () => {
  it("gives the points that scikit-learn gives, in the other order", () => {
    const points = precisionRecallCurve(labels, scores);
    near(
      points.map(({ precision }) => precision),
      [...precisionRecall[0]].reverse(),
    );
    near(
      points.map(({ recall }) => recall),
      [...precisionRecall[1]].reverse(),
    );
    deepEqual(
      points.map(({ threshold }) => threshold),
      [Infinity, ...[...precisionRecall[2]].reverse()],
    );
  });

  it("refuses one class alone, and other input", () => {
    throws(() => precisionRecallCurve([0, 0], [0.1, 0.2]), /of one class, 0/);
    throws(() => precisionRecallCurve([1, 1], [0.1, 0.2]), /of one class, 1/);
    throws(() => precisionRecallCurve([0, 1], [Infinity, 0.2]), /is Infinity/);
    throws(() => precisionRecallCurve([0, 1], [0.2]), /There are 2 labels for 1 scores/);
  });
});

describe("averagePrecision(labels, scores)", () => {
  it("gives the number that scikit-learn gives", () => {
    near(averagePrecision(labels, scores), expected);
  });

  it("is 1 for a perfect order, and the share of class 1 for equal scores", () => {
    equal(averagePrecision([0, 1, 0, 1], [1, 3, 2, 4]), 1);
    equal(averagePrecision([0, 1, 0, 0], [1, 1, 1, 1]), 0.25);
  });

  it("refuses one class alone", () => {
    throws(() => averagePrecision([0], [1]), { name: "Problem" });
  });
});
