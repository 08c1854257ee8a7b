import { equal, throws } from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";

import { judgePrimary, statesPrimary } from "../../lib/study/primary";
import { nameStudy } from "../../lib/study/name-study";
import { examplePredictions } from "../compare/example";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "./helpers";

describe("judgePrimary(study, models)", () => {
  const folder = temporaryFolder();
  const named = (changes: object) => nameStudy({ profile: "smoke", dataset: "phantom", changes }, folder.path);
  const models = ["ENAS", "plain CNN", "CNN3"].map((model, index) => ({
    predictions: examplePredictions(model, { draw: index + 1 }),
  }));

  it("holds the found network against the reference that the settings state, by their margin", () => {
    const stated = judgePrimary(named({}), models);
    equal(stated.found.model, "ENAS");
    equal(stated.reference.model, "plain CNN");
    equal(stated.margin, 0.01);
    const other = judgePrimary(named({ primary: { reference: "CNN3", margin: 0.05 } }), models);
    equal(other.reference.model, "CNN3");
    equal(other.margin, 0.05);
  });

  it("is refused where the reference was not tested, or is none of the study's models", () => {
    throws(() => judgePrimary(named({}), models.slice(0, 1)), { name: "Problem", message: /no model "plain CNN"/ });
    throws(() => named({ primary: { reference: "AlexNet" } }), {
      name: "Problem",
      message: /none of its models: plain CNN/,
    });
    throws(() => named({ primary: { margin: 2 } }), { name: "Problem", message: /margin: 2/ });
    // Networks alone were changed: the study is opened, and its report says that the reference is not there.
    equal(named({ handCrafted: ["CNN3"] }).settings.handCrafted.length, 1);
  });
});

describe("statesPrimary(study)", () => {
  const made = filledStudy();

  it("is told from the study's file: of earlier versions, and without a file, it is not stated", () => {
    const { primary, purpose: _, workers: __, ...older } = made.study.settings;
    const write = (settings: object) => {
      writeFileSync(made.study.path("study.json"), JSON.stringify({ settings, dataset: "phantom" }));
    };
    write(older);
    equal(statesPrimary(made.study), false);
    write({ ...older, primary });
    equal(statesPrimary(made.study), true);
    rmSync(made.study.path("study.json"));
    equal(statesPrimary(made.study), false);
  });
});
