import { deepEqual, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { kolmogorovSmirnov, mannWhitney } from "../../lib/statistics/two-samples";
import { near } from "./recorded/read";

const short = [1.2, 3.4, 2.2, 5.1, 4.4, 0.3, 2.2, 6.0];
const shorter = [2.1, 2.2, 0.1, 1.9, 3.4, 0.8, 1.1];
const long = [
  ...[0.85, 1.32, 0.83, -0.8, 1.41, 0.95, -0.04, 1.08, 0.86, 0.79, 0.53, 1.05, -0.24, 0.34, 0.02, 1.1, 0.54, 0.21],
  ...[-0.28, 0.24, 0.51, 0.22, 1.79, 1.51, -2.21, -1.39, 0.33, 0.08, 0.71, 0.72, 2.62, -0.61, 0.12, 2.54, 1.15, 1.16],
  ...[-0.01, -1.15, 0.67, 0.61, -0.73, -0.18, 0.43, -0.44, 0.4, 0.6, 0.54, -0.01],
];
const longer = [
  ...[0.59, 0.89, 0.32, -0.82, 0.73, -0.5, 0.88, -1.07, 0.91, -0.02, -1.25, -0.31, 0.05, 0.27, -0.98, -1.11, 0.2],
  ...[-0.47, 0.24, 0.76, -1.65, 0.25, 1.22, -0.3, -0.81, 0.75, 0.25, 0.9, -0.35, -1.48, -0.11, -0.45, 0.78, 0.19],
  ...[-1.63, -1.2, 0.88, 0.68, -0.64, 0],
];

describe("mannWhitney(first, second)", () => {
  it("gives what SciPy gives, with ties", () => {
    const few = mannWhitney(short, shorter);
    near(few.probability, 0.7589285714285714);
    near(few.p, 0.1036379640139623);
    const many = mannWhitney(long, longer);
    near(many.probability, 0.6627604166666666);
    near(many.p, 0.008932586066399139);
    near(mannWhitney(longer, long).probability, 1 - many.probability, 1e-9);
  });

  it("finds nothing where all values are equal", () => {
    deepEqual(mannWhitney([1, 1], [1, 1, 1]), { probability: 0.5, p: 1 });
  });

  it("refuses what is empty or not finite", () => {
    throws(() => mannWhitney([], [1]), /first list/);
    throws(() => mannWhitney([1], [Number.NaN]), /second list/);
  });
});

describe("kolmogorovSmirnov(first, second)", () => {
  it("gives SciPy's exact p-values", () => {
    const many = kolmogorovSmirnov(long, longer);
    near(many.distance, 0.30416666666666664);
    near(many.p, 0.027908760101772356);
    const few = kolmogorovSmirnov(short, shorter);
    near(few.distance, 0.4642857142857143);
    near(few.p, 0.31313131313131315);
  });

  it("is the same for both orders, 1 for equal lists, and 2 of all orders for lists that lie apart", () => {
    const random = createRandom(3);
    const [a, b] = [0, 0.3].map((shift) => Array.from({ length: 30 }, () => shift + random.normal()));
    near(kolmogorovSmirnov(a!, b!).p, kolmogorovSmirnov(b!, a!).p, 1e-12);
    deepEqual(kolmogorovSmirnov([1, 2], [1, 2]), { distance: 0, p: 1 });
    near(kolmogorovSmirnov([1, 2, 3], [4, 5, 6]).p, 2 / 20, 1e-9);
  });
});
