import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { packageVersion } from "../../lib/runtime/environment";
import { plannedUnit, readStudyPlan, writeStudyPlan } from "../../lib/study/study-plan";
import { temporaryFolder } from "../helpers/temporary";

describe("readStudyPlan(folder)", () => {
  const folder = temporaryFolder();
  const unit = (name: string, needs: string[] = []) => ({
    ...{ name, needs, kind: "search", title: name, threads: 2, cost: 1, of: { seed: 1 } },
  });
  const plan = {
    ...({ choice: { profile: "smoke", dataset: "phantom", changes: { seeds: [1, 2] } }, threads: 2 } as const),
    units: [unit("search/enas-seed-1"), unit("units/winner", ["search/enas-seed-1"])],
  };
  const file = () => join(folder.path, "units", "plan.json");

  it("reads what was written, with the version that planned it; what is the same is not written again", () => {
    equal(readStudyPlan(folder.path), null);
    writeStudyPlan(folder.path, plan);
    deepEqual(readStudyPlan(folder.path), { version: 1, sononas: packageVersion("sononas"), ...plan });
    const { mtimeMs } = statSync(file());
    writeStudyPlan(folder.path, plan);
    equal(statSync(file()).mtimeMs, mtimeMs);
    writeStudyPlan(folder.path, { ...plan, threads: 1 });
    equal(readStudyPlan(folder.path)!.threads, 1);
  });

  it("refuses what is damaged, in a sentence that names the file", () => {
    writeStudyPlan(folder.path, plan);
    const good = readFileSync(file(), "utf8");
    for (const bad of ["", "null", "{", good.replace('"threads": 2', '"threads": 0'), good.replace("1", "2")]) {
      writeFileSync(file(), bad);
      throws(() => readStudyPlan(folder.path), /plan\.json .*planned anew/s, bad);
    }
  });

  it("finds a unit by its name, and says which was meant, or what is missing", () => {
    throws(() => plannedUnit(folder.path, "a"), /has no plan of units\. Start the study/);
    throws(() => plannedUnit(join(folder.path, "gone"), "a"), /cannot be seen from here/);
    writeStudyPlan(folder.path, plan);
    equal(plannedUnit(folder.path, "units/winner").unit.name, "units/winner");
    throws(() => plannedUnit(folder.path, "units/winer"), /has no unit "units\/winer"\. Did you mean "units\/winner"/);
    throws(() => plannedUnit(folder.path, ""), WrongConfiguration);
  });
});
