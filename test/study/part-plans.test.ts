import { deepEqual, equal, throws } from "node:assert/strict";

import { partsOfNetworks, planOfPart } from "../../lib/study/part-plans";
import { handCraftedPlan } from "../../lib/study/validation-plans";
import { temporaryFolder } from "../helpers/temporary";
import { smokeStudy } from "./helpers";

describe("planOfPart(study, part)", () => {
  const folder = temporaryFolder();

  it("plans trials of each network with each recipe, and networks of each part of a training part", async () => {
    const study = await smokeStudy(folder.path);
    const settings = {
      ...study.settings,
      tuning: { rates: [0.1, 0.01], decays: [1e-4], augment: ["none", "light"] },
    } as const;
    const trials = planOfPart({ ...study, settings }, "tunedHandCrafted");
    equal(trials.models.length, 2 * 4);
    equal(trials.predicts, "validation");
    const combined = { ...study, settings: { ...study.settings, combine: { folds: true, parts: 3 } } };
    const parts = planOfPart(combined, "partsHandCrafted").split as { readonly folds: readonly { name: string }[] };
    deepEqual(
      parts.folds.map(({ name }) => name),
      [1, 2].flatMap((fold) => [1, 2, 3].map((part) => `fold ${fold}, part ${part}`)),
    );
  });

  it("is the study's own plan where nothing is tuned, and names the notebook where there is no winner", async () => {
    const study = await smokeStudy(folder.path);
    deepEqual(planOfPart(study, "handCrafted"), handCraftedPlan(study));
    for (const part of partsOfNetworks.found) throws(() => planOfPart(study, part), /has no winner yet/);
  });

  it("refuses recipes where their trials are not done", async () => {
    const study = await smokeStudy(folder.path);
    const settings = { ...study.settings, tuning: { rates: [0.1, 0.01], decays: [1e-4], augment: ["none", "light"] } };
    throws(() => planOfPart({ ...study, settings } as never, "handCrafted"), /has no plan\.json/);
  });
});
