import { deepEqual, equal } from "node:assert/strict";

import { describeLevels, describeRegion } from "../../../lib/data/prepare/describe-preparation";

describe("describeRegion(settings)", () => {
  it("says which part is kept, in the words of its unit", () => {
    deepEqual(
      [
        { kind: "whole" } as const,
        { kind: "square", margin: 10, unit: "pixels" } as const,
        { kind: "box", margin: 25, unit: "percent" } as const,
        { kind: "square", margin: 2.5, unit: "millimetres" } as const,
        { kind: "window", side: 40 } as const,
      ].map((region) => describeRegion({ region })),
      [
        "the whole picture",
        "a square around the lesion, 10 pixels more on each side",
        "the lesion's box, 25 % more on each side",
        "a square around the lesion, 2.5 mm more on each side",
        "a square of 40 mm around the lesion's centre",
      ],
    );
  });
});

describe("describeLevels(settings)", () => {
  it("says what becomes of gray levels, step by step", () => {
    const stretch = { low: 5, high: 95 };
    equal(describeLevels({ stretch: null }), "as they are");
    equal(describeLevels({ stretch }), "stretched, percentiles 5 to 95");
    equal(describeLevels({ stretch: null, match: [0, 1] }), "evenly distributed from 0 to 1");
    equal(
      describeLevels({ stretch, match: [0, 0.4, 1] }),
      "stretched, percentiles 5 to 95; given a distribution with the quantiles 0, 0.4, 1",
    );
  });
});
