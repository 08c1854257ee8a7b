import { deepEqual, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { fitLogisticRegression } from "../../lib/statistics/logistic-regression";
import { standardDeviation } from "../../lib/statistics/summary";
import { near, recorded } from "./recorded/read";

const plain = recorded.regressions[0]!;

describe("fitLogisticRegression(options)", () => {
  for (const { name, C, weights, standardisedCoefficients, probabilities, ...data } of recorded.regressions) {
    if (C !== 1 || weights !== null) continue;
    it(`gives the coefficients and probabilities that scikit-learn gives: ${name}`, () => {
      const { coefficients, predict } = fitLogisticRegression(data);
      const deviations = coefficients.map((_, column) => deviationOf(data.features.map((row) => row[column]!)));
      near(
        coefficients.map((coefficient, column) => coefficient * deviations[column]!),
        standardisedCoefficients,
        1e-8,
      );
      near(predict(data.features), probabilities, 1e-8);
    });
  }

  it("gives coefficients in the columns' own units", () => {
    const { coefficients, intercept, predict } = fitLogisticRegression(plain1());
    const logits = plain.features.map((row) =>
      row.reduce((sum, one, index) => sum + one * coefficients[index]!, intercept),
    );
    near(
      logits.map((logit) => 1 / (1 + Math.exp(-logit))),
      predict(plain.features),
      1e-9,
    );
  });

  it("does not depend on the units of the columns", () => {
    const { labels, features } = plain1();
    const other = features.map(([a, b, c]) => [a! * 1e6 + 3, b! * -1e-6, c! + 100]);
    near(
      fitLogisticRegression({ features: other, labels }).predict(other),
      fitLogisticRegression({ features, labels }).predict(features),
      1e-8,
    );
  });

  it("gives a column that does not vary the coefficient 0, and predicts by the intercept where none varies", () => {
    const model = fitLogisticRegression({ features: [[3], [3], [3], [3]], labels: [0, 1, 1, 1] });
    deepEqual(model.coefficients, [0]);
    near(model.predict([[3], [99]]), [0.75, 0.75], 1e-9);
  });

  it("shares a coefficient among equal columns", () => {
    const { labels, features } = plain1();
    const doubled = features.map(([a, b]) => [a!, a!, b!]);
    const [first, second] = fitLogisticRegression({ features: doubled, labels }).coefficients;
    near(first!, second!, 1e-8);
  });

  it("finds an end with separable classes and many columns", () => {
    const random = createRandom(1);
    const labels = Array.from({ length: 20 }, (_, index) => index % 2);
    const features = labels.map((label) => Array.from({ length: 40 }, () => random.normal(label)));
    const { predict } = fitLogisticRegression({ features, labels });
    ok(predict(features).every((probability, index) => (probability > 0.5 ? 1 : 0) === labels[index]));
  });

  it("predicts probabilities at any distance", () => {
    const { predict } = fitLogisticRegression({ features: [[0], [1], [2], [3]], labels: [0, 0, 1, 1] });
    deepEqual(predict([[-1e9], [1e9]]), [0, 1]);
    deepEqual(predict([]), []);
  });

  it("refuses other input", () => {
    const features = [[0], [1]];
    throws(() => fitLogisticRegression({ features, labels: [1, 1] }), /All of the 2 labels are of one class, 1/);
    throws(() => fitLogisticRegression({ features, labels: [0, 1, 1] }), /There are 3 labels for 2 rows of features/);
    throws(() => fitLogisticRegression({ features, labels: [0, 0.5] }), /expected 0 or 1/);
    throws(() => fitLogisticRegression({ features: [[0], [NaN]], labels: [0, 1] }), /is NaN/);
    throws(() => fitLogisticRegression({ features: [[0], [1, 2]], labels: [0, 1] }), /numbers in row 1/);
    throws(() => fitLogisticRegression({ features, labels: [0, 1], penalty: 1 } as never), /has no option "penalty"/);
    throws(() => fitLogisticRegression(plain1()).predict([[1]]), /for 3 columns/);
  });
});

function plain1() {
  return { features: plain.features, labels: plain.labels };
}

// As scikit-learn's StandardScaler has it: 1 for a column that does not vary, but for rounding.
function deviationOf(values: readonly number[]): number {
  const deviation = standardDeviation(values, 0);
  return deviation > 1e-12 ? deviation : 1;
}
