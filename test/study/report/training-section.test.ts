import { deepEqual, equal, match } from "node:assert/strict";

import type { Validation } from "../../../lib/validate/read-validation";
import { readMaterial, type StudyMaterial } from "../../../lib/study/report/material";
import { describeTraining } from "../../../lib/study/report/training-section";
import { filledStudy, tableNamed, textsOf } from "../helpers";

describe("describeTraining(study, material)", () => {
  const made = filledStudy();

  /** The material with another plan of the hand-crafted networks. */
  function changed(plan: Partial<Validation["plan"]>): StudyMaterial {
    const material = readMaterial(made.study);
    const value = material.handCrafted.value!;
    return { ...material, handCrafted: { missing: null, value: { ...value, plan: { ...value.plan, ...plan } } } };
  }

  it("lists all networks with their cost, and says that they were treated alike", () => {
    const section = describeTraining(made.study, readMaterial(made.study));
    const { rows } = tableNamed(section, "The networks");
    deepEqual(
      rows.map(({ model, kind }) => [model, kind]),
      [
        ["ENAS", "found"],
        ["random 1", "control"],
        ["plain CNN", "hand-crafted"],
        ["CNN3", "hand-crafted"],
      ],
    );
    // The plain CNN of one channel, as measured with another program.
    equal(rows[2]!.parameters, 72_146);
    equal(rows[2]!["training, s a unit"], 4);
    match(textsOf(section), /^plain: Equal treatment/m);
  });

  it("warns where they were not", () => {
    match(textsOf(describeTraining(made.study, changed({ seeds: [9] }))), /^caution: Not treated alike: .* seeds\./m);
  });

  it("names a network that is trained by options of its own", () => {
    const { plan } = readMaterial(made.study).handCrafted.value!;
    const models = plan.models.map((model, index) => (index === 0 ? { ...model, training: { epochs: 99 } } : model));
    match(textsOf(describeTraining(made.study, changed({ models }))), /^caution: plain CNN is .*"epochs":99/m);
  });

  it("says where thresholds come from where validation parts are learned from, and what inner folds cost", () => {
    const withInner = (innerFolds: number | null) => ({
      ...made.study,
      settings: { ...made.study.settings, learnFromValidation: true, innerFolds },
    });
    const texts = (innerFolds: number | null) =>
      textsOf(describeTraining(withInner(innerFolds), readMaterial(made.study)));
    match(texts(null), /Thresholds of operating points come from the networks of the other folds, which have learned/);
    match(texts(3), /chosen on 3 inner folds of every training part, divided by whole patients/);
  });

  it("lists every option of the training", () => {
    const { rows } = tableNamed(describeTraining(made.study, readMaterial(made.study)), "How every network");
    const said = Object.fromEntries(rows.map(({ option, value }) => [option, value]));
    equal(said.epochs, String(made.study.settings.training.epochs));
    match(said.schedule as string, /one-cycle, rate 0\.05/);
    equal(said.weightAverage, "none");
    equal(said.folds, "1, 2");
  });
});
