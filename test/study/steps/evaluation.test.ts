import { deepEqual, equal } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";

import { evaluateModels } from "../../../lib/study/evaluate-models";
import { evaluationStep } from "../../../lib/study/steps/evaluation";
import { readValidation } from "../../../lib/validate/read-validation";
import { temporaryFolder } from "../../helpers/temporary";
import { filledStudy } from "../helpers";
import { plannedSmoke } from "./helpers";

describe("the step of evaluations", () => {
  const folder = temporaryFolder();
  const made = filledStudy();

  it("has a unit for each model, which needs all its folds and seeds", async () => {
    const units = evaluationStep.list(await plannedSmoke(folder.path));
    deepEqual(
      units.map(({ name, needs }) => [name, needs.length]),
      ["found-enas", "found-random-1", "hand-crafted-plain-cnn", "hand-crafted-cnn3"].map((name) => [
        ...[`units/evaluate/${name}`, 2],
      ]),
    );
  });

  it("keeps what a notebook reads then, and seals that it is there", async () => {
    const { study } = made;
    const [unit] = evaluationStep.list(await plannedSmoke(folder.path));
    const place = study.path(...unit!.name.split("/"));
    const work = {
      ...{ named: study, open: () => Promise.resolve(study), tell: () => undefined },
      ...{ unit: { ...unit!, kind: "evaluation" }, folder: place },
    };
    await evaluationStep.run(work);
    equal(existsSync(study.path(...unit!.name.split("/"), "done.json")), true);
    const file = study.path("evaluations", "enas.json");
    const before = readFileSync(file, "utf8");
    const { models } = readValidation(study.path("validation", "found"));
    evaluateModels(study, [models[0]!.predictions]);
    equal(readFileSync(file, "utf8"), before);
    await evaluationStep.run(work);
  });
});
