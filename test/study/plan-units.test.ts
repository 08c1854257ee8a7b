import { deepEqual, equal, notDeepEqual } from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";

import { describeMachine } from "../../lib/runtime/environment";
import { openStudy } from "../../lib/study/open-study";
import { planUnits } from "../../lib/study/plan-units";
import { storedFolders } from "../compatibility/stored";
import { temporaryFolder } from "../helpers/temporary";
import { smallStudy } from "./small-study";

describe("planUnits(study, threads)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const stored = storedFolders();
  const open = (changes: object = {}) =>
    openStudy({ ...smallStudy, changes: { ...smallStudy.changes, ...changes } }, folder.path);

  it("settles the threads once: the processors divided by the workers, or as many as are asked for", async () => {
    const { processors } = describeMachine();
    const study = await open();
    equal(planUnits(study).threads, Math.max(1, Math.floor(processors / 2)));
    const { units } = planUnits(study, 7);
    equal(units[0]!.threads, Math.max(1, Math.floor(processors / 2)));
    rmSync(study.path("units"), { recursive: true });
    equal(planUnits(study, 7).threads, 7);
    equal(planUnits(await open({ workers: 1 })).threads, 7);
  });

  it("keeps the threads with which a study of an earlier version was begun, and lists its runs as units", async () => {
    const study = await openStudy({ profile: "smoke", dataset: "phantom" }, stored.path);
    const { threads } = JSON.parse(readFileSync(study.path("validation", "found", "plan.json"), "utf8")) as {
      threads: number;
    };
    const plan = planUnits(study, 5);
    equal(plan.threads, threads);
    deepEqual(new Set(plan.units.map((unit) => unit.threads)), new Set([threads]));
  });

  it("plans anew for other settings, in another folder", async () => {
    const study = await open();
    const before = planUnits(study);
    const other = planUnits(await open({ folds: [1, 2] }));
    notDeepEqual(other.units.length, before.units.length);
  });
});
