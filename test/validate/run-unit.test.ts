import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { readPredictions } from "../../lib/evaluate/prediction-file";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { tf } from "../../lib/runtime/tensorflow";
import { Interrupted, WrongConfiguration } from "../../lib/runs/exit-codes";
import { readOutcome } from "../../lib/runs/outcome";
import type { Split } from "../../lib/data/split/split";
import { nothing } from "../../lib/kernels/tensorflow-call";
import type { TrainingWatch } from "../../lib/train/watch-training";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { runUnit } from "../../lib/validate/run-unit";
import { readCost } from "../../lib/validate/unit-cost";
import { readUnitState } from "../../lib/validate/unit-state";
import { temporaryFolder } from "../helpers/temporary";
import { tinyModel, tinyPlan, writeTinySet } from "./helpers";

describe("runUnit(folder, number, watch)", () => {
  const root = temporaryFolder();
  const folder = () => join(root.path, "plan");
  const make = (other = {}) => makePlanFolder(folder(), tinyPlan(root.path, other), 1);
  beforeEach(() => {
    writeTinySet(root.path);
  });

  it("trains, predicts validation and test parts once, and says what it cost", async () => {
    const { units } = await make();
    // The kernels keep one empty tensor from their first use on.
    nothing();
    const { numTensors } = tf.memory();
    const result = await runUnit(folder(), 1);
    equal(tf.memory().numTensors, numTensors);
    const place = join(folder(), units[0]!.folder);
    const { split } = JSON.parse(readFileSync(join(folder(), "split.json"), "utf8")) as { split: Split };
    const { rows } = readPredictions(join(place, "predictions.csv"), "Plain CNN");
    for (const part of ["validation", "test"] as const)
      deepEqual(
        rows.filter((row) => row.part === part).map(({ id }) => id),
        split.folds[0]![part],
      );
    // The result's accuracy is that of the validation rows in the file.
    const validation = rows.filter(({ part }) => part === "validation");
    const right = validation.filter(({ label, probability }) => label === (probability > 0.5 ? 1 : 0)).length;
    equal(result.validationAccuracy, right / validation.length);
    equal(result.epochs, 4);
    const cost = readCost(place)!;
    ok(cost.trainingSeconds > 0 && cost.peakMegabytes > 50 && cost.parameters > 1000);
    deepEqual(Object.keys(readOutcome(place)!.files), ["predictions.csv"]);
    ok(existsSync(join(place, "training", "weights.bin")));
  });

  it("does not do again what is done", async () => {
    const { units } = await make();
    const first = await runUnit(folder(), 2);
    const file = join(folder(), units[1]!.folder, "predictions.csv");
    const written = statSync(file).mtimeMs;
    deepEqual(await runUnit(folder(), 2), first);
    equal(statSync(file).mtimeMs, written);
  });

  it("goes on where it was stopped, to the same results", async () => {
    const { units } = await make();
    const place = join(folder(), units[0]!.folder);
    // A signal to this process, as ■ and a cluster send one, in the middle of the second epoch.
    let steps = 0;
    const watch: TrainingWatch = {
      begin: () => undefined,
      step: () => {
        steps += 1;
        if (steps === 3) process.kill(process.pid, "SIGTERM");
        return new Promise((resolve) => setTimeout(resolve, 5));
      },
      epoch: () => undefined,
      end: () => undefined,
    };
    await rejects(runUnit(folder(), 1, watch), Interrupted);
    equal(readUnitState(folder(), units[0]!).state, "begun");
    ok(!existsSync(join(place, "predictions.csv")), "nothing is tested before the training is done");
    await runUnit(folder(), 1);
    const hash = readOutcome(place)!.hash;

    const other = join(root.path, "other");
    await makePlanFolder(other, tinyPlan(root.path), 1);
    await runUnit(other, 1);
    equal(readOutcome(join(other, units[0]!.folder))!.hash, hash);
  });

  it("keeps why it failed in its folder, and tries again", async () => {
    const training = {
      epochs: 3,
      batchSize: 4,
      schedule: { kind: "constant", rate: 1e30 },
      optimiser: { kind: "momentum", bound: 0 },
    };
    const { units } = await make({ training });
    for (let attempt = 0; attempt < 2; attempt++) {
      await rejects(runUnit(folder(), 1), /became/);
      const state = readUnitState(folder(), units[0]!);
      ok(state.state === "failed" && state.error.includes("became"));
    }
  });

  it("trains each fold's own network where the model has one", async () => {
    const model = { ...tinyModel, networkOfFold: { "fold 2": { kind: "hand-crafted", name: "CNN3" } as const } };
    const { units } = await make({ models: [model], training: { epochs: 1, batchSize: 4 } });
    await runUnit(folder(), 1);
    await runUnit(folder(), 2);
    const [one, two] = units.map((unit) => readCost(join(folder(), unit.folder))!.parameters);
    ok(one !== two, `${one} and ${two} parameters`);
  });

  it("refuses a unit that there is not, and another number of threads than the plan's", async () => {
    await make({ threads: describeRuntime().threads + 1 });
    await rejects(runUnit(folder(), 3), WrongConfiguration);
    await rejects(
      runUnit(folder(), 1),
      (error: unknown) => error instanceof WrongConfiguration && error.message.includes("SONONAS_THREADS="),
    );
  });
});
