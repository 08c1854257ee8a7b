import { deepEqual, equal, match } from "node:assert/strict";

import { estimateWork } from "../../lib/study/estimate-work";
import { smoke } from "../../lib/study/profiles/smoke";
import { tellCosts } from "../../lib/study/tell-costs";

describe("tellCosts(settings, images)", () => {
  const images = { images: 240, folds: 5 };

  it("says nothing of a study whose options are off", () => {
    deepEqual(tellCosts(smoke, images), []);
  });

  it("says how many trainings tuning adds, and by how much it makes the study longer", () => {
    const tuning = { rates: [0.01, 0.05], decays: [0, 1e-3], augment: ["none"] } as const;
    const [told, ...others] = tellCosts({ ...smoke, tuning }, images);
    // The found network, one random one and two hand-crafted ones, by four recipes on two folds.
    match(told!, /^Each of 4 networks is tried with the same 4 recipes .* each fold .*: 32 trainings more/);
    const [without, withIt] = [smoke, { ...smoke, tuning }].map((one) => estimateWork(one, images));
    const all = (one: typeof without) => one!.found + one!.handCrafted;
    match(told!, new RegExp(`about ${(all(withIt) / all(without)).toPrecision(2)} times the computing`));
    deepEqual(others, []);
    const first = { ...tuning, judgedOn: "fold 1" } as const;
    match(tellCosts({ ...smoke, tuning: first }, images)[0]!, /of fold 1 .*: 16 trainings more/);
    equal(withIt!.processes - without!.processes, 32);
  });

  it("says how many trainings inner folds add", () => {
    const settings = { ...smoke, learnFromValidation: true };
    const [told] = tellCosts({ ...settings, innerFolds: 3 }, images);
    // The found network, one random one and two hand-crafted ones, on two folds.
    match(told!, /^Thresholds are chosen on 3 inner folds .* 4 networks are trained too: 24 trainings more, about \d/);
    const [without, withIt] = [null, 3].map((innerFolds) => estimateWork({ ...settings, innerFolds }, images));
    equal(withIt!.processes - without!.processes, 24);
    const both = { ...settings, innerFolds: 3, combine: { folds: true, parts: 3 } };
    match(tellCosts(both, images)[0]!, /no training more than combine takes/);
    equal(estimateWork(both, images).processes, withIt!.processes);
  });
});
