import { deepEqual, equal, notDeepEqual, throws } from "node:assert/strict";

import { crossValidate } from "../../lib/statistics/cross-validate";
import { near, recorded } from "./recorded/read";

const { features, labels } = recorded.regressions[0]!;
const expected = recorded.crossValidation;

describe("crossValidate(options)", () => {
  it("gives the probabilities, accuracies and areas that scikit-learn gives", () => {
    const result = crossValidate({ features, labels, folds: expected.folds });
    near(result.probabilities, expected.probabilities, 1e-9);
    near(
      result.scores.map(({ accuracy }) => accuracy),
      expected.accuracies,
    );
    near(
      result.scores.map(({ areaUnderCurve }) => areaUnderCurve!),
      expected.areas,
    );
    near([result.accuracy.mean, result.accuracy.deviation], expected.accuracy);
    near([result.areaUnderCurve!.mean, result.areaUnderCurve!.deviation], expected.area);
    equal(result.accuracy.folds, 5);
  });

  it("never shows a fold to what predicts it", () => {
    const rows = [0, 1, 2, 3, 4, 5].map((row) => [row]);
    const [own, folds] = [
      [0, 1, 0, 1, 0, 1],
      [7, 7, -1, -1, 3, 3],
    ];
    const { probabilities, scores } = crossValidate({ features: rows, labels: own, folds });
    // Turned round, its own label changes nothing of what a row of the fold is given.
    const turned = crossValidate({
      features: rows,
      labels: own.map((label, row) => (row < 2 ? 1 - label : label)),
      folds,
    });
    deepEqual(turned.probabilities.slice(0, 2), probabilities.slice(0, 2));
    notDeepEqual(turned.probabilities.slice(2), probabilities.slice(2));
    deepEqual(
      scores.map(({ fold, rows: count }) => [fold, count]),
      [
        [-1, 2],
        [3, 2],
        [7, 2],
      ],
    );
  });

  it("gives no area for a fold of one class, and says over how many folds the mean is", () => {
    const result = crossValidate({
      features: [[1], [2], [3], [4], [5]],
      labels: [0, 1, 0, 1, 1],
      folds: [1, 1, 2, 2, 3],
    });
    deepEqual(result.scores[2]!.areaUnderCurve, null);
    deepEqual([result.accuracy.folds, result.areaUnderCurve!.folds], [3, 2]);
    const single = crossValidate({ features: [[1], [2], [3], [4]], labels: [0, 1, 0, 1], folds: [1, 2, 3, 4] });
    equal(single.areaUnderCurve, null);
  });

  it("refuses folds that cannot be learnt from", () => {
    const rows = [[1], [2], [3], [4]];
    throws(
      () => crossValidate({ features: rows, labels: [0, 1, 0, 1], folds: [1, 1, 1, 1] }),
      /All rows are in fold 1/,
    );
    throws(
      () => crossValidate({ features: rows, labels: [0, 0, 0, 1], folds: [1, 1, 2, 2] }),
      /All rows of class 1 are in fold 2: none is left/,
    );
    throws(() => crossValidate({ features: rows, labels: [0, 1, 0, 1], folds: [1, 1, 2] }), /There are 3 fold numbers/);
    throws(() => crossValidate({ features: rows, labels: [0, 1, 0, 1], folds: [1, 1, 2, NaN] }), /is NaN/);
    throws(
      () => crossValidate({ features: rows, labels: [0, 1, 0, 1], folds: [1, 1, 2, 2.5] }),
      /fold is 2\.5, expected a whole number/,
    );
    throws(
      () => crossValidate({ features: rows, labels: [1, 1, 1, 0], folds: [1, 1, 2, 2] }),
      /All rows of class 0 are in fold 2: none is left/,
    );
    throws(() => crossValidate({ features: rows, labels: [0, 1, 0], folds: [1, 1, 2, 2] }), /There are 3 labels/);
  });
});
