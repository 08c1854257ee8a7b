import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot } from "../../lib/runtime/environment";
import type { StrategyOptions } from "../../lib/controller/check-strategy";
import {
  deriveFolder,
  controlFolder,
  layout,
  notebookOf,
  placeIn,
  placeOf,
  runsOf,
  searchFolder,
} from "../../lib/study/layout";
import { smoke } from "../../lib/study/profiles/smoke";

/** A study in the folder "study", whose search has another strategy and other seeds. */
const studyOf = (strategy: StrategyOptions, seeds = [1]) => ({
  ...placeIn("study"),
  settings: { ...smoke, search: { ...smoke.search, seeds, options: { ...smoke.search.options, strategy } } },
});
const enas = studyOf({ kind: "enas" }, [1, 2]);

describe("the layout of a study's folder", () => {
  it("has a place of its own for each part, and a notebook of the project that writes it", () => {
    const parts = Object.values(layout);
    equal(new Set(parts.map(({ place }) => place)).size, parts.length);
    for (const { notebook } of parts) ok(existsSync(join(notebooksRoot, `${notebook}.ipynb`)), notebook);
    equal(placeOf(enas, "handCrafted", "plan.json"), join("study", "validation", "hand-crafted", "plan.json"));
    equal(notebookOf("handCrafted"), "06_hand_crafted_networks");
  });

  it("keeps the names that studies of ENAS have always had", () => {
    equal(searchFolder(enas, 2), join("study", "search", "enas-seed-2"));
    equal(deriveFolder(enas, 2), join("study", "derive", "seed-2"));
    equal(controlFolder(enas, 2), join("study", "control", "seed-2"));
    equal(searchFolder(enas, 1, "uniform"), join("study", "search", "uniform-seed-1"));
    equal(deriveFolder(enas, 1, "uniform"), join("study", "derive", "uniform-seed-1"));
  });

  it("names the folders of another strategy after it", () => {
    const study = studyOf({ kind: "evolution" });
    equal(searchFolder(study, 1), join("study", "search", "evolution-seed-1"));
    equal(deriveFolder(study, 1), join("study", "derive", "evolution-seed-1"));
  });

  it("lists each run once, with its strategy's name", () => {
    const runs = runsOf(enas);
    equal(new Set(runs.map(({ folder }) => folder)).size, 8);
    deepEqual(
      runs.map(({ title }) => title),
      [
        ...["ENAS search, seed 1", "ENAS derivation, seed 1", "random control, seed 1"],
        ...["ENAS search, seed 2", "ENAS derivation, seed 2", "random control, seed 2"],
        ...["uniform search, seed 1", "uniform derivation, seed 1"],
      ],
    );
  });

  it("has no second uniform search where the study's own is uniform", () => {
    deepEqual(
      runsOf(studyOf({ kind: "uniform" })).map(({ folder }) => folder.split(/[\\/]/).slice(1).join("/")),
      ["search/uniform-seed-1", "derive/uniform-seed-1", "control/seed-1"],
    );
  });
});
