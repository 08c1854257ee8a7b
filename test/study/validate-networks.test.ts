import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

import { openStudy } from "../../lib/study/open-study";
import { validateNetworks } from "../../lib/study/validate-networks";
import { storedFolders } from "../compatibility/stored";
import { temporaryFolder } from "../helpers/temporary";

describe("validateNetworks(study, networks)", function () {
  this.timeout(120_000);
  const stored = storedFolders();
  const folder = temporaryFolder();
  const open = (root = stored.path) => openStudy({ profile: "smoke", dataset: "phantom" }, root);

  it("gives what is done again: the models with their predictions, and their units", async () => {
    const study = await open();
    const found = await validateNetworks(study, "found");
    deepEqual(
      found.models.map(({ model }) => model.name),
      ["ENAS", "random 1"],
    );
    equal(found.units.length, 4);
    const handCrafted = await validateNetworks(study, "handCrafted");
    deepEqual(
      handCrafted.models.map(({ model }) => model.name),
      [...study.settings.handCrafted],
    );
  });

  it("trains nothing by settings that were changed after the study was opened", async () => {
    const study = await open();
    const settings = { ...study.settings, training: { ...study.settings.training, epochs: 1 } };
    for (const networks of ["found", "handCrafted"] as const)
      await rejects(validateNetworks({ ...study, settings }, networks), /training\.epochs is 4 there and 1 here/);
  });

  it("refuses a folder with another plan", async () => {
    const study = await open();
    const plan = study.path("validation", "hand-crafted", "plan.json");
    const { training, ...others } = JSON.parse(readFileSync(plan, "utf8")) as {
      training: object;
    };
    writeFileSync(plan, JSON.stringify({ ...others, training: { ...training, epochs: 9 } }));
    await rejects(validateNetworks(study, "handCrafted"), /has another plan: training\.epochs is 9 there and 4 here/);
  });

  it("names the notebooks to run where there is no winner yet", async () => {
    await rejects(validateNetworks(await open(folder.path), "found"), /has no winner yet\. Run 03_enas_search and 04/);
  });
});
