import { equal, ok } from "node:assert/strict";

import { rankOf, type EpochRecord } from "../../lib/train/history";

const record: EpochRecord = {
  ...{ epoch: 1, rate: 0.1, trainingLoss: 0.6, trainingAccuracy: 0.7, gradientNorm: 1 },
  ...{ validationLoss: 0.4, validationAccuracy: 0.75, validationArea: 0.8 },
};

describe("rankOf(record, by)", () => {
  it("ranks a lower loss, a higher accuracy and a larger area higher", () => {
    ok(rankOf({ ...record, validationLoss: 0.3 }, "loss") > rankOf(record, "loss"));
    ok(rankOf({ ...record, validationAccuracy: 0.8 }, "accuracy") > rankOf(record, "accuracy"));
    ok(rankOf({ ...record, validationArea: 0.9 }, "area under the curve") > rankOf(record, "area under the curve"));
  });

  it("looks at the validation images alone", () => {
    const other = { ...record, trainingLoss: 0.1, trainingAccuracy: 1 };
    for (const by of ["loss", "accuracy", "area under the curve"] as const)
      equal(rankOf(other, by), rankOf(record, by));
  });

  it("ranks what is not defined below everything, and a value of 0 not", () => {
    const none = { ...record, validationLoss: null, validationAccuracy: null, validationArea: null };
    for (const by of ["loss", "accuracy", "area under the curve"] as const) equal(rankOf(none, by), -Infinity);
    equal(rankOf({ ...record, validationArea: 0 }, "area under the curve"), 0);
    ok(rankOf({ ...record, validationLoss: 0 }, "loss") > rankOf(record, "loss"));
  });
});
