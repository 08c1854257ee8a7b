import { deepEqual, equal, rejects } from "node:assert/strict";

import { validationStep } from "../../../lib/study/steps/validation";
import { handCraftedPlan } from "../../../lib/study/validation-plans";
import { makePlanFolder } from "../../../lib/validate/plan-folder";
import { temporaryFolder } from "../../helpers/temporary";
import { smokeStudy } from "../helpers";
import { plannedSmoke } from "./helpers";

describe("the steps of cross-validation", () => {
  const folder = temporaryFolder();

  it("have the units of the plans themselves, in their folders, with the threads of their plan", async () => {
    const study = await smokeStudy(folder.path);
    const { units } = await makePlanFolder(study.path("validation", "hand-crafted"), handCraftedPlan(study), 1);
    const listed = validationStep(["handCrafted"]).list(await plannedSmoke(folder.path));
    deepEqual(
      listed.map(({ name }) => name),
      units.map((unit) => `validation/hand-crafted/${unit.folder}`),
    );
    equal(listed[0]!.threads, 3);
    deepEqual(listed[0]!.of, { part: "handCrafted", model: "plain CNN", fold: "fold 1", seed: 1 });
  });

  it("have those of models of one's own too, which the plans train", async () => {
    const study = await smokeStudy(folder.path);
    const settings = { ...study.settings, ownModels: [{ name: "mine", folder: "/nowhere" }] };
    const own = { ...study, settings, path: (...parts: string[]) => study.path("own", ...parts) };
    const { units } = await makePlanFolder(own.path("validation", "hand-crafted"), handCraftedPlan(own), 1);
    const listed = validationStep(["handCrafted"]).list({ ...(await plannedSmoke(folder.path)), settings });
    deepEqual(
      listed.map(({ name }) => name),
      units.map((unit) => `validation/hand-crafted/${unit.folder}`),
    );
    equal(listed.filter(({ of }) => of.model === "mine").length, 2);
  });

  it("refuse a unit that the folder's plan does not have, as a wrong configuration", async () => {
    const study = await smokeStudy(folder.path);
    const [unit] = validationStep(["handCrafted"]).list(await plannedSmoke(folder.path));
    await makePlanFolder(study.path("validation", "hand-crafted"), { ...handCraftedPlan(study), seeds: [7] }, 1);
    const work = {
      ...{ named: study, open: () => Promise.resolve(study), tell: () => undefined },
      ...{ unit: { ...unit!, kind: "hand-crafted" }, folder: study.path(...unit!.name.split("/")) },
    };
    await rejects(
      validationStep(["handCrafted"]).run(work),
      /has no unit validation\/hand-crafted\/units\/plain-cnn\/fold-1-seed-1/,
    );
  });
});
