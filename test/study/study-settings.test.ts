import { deepEqual, equal, throws } from "node:assert/strict";

import { smoke } from "../../lib/study/profiles/smoke";
import { checkStudySettings } from "../../lib/study/study-settings";
import { trainingDefaults } from "../../lib/train/training-options";

const refused = (other: object, message: RegExp) => {
  throws(() => checkStudySettings({ ...smoke, ...other }), message);
};

describe("checkStudySettings(settings)", () => {
  it("fills in what is left out, and leaves what is there", () => {
    const filled = checkStudySettings(smoke);
    deepEqual(filled.search.options.schedule, { ...smoke.search.options.schedule, warmUp: 0, byEpoch: true });
    deepEqual(filled.training.optimiser, trainingDefaults.optimiser);
    equal(filled.derive.training.epochs, 3);
    equal(filled.derive.criterion, "area under the curve");
    deepEqual(
      { ...filled, search: null, derive: null, control: null, training: null, primary: null },
      {
        ...{ ...smoke, search: null, derive: null, control: null, training: null, primary: null },
        ...{
          onError: "stop",
          onShared: "stop",
          normal: "leave-out",
          missingLesion: "leave-out",
          unknownPatients: "by image",
        },
        ...{ tuning: null, combine: null, innerFolds: null, leaveOut: null, outlines: null, ownModels: [] },
      },
    );
  });

  it("refuses a key that is none, and says which was meant", () => {
    refused({ sedes: [1] }, /no option "sedes".*"seeds"/);
  });

  it("names a value out of its range, and what was expected", () => {
    refused(
      { profile: "smok" },
      /profile: "smok", expected "smoke", "quick", "overnight", "overnight-masks", "overnight-enas", "paper" or "paper-524"/,
    );
    for (const seeds of [[], [1, 1], [-1], [0.5], [NaN]]) {
      const expected =
        /seeds(: \[.*, expected a list of at least one item, none of them twice|\[0\]: .*, expected a whole number from 0)/;
      refused({ seeds }, expected);
      refused({ search: { ...smoke.search, seeds } }, new RegExp(`The study has search.${expected.source}`));
    }
    for (const fold of [0, 1.5, -1])
      refused({ search: { ...smoke.search, fold } }, /search\.fold: .*a whole number from 1/);
    for (const workers of [0, 0.5]) refused({ workers }, /workers: .*a whole number from 1/);
    for (const controls of [-1, 1.5]) refused({ controls }, /controls: .*a whole number from 0/);
  });

  it("looks into the options of the search", () => {
    refused({ search: { ...smoke.search, options: { epochs: -1 } } }, /epochs: -1/);
    refused({ search: { ...smoke.search, options: { epoch: 1 } } }, /no option "search\.options\.epoch"/);
  });
});
