import { deepEqual, equal, match } from "node:assert/strict";
import { rmSync } from "node:fs";

import { readMaterial } from "../../../lib/study/report/material";
import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { filledStudy } from "../helpers";

describe("evaluateStudy(study, material, replicates)", () => {
  const made = filledStudy();

  it("evaluates every network, and takes the tests that were kept", () => {
    const material = readMaterial(made.study);
    const { models, family, notices } = evaluateStudy(made.study, material, 100);
    deepEqual(
      models.map(({ kind, predictions }) => [kind, predictions.model]),
      [
        ["found", "ENAS"],
        ["control", "random 1"],
        ["hand-crafted", "plain CNN"],
        ["hand-crafted", "CNN3"],
      ],
    );
    equal(family, material.comparison.value!.family);
    deepEqual(notices, []);
    // Counted by hand from the predictions.
    const { predictions, evaluation } = models[0]!;
    const tested = predictions.rows.filter(({ part }) => part === "test");
    const right = tested.filter(({ label, probability }) => (probability >= 0.5 ? 1 : 0) === label).length;
    equal(evaluation.pooled.measures.accuracy.value, right / tested.length);
  });

  it("computes the tests where none were kept, against the found network", () => {
    const material = { ...readMaterial(made.study), comparison: { value: null, missing: "none" } };
    const { family } = evaluateStudy(made.study, material, 100);
    equal(family!.reference, "ENAS");
    deepEqual(family!.family, ["random 1", "plain CNN", "CNN3"]);
  });

  it("leaves out a network whose units are not all done, and says so", () => {
    rmSync(made.study.path("validation", "hand-crafted", "units", "cnn3", "fold-2-seed-1", "done.json"));
    const { models, notices } = evaluateStudy(made.study, readMaterial(made.study), 100);
    deepEqual(
      models.map(({ predictions }) => predictions.model),
      ["ENAS", "random 1", "plain CNN"],
    );
    match(notices.join("\n"), /CNN3 is left out: 1 of its units/);
  });
});
