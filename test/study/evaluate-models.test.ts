import { deepEqual, equal } from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";

import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { evaluateModels, keptEvaluation } from "../../lib/study/evaluate-models";
import { readMaterial } from "../../lib/study/report/material";
import { filledStudy } from "./helpers";

describe("evaluateModels(study, sets, options) and keptEvaluation(study, set, options)", () => {
  const made = filledStudy();

  it("keep one evaluation a model, which the next one reads, by whatever options it was made", () => {
    const sets = readMaterial(made.study).found.value!.models.map(({ predictions }) => predictions);
    const evaluations = evaluateModels(made.study, sets, { replicates: 120 });
    deepEqual(
      evaluations,
      sets.map((set) => evaluatePredictions(set, { replicates: 120 })),
    );
    deepEqual(readdirSync(made.study.path("evaluations")), ["enas.json", "random-1.json"]);
    const written = () => statSync(made.study.path("evaluations", "enas.json")).mtimeMs;
    const before = written();
    deepEqual(keptEvaluation(made.study, sets[0]!, { replicates: 300 }), evaluations[0]);
    equal(written(), before);
    equal(evaluateModels(made.study, sets, { replicates: 130 })[0]!.replicates, 130);
    equal(keptEvaluation(made.study, sets[0]!).replicates, 130);
  });
});
