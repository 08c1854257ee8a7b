import { deepEqual, throws } from "node:assert/strict";

import { otherModelsOf, requireFittingSettings } from "../../lib/study/fitting-settings";
import { settingsOf } from "../../lib/study/settings-of";
import { smoke } from "../../lib/study/profiles/smoke";
import { profileNames, type StudySettings } from "../../lib/study/study-settings";

describe("otherModelsOf(settings)", () => {
  it("names hand-crafted networks, random controls from 1, and what is no network", () => {
    const { search } = smoke;
    deepEqual(otherModelsOf({ handCrafted: ["plain CNN"], controls: 2, search }), [
      ...["plain CNN", "random 1", "random 2"],
      ...["majority class", "box geometry", "box and gray levels", "outline shape"],
    ]);
    deepEqual(otherModelsOf({ handCrafted: [], controls: 0, search }), [
      "majority class",
      "box geometry",
      "box and gray levels",
      "outline shape",
    ]);
  });

  it("names what is found within further budgets first", () => {
    const trials = { strategy: "ridge", furtherBudgets: [{}, {}] } as const;
    const search = { ...smoke.search, trials };
    deepEqual(otherModelsOf({ handCrafted: [], controls: 0, search }).slice(0, 2), [
      "ridge predictor, budget 2",
      "ridge predictor, budget 3",
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

  it("refuses inner folds where a validation part is there to choose by", () => {
    const settings = { ...smoke, learnFromValidation: true, innerFolds: 3 };
    const training = { ...smoke.training, keep: "last", earlyStopping: null } as const;
    requireFittingSettings({ ...settings, training, combine: { folds: true, parts: 3 } });
    throws(() => {
      requireFittingSettings({ ...settings, training, combine: { folds: true, parts: 5 } });
    }, /innerFolds: 3, and combine\.parts: 5: the same networks serve both/);
    throws(() => {
      requireFittingSettings({ ...settings, training: { ...training, keep: "accuracy" } });
    }, /innerFolds, and its training chooses weights by images that are held back/);
    throws(() => {
      requireFittingSettings({ ...smoke, learnFromValidation: false, innerFolds: 3 });
    }, /innerFolds: 3, and learnFromValidation: false.*give innerFolds: null/);
    throws(() => {
      requireFittingSettings({ ...smoke, learnFromValidation: true, innerFolds: 1 });
    }, /innerFolds.*1/);
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

  it("refuses models of one's own that are nowhere, take channels that are not there, or have another model's name", () => {
    const refuse = (ownModels: NonNullable<StudySettings["ownModels"]>, message: RegExp) => {
      throws(() => {
        requireFittingSettings({ ...smoke, ownModels });
      }, message);
    };
    refuse([{ name: "mine" }], /neither a folder nor an address/);
    refuse([{ name: "mine", folder: "x", channels: ["mask"] }], /takes the channel mask/);
    refuse([{ name: "Plain CNN", folder: "x" }], /the name "Plain CNN", which another model of the study has/);
    refuse(
      [
        { name: "mine", folder: "x" },
        { name: "mine", folder: "y" },
      ],
      /the name "mine", which another/,
    );
    const ownModels = [{ name: "mine", folder: "x" }];
    requireFittingSettings({ ...smoke, ownModels });
    throws(() => {
      requireFittingSettings({ ...smoke, ownModels, training: { ...smoke.training, targets: { outline: 0.5 } } });
    }, /training\.targets, and mine is a layers model/);
  });
});
