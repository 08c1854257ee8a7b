import { deepEqual, match } from "node:assert/strict";

import { describeTuning } from "../../../lib/study/report/tuning-blocks";
import { filledStudy, textsOf } from "../helpers";

describe("describeTuning(study)", () => {
  const made = filledStudy();

  it("says nothing of a study that does not tune", () => {
    deepEqual(describeTuning(made.study), []);
  });

  it("says the budget, how recipes were judged, and which notebook is still to be run", () => {
    const settings = { ...made.study.settings, tuning: { judgedOn: "fold 1", by: "accuracy" } } as const;
    const texts = textsOf({ blocks: describeTuning({ ...made.study, settings }) });
    match(
      texts,
      /same 8 recipes \(learning rates 0\.02, 0\.05; weight decays 0\.0005, 0\.005; augmentation as trained, strong\)/,
    );
    match(texts, /judged by the accuracy of the validation images of fold 1, for all folds/);
    match(texts, /^caution: .* other folds test/m);
    match(texts, /^missing: .*Run 05_train_the_winner/m);
    match(texts, /^missing: .*Run 06_hand_crafted_networks/m);
  });
});
