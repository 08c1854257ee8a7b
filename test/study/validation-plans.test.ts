import { deepEqual, equal, ok } from "node:assert/strict";

import type { Split } from "../../lib/data/split/split";
import { createRandom } from "../../lib/runtime/random";
import { sampleArchitecture } from "../../lib/space/sample";
import type { Study } from "../../lib/study/open-study";
import { foundPlan, handCraftedPlan } from "../../lib/study/validation-plans";
import type { ChosenArchitecture } from "../../lib/study/further-winners";
import type { Winner } from "../../lib/study/winner";
import { checkPlan } from "../../lib/validate/plan";
import { listUnits } from "../../lib/validate/units";
import { temporaryFolder } from "../helpers/temporary";
import { smokeStudy } from "./helpers";
import { microSpace } from "../helpers/spaces";

const chosen = (hash: string, seed: number): ChosenArchitecture => ({
  hash,
  seed,
  architecture: sampleArchitecture(microSpace(3), createRandom(seed)),
});
const winner: Winner = {
  winner: chosen("w", 1),
  winners: [chosen("w", 1), chosen("v", 2)],
  controls: [chosen("a", 3), chosen("b", 4)],
};

describe("foundPlan and handCraftedPlan", () => {
  const folder = temporaryFolder();
  let study: Study;
  beforeEach(async () => {
    study = await smokeStudy(folder.path);
  });

  it("differ in their models alone: images, folds, seeds and training are the same", () => {
    const { models: found, ...rest } = foundPlan(study, winner);
    const { models: handCrafted, ...others } = handCraftedPlan(study);
    deepEqual(rest, others);
    ok(
      [...found, ...handCrafted].every((model) => model.training === undefined),
      "no model has its own training",
    );
    ok([...found, ...handCrafted].every((model) => model.networkOfFold === undefined));
  });

  it("have the winner first, then the controls as controls, with the same settings", () => {
    const { models } = foundPlan(study, winner);
    deepEqual(
      models.map(({ name, kind }) => [name, kind]),
      [
        ["ENAS", "found"],
        ["random 1", "control"],
        ["random 2", "control"],
      ],
    );
    const networks = models.map(({ network }) => network as Extract<typeof network, { kind: "found" }>);
    deepEqual(
      networks.map(({ architecture }) => architecture),
      [winner.winner, ...winner.controls].map(({ architecture }) => architecture),
    );
    for (const { settings } of networks) deepEqual(settings, study.settings.search.options.network);
  });

  it("take the settings of the networks from the study, where it has some", () => {
    const network = { channels: 6, cells: 3 };
    const { models } = foundPlan({ ...study, settings: { ...study.settings, network } }, winner);
    for (const model of models) equal((model.network as { settings: object }).settings, network);
  });

  it("have the hand-crafted networks of the study, under their names", () => {
    deepEqual(
      handCraftedPlan(study).models.map(({ name, kind, network }) => [name, kind, network]),
      study.settings.handCrafted.map((name) => [name, "hand-crafted", { kind: "hand-crafted", name }]),
    );
  });

  it("have models of one's own behind the hand-crafted networks, with all that was said of them", () => {
    const layers = { folder: "/models/mine", channels: ["gray", "gray", "gray"], frozenEpochs: 2 } as const;
    const settings = { ...study.settings, ownModels: [{ name: "mine", ...layers }] };
    const plan = handCraftedPlan({ ...study, settings });
    deepEqual(plan.models.at(-1), { name: "mine", kind: "own", network: { kind: "layers model", ...layers } });
    checkPlan(plan);
  });

  it("have the folds of the study, all or some", () => {
    for (const folds of [[1, 2], [2], null])
      deepEqual(handCraftedPlan({ ...study, settings: { ...study.settings, folds } }).folds, folds);
  });

  it("call the found network by the strategy that found it", () => {
    const found = { name: "evolution", slug: "evolution", uniform: false };
    equal(foundPlan({ ...study, found }, winner).models[0]!.name, "evolution");
  });

  it("learn from the validation part too only where the study says so, and never from what a fold tests", () => {
    const settings = { ...study.settings, learnFromValidation: true };
    const foldsOf = (given: Study) => (handCraftedPlan(given).split as Split).folds;
    deepEqual(foldsOf(study), study.split.folds);
    foldsOf({ ...study, settings }).forEach((fold, index) => {
      const before = study.split.folds[index]!;
      deepEqual(fold.validation, []);
      deepEqual([...fold.train].sort(), [...before.train, ...before.validation].sort());
      deepEqual(fold.test, before.test);
    });
    checkPlan(handCraftedPlan({ ...study, settings }));
    ok(study.searchFold.validation.length > 0, "the search has its own part to be rewarded on");
  });

  it("are plans that can be run: they check out, and list a unit for each model and fold", () => {
    for (const plan of [foundPlan(study, winner), handCraftedPlan(study)]) {
      const units = listUnits(checkPlan(plan), study.split);
      equal(units.length, plan.models.length * 2);
    }
  });

  it("name a sample of the images only where one was drawn", () => {
    const sample = { count: 100, by: "patient", seed: 1 } as const;
    const settings = { ...study.settings, sample };
    equal(handCraftedPlan({ ...study, settings }).records!.sample, null, "the set was no larger");
    deepEqual(handCraftedPlan({ ...study, settings, sample: "100 images" }).records!.sample, sample);
  });
});
