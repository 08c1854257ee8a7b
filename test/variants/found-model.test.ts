import { deepEqual, equal, throws } from "node:assert/strict";

import { foundModel } from "../../lib/variants/found-model";
import { checkPlan } from "../../lib/validate/plan";
import { readWinner } from "../../lib/study/winner";
import { temporaryFolder } from "../helpers/temporary";
import { openStudy } from "../../lib/study/open-study";
import { fillStudy } from "../study/helpers";

describe("foundModel(folder)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  it("is the winner of the study, with the settings that the study trains it with", async () => {
    const study = await openStudy({ profile: "smoke", dataset: "phantom" }, folder.path);
    fillStudy(study);
    const model = foundModel(study.path());
    equal(model.name, "ENAS");
    deepEqual(model.network.kind === "found" && model.network.architecture, readWinner(study).winner.architecture);
    checkPlan({ dataset: "phantom", models: [model] });
  });

  it("is refused where there is no study", () => {
    throws(() => foundModel(folder.path), { name: "Problem", message: /is no study's folder/ });
  });
});
