import { deepEqual, doesNotMatch, match } from "node:assert/strict";

import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { describeLimits } from "../../../lib/study/report/limits";
import { readMaterial } from "../../../lib/study/report/material";
import { filledStudy, noEvaluation, tableNamed, textsOf } from "../helpers";

describe("describeLimits(study, evaluation)", () => {
  const made = filledStudy();
  const none = noEvaluation;

  it("counts what the search has seen of each fold's test images", () => {
    const { rows } = tableNamed(describeLimits(made.study, none), "What the search has seen");
    const [first, second] = made.study.split.folds;
    // The parts of a fold hold every image once: what another fold tests, the search's fold learns from or rewards on.
    const shared = second!.test.filter((id) => !first!.test.includes(id)).length;
    deepEqual(rows, [
      { fold: "fold 1", "test images": first!.test.length, "seen by the search": 0 },
      { fold: "fold 2", "test images": second!.test.length, "seen by the search": shared },
    ]);
  });

  it("warns where that is not nothing, and gives the numbers of the one fair fold", () => {
    const said = textsOf(describeLimits(made.study, evaluateStudy(made.study, readMaterial(made.study), 100)));
    match(said, /^caution: Only fold 1 tests images that the search has not seen/m);
    match(said, /^ENAS, fold 1 alone: seed 1: accuracy 0\.\d{3} \[/m);
  });

  it("does not warn where only the search's own fold is tested", () => {
    const study = { ...made.study, settings: { ...made.study.settings, folds: [1] } };
    doesNotMatch(textsOf(describeLimits(study, none)), /^caution/m);
  });

  it("speaks of outlines, seeds, samples and synthetic images only where they apply", () => {
    const said = textsOf(describeLimits(made.study, none));
    match(said, /outlines or boxes of lesions that people drew/);
    match(said, /One seed of the training/);
    match(said, /images are synthetic/);
    const { prepared, settings, records } = made.study;
    const other = textsOf(
      describeLimits(
        {
          ...made.study,
          prepared: { ...prepared, configuration: { ...prepared.configuration, region: { kind: "whole" } } },
          settings: { ...settings, seeds: [1, 2, 3], search: { ...settings.search, seeds: [1, 2] } },
          records: records.map(({ synthetic: _, ...record }) => record),
          sample: "524 of 1875 images",
        },
        none,
      ),
    );
    doesNotMatch(other, /outlines|One seed|One search|synthetic/);
    match(other, /A sample of the set: 524 of 1875 images/);
  });
});
