import { deepEqual, equal, match, throws } from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";

import { readComparison, writeComparison } from "../../lib/compare/comparison-file";
import { placeIn, placeOf } from "../../lib/study/layout";
import { readLastTime, tellOutcome, tellSince } from "../../lib/study/last-time";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "./helpers";

const clockAt = (time: string) => ({ now: () => new Date(time), seconds: () => 0 });

describe("tellSince(study, last)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();
  const first = clockAt("2026-02-03T04:05:06Z");
  const then = clockAt("2026-02-04T00:00:00Z");
  /** The study in another folder, where it was told of once. */
  const copy = () => {
    cpSync(made.study.path(), folder.path, { recursive: true });
    const study = { ...placeIn(folder.path), settings: made.study.settings };
    equal(readLastTime(study), null);
    deepEqual(tellSince(study, undefined, first), ["This is the first time: 13 runs and units are done."]);
    return study;
  };

  it("says that nothing has changed, and since when", () => {
    const study = copy();
    deepEqual(tellSince(study, undefined, then), ["Since the last time (2026-02-03 04:05 UTC) nothing has changed."]);
    equal(readLastTime(study)!.at, "2026-02-04T00:00:00.000Z");
  });

  it("names what is no longer done, what is done more, and what came out otherwise", () => {
    const study = copy();
    const file = study.path("derive", "seed-1", "candidates.json");
    const good = readFileSync(file);
    writeFileSync(file, "[]");
    deepEqual(tellSince(study, undefined, then).slice(1), ["1 of 13 are no longer done: ENAS derivation, seed 1."]);
    writeFileSync(file, good);
    deepEqual(tellSince(study, undefined, then).slice(1), ["1 runs and units more are done: ENAS derivation, seed 1."]);
    cpSync(study.path("control", "seed-1"), study.path("derive", "seed-1"), { recursive: true });
    deepEqual(tellSince(study, undefined, then).slice(1), ["1 of 13 came out otherwise: ENAS derivation, seed 1."]);
  });

  it("names the numbers of the comparison that are others, and models that are new", () => {
    const study = copy();
    const file = placeOf(study, "comparison");
    const rows = readComparison(file);
    const [found, ...others] = rows;
    writeComparison(file, [{ ...found!, accuracy: 0.75, accuracyLow: 0.7, accuracyHigh: 0.8 }, ...others]);
    const [head, told, ...more] = tellSince(study, undefined, then);
    equal(head, "Since the last time (2026-02-03 04:05 UTC):");
    match(told!, /^ENAS: accuracy \.750, area \S+, and was accuracy \S+, area \S+\.$/);
    deepEqual(more, []);
    writeComparison(file, [...rows.slice(1), { ...found!, model: "another" }]);
    const said = tellSince(study, undefined, then);
    match(said.join("\n"), /^ENAS is no longer in the table\.$/m);
    match(said.join("\n"), /^another is new in the table: accuracy/m);
  });

  it("holds it against what is given, where that was read before", () => {
    const study = copy();
    const before = readLastTime(study);
    tellSince(study, undefined, then);
    match(tellSince(study, before, then)[0]!, /2026-02-03 04:05/);
  });

  it("refuses a file that is damaged", () => {
    const study = copy();
    writeFileSync(placeOf(study, "lastTime"), '{"at": 3}');
    throws(() => readLastTime(study), /last-time\.json.*Remove it/);
  });

  it("stands behind the outcome where that is printed", async () => {
    const study = copy();
    const said = await captureOutput(() => {
      tellOutcome(study);
    });
    match(said, /^The study's outcome is \w{64}.*\nSince the last time .* nothing has changed\.\n$/);
  });
});
