import { deepEqual, throws } from "node:assert/strict";

import { measureColumns, standardise } from "../../lib/statistics/standardise";
import { near } from "./recorded/read";

describe("measureColumns(features) and standardise(features, by)", () => {
  const rows = [
    [1, 10],
    [3, 10],
    [5, 40],
  ];

  it("bring columns to mean 0 and deviation 1", () => {
    const by = measureColumns(rows);
    near(by.means, [3, 20]);
    near(by.deviations, [Math.sqrt(8 / 3), Math.sqrt(200)]);
    const first = standardise(rows, by).map((row) => row[0]!);
    near(first, [-Math.sqrt(1.5), 0, Math.sqrt(1.5)]);
  });

  it("leave a column that does not vary at 0, though its mean is rounded", () => {
    const constant = [[0.1], [0.1], [0.1]];
    const by = measureColumns(constant);
    deepEqual(by.deviations, [1]);
    near(
      standardise(constant, by).map((row) => row[0]!),
      [0, 0, 0],
    );
  });

  it("refuse rows of different lengths, without columns, and what is not finite", () => {
    throws(() => measureColumns([[1, 2], [1]]), /There are 1 numbers in row 1 of the features/);
    throws(() => measureColumns([[], []]), /have no columns/);
    throws(() => measureColumns([[1], [NaN]]), /is NaN/);
    throws(() => standardise([[1]], { means: [0, 0], deviations: [1, 1] }), /for 2 columns/);
  });
});
