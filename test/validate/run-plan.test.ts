import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Interrupted } from "../../lib/runs/exit-codes";
import { readOutcome } from "../../lib/runs/outcome";
import { startUnit } from "../../lib/units/unit-process";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { readValidation } from "../../lib/validate/read-validation";
import { runPlan, workerEntry } from "../../lib/validate/run-plan";
import { runUnit } from "../../lib/validate/run-unit";
import { readUnitState } from "../../lib/validate/unit-state";
import type { PlanWatch } from "../../lib/validate/watch-plan";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { tinyModel, tinyPlan, writeTinySet } from "./helpers";

/** Keeps what it is told. */
function recorder(onAdvance: (epochs: number) => void = () => undefined) {
  const told = { before: -1, total: -1, sum: 0, end: "" };
  const watch: PlanWatch = {
    begin(done, total) {
      Object.assign(told, { before: done, total });
    },
    advance(epochs) {
      told.sum += epochs;
      onAdvance(epochs);
    },
    end(note) {
      told.end = note;
    },
  };
  return { told, watch };
}

describe("runPlan(folder, plan, options)", function () {
  this.timeout(300_000);
  const root = temporaryFolder();
  const place = (name: string) => join(root.path, name);
  const hashes = (folder: string) =>
    readValidation(folder).units.map(({ unit }) => readOutcome(join(folder, unit.folder))!.hash);
  beforeEach(() => {
    writeTinySet(root.path);
  });

  it("gives the same with two processes, of which two units were killed before, as with none", async () => {
    const plan = tinyPlan(root.path, {
      training: {
        epochs: 30,
        batchSize: 4,
        optimiser: { kind: "adamw" },
        augment: { shift: 2 },
        schedule: { kind: "constant", rate: 0.002 },
      },
    });
    const { units } = await makePlanFolder(place("alone"), plan, 1);
    for (const { number } of units) await runUnit(place("alone"), number);

    await makePlanFolder(place("killed"), plan, 1);
    for (const epochs of [3, 8]) {
      const child = startUnit({
        ...{ entry: workerEntry, parameters: [place("killed"), "1"], threads: plan.threads! },
        onProgress: ({ done }) => {
          if (done >= epochs) process.kill(child.pid!, "SIGKILL");
        },
      });
      const end = await child.ended;
      ok(end.kind === "failed" && end.message.includes("was killed"), JSON.stringify(end));
      equal(readUnitState(place("killed"), units[0]!).state, "begun");
    }
    const { told, watch } = recorder();
    await captureOutput(async () => {
      const report = await runPlan(place("killed"), plan, { workers: 2, watch });
      equal(report.done, true);
      deepEqual(report.failures, []);
    });
    ok(told.before >= 8 && told.before < 30, `${told.before} epochs were done`);
    deepEqual([told.total, told.before + told.sum], [60, 60]);
    deepEqual(hashes(place("killed")), hashes(place("alone")));
    for (const { folder } of units)
      equal(
        readFileSync(join(place("killed"), folder, "predictions.csv"), "utf8"),
        readFileSync(join(place("alone"), folder, "predictions.csv"), "utf8"),
      );
    // All is done: no process is started any more.
    const again = recorder();
    const quiet = await runPlan(place("killed"), null, { watch: null });
    equal(quiet.done, true);
    equal(again.told.sum, 0);
  });

  it("goes on with the others where a unit fails, says why, and tries it again", async () => {
    const bad = {
      ...tinyModel,
      name: "Diverging",
      training: { schedule: { kind: "constant", rate: 1e30 }, optimiser: { kind: "momentum", bound: 0 } },
    } as const;
    const plan = tinyPlan(root.path, { models: [bad, tinyModel], folds: [1] });
    const report = await runPlan(place("plan"), plan, { watch: null });
    equal(report.done, false);
    deepEqual(
      report.units.map(({ state }) => state.state),
      ["failed", "done"],
    );
    deepEqual(
      report.failures.map(({ unit }) => unit.model),
      ["Diverging"],
    );
    match(report.notices.join(), /Diverging, fold 1, seed 1 \(unit 1\) is not done: .* became/);
    equal((await runPlan(place("plan"), null, { watch: null })).failures.length, 1);
  });

  it("passes a signal on: units save, and the same call goes on", async () => {
    const plan = tinyPlan(root.path, { training: { epochs: 40, batchSize: 4 }, folds: [1] });
    let sent = false;
    const { told, watch } = recorder((epochs) => {
      if (epochs > 0 && !sent) process.kill(process.pid, "SIGTERM");
      if (epochs > 0) sent = true;
    });
    await captureOutput(() => rejects(runPlan(place("plan"), plan, { watch }), Interrupted));
    equal(told.end, "stopped and saved");
    ok(told.sum < 40);
    const { units } = await makePlanFolder(place("plan"), null, 1);
    equal(readUnitState(place("plan"), units[0]!).state, "begun");
    equal((await runPlan(place("plan"), null, { watch: null })).done, true);
  });

  it("refuses wrong options", async () => {
    for (const workers of [0, 1.5])
      await rejects(runPlan(place("plan"), tinyPlan(root.path), { workers, watch: null }), /workers/);
    await rejects(runPlan(place("plan"), tinyPlan(root.path), { worker: 2 } as object), /no option "worker"/);
  });
});
