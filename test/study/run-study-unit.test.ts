import { equal, match, rejects } from "node:assert/strict";
import { renameSync, writeFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { TooEarly, WrongConfiguration } from "../../lib/runs/exit-codes";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { openStudy } from "../../lib/study/open-study";
import { planUnits } from "../../lib/study/plan-units";
import { runStudyUnit } from "../../lib/study/run-study-unit";
import { readFailure, readUnitState } from "../../lib/units/unit-folder";
import { temporaryFolder } from "../helpers/temporary";
import { smallStudy } from "./small-study";

describe("runStudyUnit(folder, name, tell)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const plan = async () => {
    const study = await openStudy(smallStudy, folder.path);
    planUnits(study, describeRuntime().threads);
    return study.path();
  };
  const unit = "validation/hand-crafted/units/cnn3/fold-1-seed-1";
  const run = (place: string, name: string, told: string[] = []) =>
    runStudyUnit(place, name, (_, __, note) => told.push(note));

  it("does a unit, telling how far it is, and not again", async () => {
    const place = await plan();
    const told: string[] = [];
    await run(place, "units/plan/validation-hand-crafted");
    await run(place, unit, told);
    match(told.join("\n"), /epoch 1 \| loss/);
    equal(readUnitState(join(place, unit)).state, "done");
    await run(place, unit, told);
    equal(told.filter((note) => note !== "").length, 1);
  });

  it("does not begin before what it needs is done, and leaves nothing behind", async () => {
    const place = await plan();
    await rejects(run(place, "units/winner"), TooEarly);
    await rejects(run(place, "units/winner"), /needs derive\/uniform-seed-1, which is not done yet/);
    equal(readUnitState(join(place, "units", "winner")).state, "waiting");
  });

  it("refuses the plan of another version, of other settings and of other threads, as a wrong configuration", async () => {
    const place = await plan();
    const file = join(place, "units", "plan.json");
    const good = readFileSync(file, "utf8");
    await run(place, "units/plan/validation-hand-crafted");
    const refused = async (change: (text: string) => string, message: RegExp, at = place) => {
      writeFileSync(join(at, "units", "plan.json"), change(good));
      await rejects(run(at, unit), message);
      await rejects(run(at, unit), WrongConfiguration);
    };
    await refused((text) => text.replace(/"sononas": "[^"]*"/, '"sononas": "0.0.1"'), /planned by SonoNAS 0\.0\.1/);
    equal(readFailure(join(place, unit))!.wrongConfiguration, true);
    await refused((text) => text.replace('"samples": 4', '"samples": 5'), /planned for other settings/);
    const lines = join(place, "units", "units.jsonl");
    const listed = readFileSync(lines, "utf8");
    const { threads } = describeRuntime();
    writeFileSync(lines, listed.replaceAll(`"threads":${threads}`, '"threads":99'));
    await refused((text) => text, /computes with \d+ threads, and the unit with 99/);
    writeFileSync(lines, listed);
    // A folder that was renamed is none of the study's any more.
    renameSync(place, join(dirname(place), "elsewhere"));
    await refused((text) => text, /planned for other settings/, join(dirname(place), "elsewhere"));
  });
});
