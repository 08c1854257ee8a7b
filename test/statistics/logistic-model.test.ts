import { equal, throws } from "node:assert/strict";

import { fitLogisticModel, testAddedColumn } from "../../lib/statistics/logistic-model";
import { near, patients } from "./recorded/read";

describe("fitLogisticModel(options)", () => {
  it("gives the coefficients, standard errors and likelihood of statsmodels", () => {
    for (const { labels, columns, offset, parameters, errors, logLikelihood } of patients.logistic) {
      const found = fitLogisticModel({ labels, columns, ...(offset === null ? {} : { offset }) })!;
      const all = [found.intercept, ...found.coefficients];
      near(
        all.map(({ value }) => value),
        parameters,
        1e-9,
      );
      near(
        all.map(({ standardError }) => standardError),
        errors,
        1e-9,
      );
      near(found.logLikelihood, logLikelihood, 1e-12);
    }
  });

  it("has none where the classes are parted without error, or a column does not vary or is there twice", () => {
    const labels = [0, 0, 1, 1];
    equal(fitLogisticModel({ labels, columns: [[1, 2, 3, 4]] }), null);
    equal(fitLogisticModel({ labels, columns: [[5, 5, 5, 5]] }), null);
    equal(fitLogisticModel({ labels: [0, 1, 0, 1], columns: [[1, 2, 3, 4], [2, 4, 6, 8]] }), null); // prettier-ignore
  });

  it("refuses one class alone and lists that do not go together", () => {
    throws(() => fitLogisticModel({ labels: [1, 1], columns: [] }), { name: "Problem" });
    throws(() => fitLogisticModel({ labels: [0, 1], columns: [[1]] }), { name: "Problem" });
    throws(() => fitLogisticModel({ labels: [0, 1], columns: [], offset: [0, Infinity] }), { name: "Problem" });
  });
});

describe("testAddedColumn(smaller, larger)", () => {
  const { labels, first, second, p } = patients.nested;
  const small = fitLogisticModel({ labels, columns: [first] })!;
  const large = fitLogisticModel({ labels, columns: [first, second] })!;

  it("gives the p-value of the ratio of likelihoods", () => {
    near(testAddedColumn(small, large), p, 1e-9);
  });

  it("refuses models of which one does not hold the other", () => {
    throws(() => testAddedColumn(large, small), { name: "Problem", message: /-1 more columns/ });
    throws(() => testAddedColumn(small, small), { name: "Problem" });
  });
});
