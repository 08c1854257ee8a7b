import { deepEqual, doesNotMatch, match } from "node:assert/strict";

import { smoke } from "../../../lib/study/profiles/smoke";
import { describeCombination } from "../../../lib/study/report/combination-blocks";
import { textsOf } from "../helpers";

describe("describeCombination(study)", () => {
  const say = (combine: object) =>
    textsOf({ blocks: describeCombination({ settings: { ...smoke, seeds: [1, 2, 3], combine } }) });

  it("says nothing where nothing is combined", () => {
    deepEqual(describeCombination({ settings: smoke }), []);
  });

  it("says what predicts together, and from what it was learned and fitted", () => {
    const texts = say({ seeds: true, box: true, parts: 4 });
    match(texts, /mean logit of the 3 networks of a fold/);
    match(texts, /the training part of its fold was divided into 4 parts by patients/);
    match(texts, /what is tested took no part in the fit/);
    doesNotMatch(say({ folds: true }), /With the box|Over seeds/);
  });
});
