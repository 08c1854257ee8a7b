import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { labelOf, predictFolds } from "../../../lib/evaluate/baselines/baseline";
import { checkPredictions } from "../../../lib/evaluate/check-predictions";
import { phantoms } from "./phantoms";

describe("predictFolds(model, split, images, fit)", () => {
  let given: Awaited<ReturnType<typeof phantoms>>;
  before(async () => {
    given = await phantoms();
  });

  it("predicts each test and validation part by what was fitted to images outside of it", () => {
    const { images, split } = given;
    const fitted: string[][] = [];
    const asked: string[][] = [];
    const set = predictFolds("m", split, images, (learnt) => {
      fitted.push(learnt.map(({ record }) => record.id));
      asked.push([]);
      return ({ record }) => {
        asked.at(-1)!.push(record.id);
        return 0;
      };
    });
    deepEqual(
      fitted.map((ids) => [...ids].sort()),
      split.folds.flatMap(({ train, validation }) => [[...train].sort(), [...train, ...validation].sort()]),
    );
    deepEqual(
      asked,
      split.folds.flatMap(({ validation, test }) => [[...validation], [...test]]),
    );
    const notices = checkPredictions(set, { expected: images.records.map(({ id }) => id) });
    deepEqual(notices, ["m: the probability is 0.5 for all images: the model does not tell them apart."]);
    ok(set.rows.every(({ probability, seed }) => probability === 0.5 && seed === 0));
  });

  it("predicts no validation part where there is none", () => {
    const { images, split } = given;
    const folds = split.folds.map((fold) => ({ ...fold, train: [...fold.train, ...fold.validation], validation: [] }));
    const set = predictFolds("m", { ...split, folds }, images, () => () => 1);
    ok(set.rows.every(({ part }) => part === "test"));
    equal(set.rows.length, 150);
  });

  it("refuses images that are not there, cannot be read, or are normal, and one class alone", () => {
    const { images, split } = given;
    const fit = () => () => 0;
    const [first] = split.folds[0]!.train;
    const changed = images.records.map((record) =>
      record.id === first ? { ...record, label: "normal" as const } : record,
    );
    throws(
      () => predictFolds("m", split, { ...images, records: changed }, fit),
      /train: the image ".*" is labelled normal/,
    );
    const blind = images.inspections.map((one) => (one.id === first ? { ...one, seen: null } : one));
    throws(() => predictFolds("m", split, { ...images, inspections: blind }, fit), /cannot be read/);
    const none = { records: images.records.slice(1), inspections: images.inspections.slice(1) };
    throws(() => predictFolds("m", split, none, fit), /is not among the images/);
    const benign = images.records.map((record) => ({ ...record, label: "benign" as const }));
    throws(
      () => predictFolds("m", split, { ...images, records: benign }, fit),
      /0 are malignant; both classes are needed/,
    );
  });
});

describe("labelOf(image)", () => {
  it("gives 1 to malignant images", async () => {
    const { images } = await phantoms();
    const seen = images.inspections[0]!.seen!;
    deepEqual(
      (["benign", "malignant"] as const).map((label) => labelOf({ record: { ...images.records[0]!, label }, seen })),
      [0, 1],
    );
  });
});
