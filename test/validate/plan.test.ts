import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { checkPlan, isSplit, networkOf, trainingOf, type GivenPlan } from "../../lib/validate/plan";
import { tinyModel, tinyPlan } from "./helpers";

describe("checkPlan(given)", () => {
  it("fills in the defaults", () => {
    const plan = checkPlan({ dataset: "phantom", models: [tinyModel] });
    deepEqual([plan.seeds, plan.folds, plan.threads, plan.dataRoot], [[1], null, null, null]);
    deepEqual(plan.records, { onError: "stop", onContradiction: "stop", normal: "stop", sample: null });
    deepEqual(plan.split, { folds: 5, validation: 0.2, leaveOut: null, seed: 1, allowGroupsAcrossParts: null });
    deepEqual(plan.models[0]!.networkOfFold, {});
  });

  it("gives the same for what it gave: a plan can be read back from its file", () => {
    const plan = checkPlan(tinyPlan("/nowhere"));
    deepEqual(checkPlan(JSON.parse(JSON.stringify(plan)) as GivenPlan), plan);
  });

  it("keeps nothing of the caller's that could change later", () => {
    const given = tinyPlan("/nowhere", { seeds: [1, 2] });
    const plan = checkPlan(given);
    (given.seeds as number[]).push(3);
    deepEqual(plan.seeds, [1, 2]);
  });

  it("refuses unknown keys and wrong values, naming them", () => {
    const split = { name: "s", folds: [{ name: "fold 1" }] };
    const refused: [object, RegExp][] = [
      [{ seed: [1] }, /no option "seed".*"seeds"/],
      [{ dataset: "" }, /dataset: ""/],
      [{ seeds: [] }, /seeds: \[\]/],
      [{ seeds: [1, 1] }, /seeds: \[1, 1\]/],
      [{ seeds: [0.5] }, /seeds\[0\]: 0.5/],
      [{ folds: [0] }, /folds\[0\]: 0/],
      [{ threads: 0 }, /threads: 0/],
      [{ models: [] }, /models: \[\]/],
      [
        { models: [tinyModel, { ...tinyModel, name: "plain  cnn" }] },
        /"Plain CNN" and "plain {2}cnn" would share the folder/,
      ],
      [{ models: [{ ...tinyModel, name: " " }] }, /models\[0\]\.name: " "/],
      [{ models: [{ ...tinyModel, kind: "best" }] }, /models\[0\]\.kind: "best"/],
      [{ models: [{ ...tinyModel, epochs: 3 }] }, /no option "models\[0\]\.epochs"/],
      [{ models: [{ ...tinyModel, network: { kind: "hand-crafted", name: "ResNet-17" } }] }, /ResNet-17/],
      [{ models: [{ ...tinyModel, networkOfFold: { "fold 1": { kind: "x" } } }] }, /network's kind is "x"/],
      [{ models: [{ ...tinyModel, training: { seed: 2 } }] }, /"Plain CNN" has training.seed: 2/],
      [
        { models: [{ ...tinyModel, network: { ...tinyModel.network, options: { classes: 3 } } }] },
        /"Plain CNN" tells 3 classes apart, expected 2/,
      ],
      [{ models: [{ ...tinyModel, trainingOfFold: { "fold 1": { seed: 2 } } }] }, /has training.seed: 2/],
      [{ models: [{ ...tinyModel, trainingOfFold: { "fold 1": { epoch: 2 } } }] }, /trainingOfFold.*epoch/],
      [{ predicts: "test" }, /predicts: "test"/],
      [{ training: { seed: 7 } }, /The plan has training.seed: 7.*seeds: \[7\]/],
      [{ training: { epochs: 0 } }, /training\.epochs: 0/],
      [{ preparation: { sizes: 3 } }, /sizes/],
      [{ records: { sampled: 3 } }, /no option "records\.sampled".*"records\.sample"/],
      [{ records: { normal: "malignant" } }, /records.normal: "malignant"/],
      [{ records: { onError: "ignore" } }, /records.onError/],
      [{ records: { onContradiction: "ignore" } }, /records.onContradiction/],
      [{ split: { fold: 3 } }, /no option "split\.fold"/],
      [{ split }, /A validation plan lacks split\.folds\[0\]\.train|A validation plan lacks split\.kind/],
      [{ training: { epochs: NaN } }, /NaN/],
    ];
    for (const [other, message] of refused)
      throws(
        () => checkPlan({ ...tinyPlan("/nowhere"), ...other }),
        (error: unknown) => error instanceof Problem && message.test(error.message),
        JSON.stringify(other),
      );
  });
});

describe("trainingOf(plan, model, unit)", () => {
  it("puts the model's options over the plan's, and the seed over both", () => {
    const plan = { training: { epochs: 3, batchSize: 8 } };
    deepEqual(trainingOf(plan, { training: { epochs: 5 } }, { fold: "fold 1", seed: 9 }), {
      ...{ epochs: 5, batchSize: 8, seed: 9 },
    });
    deepEqual(trainingOf({ training: {} }, {}, { fold: "fold 1", seed: 1 }), { seed: 1 });
  });

  it("puts what a fold has chosen over all else, and over no other fold", () => {
    const model = { training: { epochs: 5 }, trainingOfFold: { "fold 2": { epochs: 7 } } };
    deepEqual(
      ["fold 1", "fold 2", "constructor"].map((fold) => trainingOf({ training: {} }, model, { fold, seed: 1 }).epochs),
      [5, 7, 5],
    );
  });
});

describe("networkOf(model, fold)", () => {
  it("gives a fold its own network where it has one", () => {
    const own = { kind: "hand-crafted", name: "CNN3" } as const;
    const model = { ...tinyModel, networkOfFold: { "fold 2": own } };
    equal(networkOf(model, "fold 2"), own);
    equal(networkOf(model, "fold 1"), tinyModel.network);
    equal(networkOf(tinyModel, "toString"), tinyModel.network);
  });
});

describe("isSplit(split)", () => {
  it("tells folds from their number", () => {
    ok(!isSplit({ folds: 5 }));
    ok(!isSplit({}));
    ok(isSplit({ folds: [] } as unknown as Parameters<typeof isSplit>[0]));
  });
});
