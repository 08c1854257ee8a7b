import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";

import type { Split } from "../../lib/data/split/split";
import { inputArms } from "../../lib/inputs/input-arms";
import { commonImages, variantOf, type InputsRequest } from "../../lib/inputs/input-plans";
import { checkPlan } from "../../lib/validate/plan";
import { planVariant } from "../../lib/variants/plan-variant";
import { phantomSet, rowOf } from "../segment/helpers";

const request: InputsRequest = {
  ...{ dataset: "phantom", root: "/data", outlines: "/outlines", profile: "smoke", seeds: [1, 2], folds: null },
  models: [{ name: "CNN3", kind: "hand-crafted", network: { kind: "hand-crafted", name: "CNN3" } }],
  training: { epochs: 2 },
};

describe("commonImages(loaded, outlines)", () => {
  it("leave images in which nothing was found out of all inputs, and count them", async () => {
    const loaded = await phantomSet();
    const rows = loaded.records.map(({ id }, index) => rowOf(id, index === 3 ? 0 : 0.9));
    const missed = loaded.records[3]!.id;
    const masks = new Map(rows.filter(({ found }) => found).map(({ id }) => [id, "a.png"]));
    const { split, nothingFound } = commonImages(loaded, { rows, masks });
    equal(nothingFound, 1);
    for (const { train, validation, test } of split.folds) {
      const all = [...train, ...validation, ...test];
      equal(all.includes(missed), false);
      equal(all.length, loaded.records.length - 1);
    }
    equal(split.dataHash, loaded.dataHash);
  });
});

describe("variantOf(arm, request)", () => {
  it("differs in nothing but the input: the outlines, what is seen of the picture, and what is disturbed", async () => {
    const loaded = await phantomSet();
    const rows = loaded.records.map(({ id }) => rowOf(id, 0.9));
    const images = commonImages(loaded, { rows, masks: new Map(rows.map(({ id }) => [id, "a.png"])) });
    const planOf = (arm: (typeof inputArms)[number], own = request) =>
      planVariant(variantOf(arm, own), own, images.split);
    const plans = inputArms.map((arm) => ({ arm, plan: planOf(arm) }));
    const rest = ({ records: _, preparation: __, training, ...others }: (typeof plans)[number]["plan"]) => ({
      ...others,
      training: { ...training, augment: null },
    });
    for (const { arm, plan } of plans) {
      checkPlan(plan);
      deepEqual(rest(plan), rest(plans[0]!.plan));
      equal(plan.preparation!.size, 32);
      const { outlines } = plan.records!;
      const of = { expert: undefined, found: "all", mixed: "test" }[arm.outlines ?? "expert"];
      deepEqual(
        outlines,
        of === undefined ? undefined : { folder: "/outlines", of, ...(arm.boxes && { boxes: arm.boxes }) },
      );
      equal(arm.disturbed === null, JSON.stringify(plan.training) === JSON.stringify(plans[0]!.plan.training));
    }
    deepEqual(plans[0]!.plan.seeds, [1, 2]);
    deepEqual(plans[0]!.plan.folds, [1, 2]);
    const learning = planOf(inputArms[0]!, { ...request, profile: "overnight" });
    notDeepEqual(learning.split, plans[0]!.plan.split);
    const { folds } = learning.split as Split;
    ok(folds.every(({ validation }) => validation.length === 0));
  });
});
