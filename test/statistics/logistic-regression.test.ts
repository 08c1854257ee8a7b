import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { fitLogisticRegression } from "../../lib/statistics/logistic-regression";
import { near, recorded } from "./recorded/read";

const plain = recorded.regressions[0]!;

describe("fitLogisticRegression(options)", () => {
  for (const { name, C, weights, standardisedCoefficients, probabilities, ...data } of recorded.regressions) {
    it(`gives the coefficients and probabilities that scikit-learn gives: ${name}`, () => {
      const model = fitLogisticRegression({ ...data, C: C ?? Infinity, weights: weights ?? undefined });
      near(model.standardisedCoefficients, standardisedCoefficients, 1e-8);
      near(model.predict(data.features), probabilities, 1e-8);
    });
  }

  it("has C = 1 as its default", () => {
    deepEqual(fitLogisticRegression(plain1()).coefficients, fitLogisticRegression({ ...plain1(), C: 1 }).coefficients);
  });

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

  it("leaves no slope in the unpenalised fit: predicted and true sums agree in every column", () => {
    const { labels, features } = plain1();
    const errors = fitLogisticRegression({ features, labels, C: Infinity })
      .predict(features)
      .map((probability, index) => probability - labels[index]!);
    near(
      errors.reduce((sum, error) => sum + error, 0),
      0,
      1e-9,
    );
    for (const column of [0, 1, 2]) {
      near(
        errors.reduce((sum, error, index) => sum + error * features[index]![column]!, 0),
        0,
        1e-6,
      );
    }
  });

  it("counts a row of weight 2 as if it were there twice, and one of weight 0 not at all", () => {
    const { labels, features } = plain1();
    const weights = labels.map((_, index) => index % 3);
    const repeated = labels.flatMap((_, index) => Array.from({ length: index % 3 }, () => index));
    const once = fitLogisticRegression({ features, labels, weights });
    const twice = fitLogisticRegression({
      features: repeated.map((index) => features[index]!),
      labels: repeated.map((index) => labels[index]!),
    });
    near(once.predict(features), twice.predict(features), 1e-10);
  });

  it("gives a column that does not vary the coefficient 0, and predicts by the intercept where none varies", () => {
    const model = fitLogisticRegression({ features: [[3], [3], [3], [3]], labels: [0, 1, 1, 1], C: Infinity });
    deepEqual(model.coefficients, [0]);
    near(model.predict([[3], [99]]), [0.75, 0.75], 1e-9);
  });

  it("shares a coefficient among equal columns, with and without penalty", () => {
    const { labels, features } = plain1();
    const doubled = features.map(([a, b]) => [a!, a!, b!]);
    for (const C of [1, Infinity]) {
      const [first, second] = fitLogisticRegression({ features: doubled, labels, C }).coefficients;
      near(first!, second!, 1e-8);
    }
    near(
      fitLogisticRegression({ features: doubled, labels, C: Infinity }).predict(doubled),
      fitLogisticRegression({ features: features.map(([a, b]) => [a!, b!]), labels, C: Infinity }).predict(
        features.map(([a, b]) => [a!, b!]),
      ),
      1e-8,
    );
  });

  it("finds an end with separable classes, a weak penalty and many columns", () => {
    const random = createRandom(1);
    const labels = Array.from({ length: 20 }, (_, index) => index % 2);
    const features = labels.map((label) => Array.from({ length: 40 }, () => random.normal(label)));
    for (const C of [1, 1e6]) {
      const { predict, steps } = fitLogisticRegression({ features, labels, C });
      ok(predict(features).every((probability, index) => (probability > 0.5 ? 1 : 0) === labels[index]));
      ok(steps < 50, `${steps} steps`);
    }
  });

  it("predicts probabilities at any distance", () => {
    const { predict } = fitLogisticRegression({ features: [[0], [1], [2], [3]], labels: [0, 0, 1, 1] });
    deepEqual(predict([[-1e9], [1e9]]), [0, 1]);
    deepEqual(predict([]), []);
  });

  for (const [title, features, labels] of [
    ["all of them", [[0], [1], [2], [3]], [0, 0, 1, 1]],
    ["but for one on the border", [[0], [1], [1], [2]], [0, 0, 1, 1]],
    [
      "by one of several columns",
      [
        [0, 3],
        [1, 1],
        [2, 2],
        [3, 5],
      ],
      [0, 0, 1, 1],
    ],
  ] as const) {
    it(`says without penalty that classes can be told apart without error, ${title}`, () => {
      throws(() => fitLogisticRegression({ features, labels, C: Infinity }), {
        name: "Problem",
        message: /grow without end\. Give a smaller C/,
      });
    });
  }

  it("refuses other input", () => {
    const features = [[0], [1]];
    throws(() => fitLogisticRegression({ features, labels: [1, 1] }), /All of the 2 labels are of one class, 1/);
    throws(() => fitLogisticRegression({ features, labels: [0, 1, 1] }), /There are 3 labels for 2 rows of features/);
    throws(() => fitLogisticRegression({ features, labels: [0, 0.5] }), /expected 0 or 1/);
    throws(() => fitLogisticRegression({ features: [[0], [NaN]], labels: [0, 1] }), /is NaN/);
    throws(() => fitLogisticRegression({ features: [[0], [1, 2]], labels: [0, 1] }), /numbers in row 1/);
    for (const C of [0, -1, NaN]) {
      throws(() => fitLogisticRegression({ features, labels: [0, 1], C }), /C: .*, expected a number above 0/);
    }
    throws(() => fitLogisticRegression({ features, labels: [0, 1], weights: [1] }), /There are 1 weights/);
    throws(() => fitLogisticRegression({ features, labels: [0, 1], weights: [1, -1] }), /Weight 1.* is -1/);
    throws(() => fitLogisticRegression({ features, labels: [0, 1], weights: [1, 0] }), /All rows of class 1 have/);
    throws(() => fitLogisticRegression({ features, labels: [0, 1], penalty: 1 } as never), /has no option "penalty"/);
    throws(() => fitLogisticRegression(plain1()).predict([[1]]), /for 3 columns/);
  });

  it("takes few steps", () => {
    equal(fitLogisticRegression(plain1()).steps <= 8, true);
  });
});

function plain1() {
  return { features: plain.features, labels: plain.labels };
}
