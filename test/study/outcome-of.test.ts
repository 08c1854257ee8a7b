import { equal, match, notEqual, ok } from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { outcomeOf } from "../../lib/study/outcome-of";
import { placeIn } from "../../lib/study/layout";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "./helpers";

describe("outcomeOf(study)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();
  /** The study in another folder. */
  const copy = () => {
    cpSync(made.study.path(), folder.path, { recursive: true });
    return { ...placeIn(folder.path), settings: made.study.settings };
  };

  it("is one hash over every run and every unit", () => {
    const outcome = outcomeOf(made.study);
    match(outcome.hash!, /^[0-9a-f]{64}$/);
    // A search, its derivation and its control; the uniform search and derivation; four models on two folds.
    equal(outcome.runs.length, 3 + 2 + 8);
    equal(outcome.told, `The study's outcome is ${outcome.hash}: equal studies have the same.`);
  });

  it("is the same in another folder and at another time", () => {
    const study = copy();
    const file = study.path("winner.json");
    writeFileSync(file, readFileSync(file, "utf8"));
    equal(outcomeOf(study).hash, outcomeOf(made.study).hash);
  });

  it("is another one where a single run came out otherwise", () => {
    const study = copy();
    cpSync(study.path("control", "seed-1"), study.path("derive", "seed-1"), { recursive: true });
    notEqual(outcomeOf(study).hash, outcomeOf(made.study).hash);
    ok(outcomeOf(study).hash !== null);
  });

  it("is none before all is done, or where something is no longer as it was; it says how far it is", () => {
    const study = copy();
    writeFileSync(study.path("derive", "seed-1", "candidates.json"), "[]");
    equal(outcomeOf(study).hash, null);
    equal(outcomeOf(study).told, "The study is not done: 12 of 13 runs and units are.");
    rmSync(study.path("validation"), { recursive: true });
    equal(
      outcomeOf(study).told,
      "The study is not done: 4 of 5 runs and units are, and the cross-validation is not planned yet.",
    );
    const empty = { ...placeIn(join(folder.path, "none")), settings: study.settings };
    match(outcomeOf(empty).told, /0 of 5 runs and units are/);
  });
});
