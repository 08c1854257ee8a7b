import { deepEqual, throws } from "node:assert/strict";

import { otherModelsOf, requireFittingSettings } from "../../lib/study/fitting-settings";
import { settingsOf } from "../../lib/study/settings-of";
import { smoke } from "../../lib/study/profiles/smoke";
import { profileNames } from "../../lib/study/study-settings";

describe("otherModelsOf(settings)", () => {
  it("names hand-crafted networks, random controls from 1, and what is no network", () => {
    deepEqual(otherModelsOf({ handCrafted: ["plain CNN"], controls: 2 }), [
      ...["plain CNN", "random 1", "random 2"],
      ...["majority class", "box geometry", "box and gray levels"],
    ]);
    deepEqual(otherModelsOf({ handCrafted: [], controls: 0 }), [
      "majority class",
      "box geometry",
      "box and gray levels",
    ]);
  });
});

describe("requireFittingSettings(settings)", () => {
  it("lets every profile pass, on every data set that needs settings of its own", () => {
    for (const profile of profileNames)
      for (const dataset of ["phantom", "breastmnist-28", "breastmnist-224"])
        requireFittingSettings(settingsOf({ profile, dataset }));
  });

  it("refuses images of the search that are larger than those of the study", () => {
    throws(() => {
      requireFittingSettings({ ...smoke, search: { ...smoke.search, size: 33 } });
    }, /search\.size: 33, expected at most its preparation\.size, 32/);
  });

  it("refuses a network that no architecture of the space fits, in the search and in the training from scratch", () => {
    throws(() => {
      requireFittingSettings({ ...smoke, network: { layers: 6 } });
    }, /The study's network does not fit its search\.options\.space: .*"layers"/);
    const options = { ...smoke.search.options, network: { layers: 6 } };
    throws(() => {
      requireFittingSettings({ ...smoke, search: { ...smoke.search, options } });
    }, /The study's search\.options\.network does not fit/);
  });

  it("refuses a control's name for the found network", () => {
    const strategy = { kind: "evolution", name: "random 1" } as const;
    const options = { ...smoke.search.options, strategy };
    throws(() => {
      requireFittingSettings({ ...smoke, search: { ...smoke.search, options } });
    }, /has the name "random 1", which another model of the study has/);
  });
});
