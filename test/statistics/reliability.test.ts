import { deepEqual, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { ceilingOfTau, reliability } from "../../lib/statistics/reliability";
import { kendallTau } from "../../lib/statistics/kendall-tau";
import { near } from "./recorded/read";

describe("reliability(rows)", () => {
  it("gives for four judges of six things what Shrout and Fleiss print: ICC(3,1) .71 and ICC(3,4) .91", () => {
    const judged = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ];
    const { single, mean, between, within } = reliability(judged);
    // To more digits by pingouin 0.5.
    near(single, 0.714841, 1e-6);
    near(mean, 0.909316, 1e-6);
    near(between ** 2 / (between ** 2 + within ** 2), single, 1e-12);
    const harder = judged.map((row) => row.map((value, column) => value + 100 * column));
    near(reliability(harder).mean, mean, 1e-9);
  });

  it("is that of the mean over more measurements by the formula of Spearman and Brown", () => {
    const random = createRandom(1);
    const rows = Array.from({ length: 2000 }, () => {
      const own = random.normal();
      return Array.from({ length: 5 }, () => own + random.normal());
    });
    const { single, mean } = reliability(rows);
    near(single, 0.5, 0.03);
    near(mean, (5 * single) / (1 + 4 * single), 1e-12);
  });

  it("refuses things that were not measured equally often, or once", () => {
    throws(() => reliability([[1, 2], [1]]), /2 things 2 or 1 measurements/);
    throws(() => reliability([[1], [2]]), /expected equally many of each, two at least/);
    throws(() => reliability([]), /0 things/);
    throws(
      () =>
        reliability([
          [1, 2],
          [1, Number.NaN],
        ]),
      /NaN/,
    );
  });
});

describe("ceilingOfTau(of)", () => {
  it("is the tau of a truth with its noisy label", () => {
    const random = createRandom(2);
    const truth = Array.from({ length: 4000 }, () => random.normal());
    const label = truth.map((value) => value + random.normal());
    near(kendallTau(truth, label).value, ceilingOfTau(0.5), 0.015);
    deepEqual([ceilingOfTau(0), ceilingOfTau(1), ceilingOfTau(-0.2)], [0, 1, 0]);
  });
});
