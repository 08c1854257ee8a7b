import { deepEqual, equal, throws } from "node:assert/strict";

import { checkOptions } from "../../lib/runtime/options";
import { combinationSchema, nameOfCombination, needsParts, requireCombination } from "../../lib/study/combination";
import { nameStudy } from "../../lib/study/name-study";
import { temporaryFolder } from "../helpers/temporary";

const check = (given: object) => checkOptions("The study's combine", combinationSchema, given);

describe("the setting combine of a study", () => {
  const root = temporaryFolder();
  const refused = (combine: object, other: object, message: RegExp) => {
    const given = { seeds: [1, 2], training: {}, ...other };
    throws(() => {
      requireCombination(check(combine), given);
    }, message);
  };

  it("is off in each of its kinds, and names what predicts together", () => {
    deepEqual(check({}), { seeds: false, folds: false, box: false, parts: 5 });
    equal(needsParts(null), false);
    equal(needsParts(check({ seeds: true })), false);
    equal(needsParts(check({ box: true })), true);
    equal(nameOfCombination("ENAS", "seeds", 3), "ENAS, 3 seeds");
    equal(nameOfCombination("ENAS", "folds", 5), "ENAS, 5 parts");
    equal(nameOfCombination("ENAS", "box", 5), "ENAS, 5 parts and box");
  });

  it("is refused where it combines nothing, or cannot be", () => {
    refused({}, {}, /says nothing that is to be combined.*combine to null/s);
    refused({ seeds: true }, { seeds: [7] }, /combine\.seeds, and one seed: 7.*seeds: \[1, 2, 3\]/s);
    refused({ box: true }, { training: { keep: "loss" } }, /combine\.box, and its training chooses weights/);
    refused({ box: true }, { training: { earlyStopping: { by: "loss", patience: 1 } } }, /combine\.box/);
    throws(() => check({ parts: 1 }), /parts: 1/);
    throws(() => check({ part: 3 }), /no option "part".*"parts"/);
    throws(() => check({ box: "yes" }), /box: "yes"/);
  });

  it("is refused before anything is opened", () => {
    const changes = { combine: { seeds: true } };
    throws(
      () => nameStudy({ profile: "smoke", dataset: "phantom", changes }, root.path),
      /combine\.seeds, and one seed/,
    );
  });
});
