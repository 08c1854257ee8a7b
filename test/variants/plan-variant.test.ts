import { deepEqual, equal } from "node:assert/strict";

import { preparations } from "../../lib/data/prepare/presets";
import { loadDataSet } from "../../lib/data/sets/load";
import { splitSet } from "../../lib/data/sets/split-set";
import type { Split } from "../../lib/data/split/split";
import { settingsOf } from "../../lib/study/settings-of";
import { checkPlan } from "../../lib/validate/plan";
import { planVariant, sizeOfVariants, type Variant, type VariantsRequest } from "../../lib/variants/plan-variant";

const request: VariantsRequest = {
  ...{ dataset: "phantom", root: "/data", profile: "smoke", seeds: [1, 2], folds: null },
  models: [{ name: "CNN3", kind: "hand-crafted", network: { kind: "hand-crafted", name: "CNN3" } }],
};
const plain: Variant = { name: "plain", preparation: preparations.squareContext, training: {} };

describe("planVariant(variant, request, split)", () => {
  let split: Split;
  before(async () => {
    split = splitSet(await loadDataSet("phantom", { onProgress: () => undefined }));
  });

  it("takes size, training, folds and seeds of the profile, unless the request says others", () => {
    const plan = planVariant(plain, request, split);
    const { training, folds } = settingsOf(request);
    checkPlan(plan);
    deepEqual([plan.training, plan.folds, plan.seeds], [training, folds, [1, 2]]);
    equal(plan.preparation!.size, sizeOfVariants(request));
    const other = planVariant(plain, { ...request, folds: [2], training: { epochs: 2 } }, split);
    deepEqual([other.folds, other.training], [[2], { ...training, epochs: 2 }]);
  });

  it("changes what the variant says, and nothing else; of the variation, setting by setting", () => {
    const variant: Variant = {
      ...plain,
      preparation: { ...preparations.squareContext, match: [0, 1] },
      training: { benignShare: 0.7, augment: { gamma: [0.5, 2] } },
      records: { withoutLesion: "leave-out" },
    };
    const [one, other] = [plain, variant].map((each) => planVariant(each, request, split));
    const { preparation, training, records, ...rest } = other!;
    const { preparation: _, training: before, records: __, ...same } = one!;
    deepEqual(rest, same);
    deepEqual(preparation, { ...one!.preparation, match: [0, 1] });
    deepEqual(training, { ...before, benignShare: 0.7, augment: { ...before!.augment, gamma: [0.5, 2] } });
    deepEqual(records, { ...one!.records, withoutLesion: "leave-out" });
  });

  it("leaves no validation part where the profile learns from it", () => {
    const plan = planVariant(plain, { ...request, profile: "overnight" }, split);
    equal(
      (plan.split as Split).folds.every(({ validation }) => validation.length === 0),
      true,
    );
  });
});
