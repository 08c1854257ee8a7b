import { deepEqual, equal, ok, throws } from "node:assert/strict";

import type { Split } from "../../lib/data/split/split";
import type { Study } from "../../lib/study/open-study";
import { listTrainingParts, planTrainingParts, requireBoxes } from "../../lib/study/training-parts";
import { handCraftedPlan } from "../../lib/study/validation-plans";
import { checkPlan } from "../../lib/validate/plan";
import { temporaryFolder } from "../helpers/temporary";
import { smokeStudy } from "./helpers";

describe("planTrainingParts(study, plan, parts)", () => {
  const folder = temporaryFolder();
  let study: Study;
  beforeEach(async () => {
    study = await smokeStudy(folder.path);
  });
  const splitOf = (given: Study, parts = 3) => planTrainingParts(given, handCraftedPlan(given), parts).split as Split;

  it("holds each part of a training part back once, and shuts what the fold tests off from all of them", () => {
    const { folds } = splitOf(study);
    deepEqual(
      folds.map(({ name }) => name),
      ["fold 1", "fold 2"].flatMap((name) => [1, 2, 3].map((part) => `${name}, part ${part}`)),
    );
    for (const { fold, name } of listTrainingParts(["fold 1", "fold 2"], 3)) {
      const own = folds.find((one) => one.name === name)!;
      const whole = study.split.folds.find((one) => one.name === fold)!;
      deepEqual([...own.train, ...own.validation].sort(), [...whole.train].sort());
      deepEqual(own.test, whole.test);
      const shut = new Set([...whole.test, ...whole.validation]);
      ok([...own.train, ...own.validation].every((id) => !shut.has(id)));
    }
    for (const fold of study.split.folds.slice(0, 2)) {
      const held = folds
        .filter(({ name }) => name.startsWith(`${fold.name}, `))
        .flatMap(({ validation }) => validation);
      deepEqual([...held].sort(), [...fold.train].sort());
    }
  });

  it("keeps patients in one part, with both classes in each", () => {
    const patientOf = new Map(study.records.map(({ id, patient }) => [id, patient ?? id]));
    const labelOf = new Map(study.records.map(({ id, label }) => [id, label]));
    for (const { train, validation } of splitOf(study).folds) {
      const learned = new Set(train.map((id) => patientOf.get(id)));
      ok(validation.every((id) => !learned.has(patientOf.get(id))));
      equal(new Set(validation.map((id) => labelOf.get(id))).size, 2);
    }
    deepEqual(splitOf(study), splitOf(study), "the same each time");
  });

  it("divides all that is not tested where the study learns from it", () => {
    const settings = { ...study.settings, learnFromValidation: true };
    const [first] = splitOf({ ...study, settings }).folds;
    const [fold] = study.split.folds;
    deepEqual([...first!.train, ...first!.validation].sort(), [...fold!.train, ...fold!.validation].sort());
  });

  it("trains each part's network as its fold has chosen", () => {
    const plan = handCraftedPlan(study);
    const models = plan.models.map((model) => ({ ...model, trainingOfFold: { "fold 2": { epochs: 7 } } }));
    const parted = planTrainingParts(study, { ...plan, models }, 2);
    deepEqual(parted.models[0]!.trainingOfFold, {
      "fold 2, part 1": { epochs: 7 },
      "fold 2, part 2": { epochs: 7 },
    });
    checkPlan(parted);
  });

  it("refuses more parts than a class has patients", () => {
    const few = study.records.filter(({ label }, index) => label === "benign" || index < 12);
    throws(
      () => splitOf({ ...study, records: few }, 20),
      /The class malignant has \d+ groups? .* for 20 parts: fold 1, part 1/,
    );
  });

  it("finds the box of every image, and names one that has none", () => {
    const boxes = requireBoxes(study);
    equal(boxes.size, study.records.length);
    ok([...boxes.values()].every((box) => box.length === 4 && box.every((value) => value > 0)));
    const records = study.records.map((record, index) =>
      index === 3 ? { ...record, masks: [], box: undefined } : record,
    );
    const inspections = study.inspections.map((one, index) =>
      index === 3 && one.seen !== null ? { ...one, seen: { ...one.seen, lesion: null } } : one,
    );
    throws(
      () => requireBoxes({ records: records, inspections: inspections }),
      new RegExp(`combine\\.box, and the image "${study.records[3]!.id}" has neither a box nor a mask`),
    );
  });
});
