import { deepEqual, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { varianceComponents, type CrossedValue } from "../../lib/statistics/variance-components";
import { near, patients } from "./recorded/read";

const toValues = (rows: readonly object[]) =>
  rows.map((row): CrossedValue => {
    const { value, ...levels } = row as { value: number } & Record<string, string>;
    return { levels: levels, value };
  });

describe("varianceComponents(values)", () => {
  it("gives the mean squares of statsmodels' analysis of variance, of single factors and of several", () => {
    const { rows, meanSquares } = patients.components;
    const found = varianceComponents(toValues(rows));
    deepEqual(found.map(({ factors }) => factors.join(" × ")).sort(), Object.keys(meanSquares).sort());
    for (const { factors, degreesOfFreedom, meanSquare } of found)
      near([degreesOfFreedom, meanSquare], meanSquares[factors.join(" × ")]!, 1e-12);
  });

  it("gives the variances of statsmodels' mixed model by restricted maximum likelihood", () => {
    const { rows, variances } = patients.mixed;
    const found = varianceComponents(toValues(rows));
    const of = (name: string) => found.find(({ factors }) => factors.join() === name)!.variance;
    // Its optimiser stops some thousandths before the maximum.
    near(of("model") / variances.model, 1, 5e-3);
    near(of("fold") / variances.fold, 1, 5e-3);
    near(of("model,fold") / variances.rest, 1, 5e-3);
    near(
      found.reduce((sum, { share }) => sum + share, 0),
      1,
      1e-12,
    );
  });

  it("finds on the average what the values were made of", () => {
    const random = createRandom(5);
    const sums = { model: 0, fold: 0, rest: 0 };
    for (let round = 0; round < 400; round++) {
      const draw = (count: number, deviation: number) =>
        Array.from({ length: count }, () => random.normal(0, deviation));
      const [models, folds] = [draw(6, 2), draw(5, 3)];
      const values = models.flatMap((m, i) =>
        folds.map((f, j) => ({ levels: { model: `${i}`, fold: `${j}` }, value: m + f + random.normal() })),
      );
      const [model, fold, rest] = varianceComponents(values);
      sums.model += model!.estimate / 400;
      sums.fold += fold!.estimate / 400;
      sums.rest += rest!.estimate / 400;
    }
    ok(
      Math.abs(sums.model - 4) < 0.5 && Math.abs(sums.fold - 9) < 1 && Math.abs(sums.rest - 1) < 0.1,
      JSON.stringify(sums),
    );
  });

  it("takes a negative estimate for 0, and keeps it as it came out", () => {
    const values = [1, -1, -1, 1].map((value, index) => ({
      levels: { a: `${index % 2}`, b: `${index >> 1}` },
      value,
    }));
    const [a] = varianceComponents(values);
    ok(a!.variance === 0 && a!.estimate < 0);
  });

  it("refuses tables with gaps, doubles, other factors or one level", () => {
    const value = (a: string, b: string) => ({ levels: { a, b }, value: 1 });
    const refused = (values: CrossedValue[], message: RegExp) => {
      throws(() => varianceComponents(values), { name: "Problem", message });
    };
    refused([], /at least 1/);
    refused([value("1", "1"), value("1", "2"), value("2", "1")], /3 of 4 combinations/);
    refused([value("1", "1"), value("1", "2")], /one level only/);
    refused([value("1", "1"), value("2", "2"), value("1", "1"), value("2", "1")], /two values for/);
    refused([value("1", "1"), { levels: { a: "2" }, value: 1 }, value("1", "2"), value("2", "1")], /expected a, b/);
    refused([{ levels: {}, value: 1 }], /no factors/);
  });
});
