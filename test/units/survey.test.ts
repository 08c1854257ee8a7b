import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { appendToJournal } from "../../lib/units/journal";
import { surveyUnits } from "../../lib/units/survey";
import type { Unit } from "../../lib/units/unit";
import { noteFailure } from "../../lib/units/unit-folder";
import { temporaryFolder } from "../helpers/temporary";

const unit = (name: string, cost: number): Unit => ({
  ...{ name, cost, needs: [], kind: "training", title: name, threads: 1, of: {} },
});

describe("surveyUnits(folder, journal, units)", () => {
  const folder = temporaryFolder();
  const make = (name: string, file: string) => {
    mkdirSync(join(folder.path, name), { recursive: true });
    writeFileSync(join(folder.path, name, file), "{}");
  };

  it("looks into each folder at first, then where the journal says, and into all now and then", () => {
    make("a", "done.json");
    const survey = surveyUnits(folder.path, folder.path, [unit("a", 1), unit("b", 2), unit("c", 3)]);
    survey.update();
    deepEqual(
      ["a", "b", "c"].map((name) => survey.isDone(name)),
      [true, false, false],
    );
    make("b", "done.json");
    make("c", "done.json");
    appendToJournal(folder.path, { unit: "b", seconds: 4 });
    appendToJournal(folder.path, { unit: "of another study", seconds: 4 });
    survey.update();
    deepEqual([survey.isDone("b"), survey.isDone("c")], [true, false]);
    deepEqual(survey.timed, [{ cost: 2, seconds: 4 }]);
    for (let look = 0; look < 20; look++) survey.update();
    equal(survey.isDone("c"), true);
  });

  it("does not believe a journal whose unit is not done, and knows what has begun or failed", () => {
    const survey = surveyUnits(folder.path, folder.path, [unit("a", 1), unit("b", 1)]);
    appendToJournal(folder.path, { unit: "a", seconds: 4 });
    survey.update();
    equal(survey.isDone("a"), false);
    equal(survey.isBegun("a"), false);
    make("a", "run.json");
    equal(survey.isBegun("a"), true);
    noteFailure(join(folder.path, "b"), "No room.");
    equal(survey.failureOf("b")!.error, "No room.");
    equal(survey.failureOf("a"), null);
  });
});
