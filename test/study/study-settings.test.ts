import { equal, throws } from "node:assert/strict";

import { smoke } from "../../lib/study/profiles/smoke";
import { checkStudySettings } from "../../lib/study/study-settings";

const refused = (other: object, message: RegExp) => {
  throws(() => checkStudySettings({ ...smoke, ...other }), message);
};

describe("checkStudySettings(settings)", () => {
  it("gives back what is right", () => {
    equal(checkStudySettings(smoke), smoke);
  });

  it("refuses a key that is none, and says which was meant", () => {
    refused({ sedes: [1] }, /no option "sedes".*"seeds"/);
  });

  it("names a value out of its range, and what was expected", () => {
    refused(
      { profile: "smok" },
      /profile: "smok", expected smoke, quick, overnight, overnight-masks, paper, paper-524/,
    );
    for (const seeds of [[], [1, 1], [-1], [0.5], [NaN]]) {
      refused({ seeds }, /The study has seeds: \[.*, expected different whole numbers from 0/);
      refused({ search: { ...smoke.search, seeds } }, /search\.seeds/);
    }
    for (const fold of [0, 1.5, -1])
      refused({ search: { ...smoke.search, fold } }, /search\.fold: .*a whole number from 1/);
    for (const workers of [0, 0.5]) refused({ workers }, /workers: .*a whole number from 1/);
    for (const controls of [-1, 1.5]) refused({ controls }, /controls: .*a whole number from 0/);
  });

  it("looks into the options of the search", () => {
    refused({ search: { ...smoke.search, options: { epochs: -1 } } }, /epochs: -1/);
    refused({ search: { ...smoke.search, options: { epoch: 1 } } }, /no option "epoch"/);
  });
});
