import { equal } from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { checkPlan } from "../../lib/validate/plan";
import { countTrained, epochsOf } from "../../lib/validate/unit-epochs";
import { temporaryFolder } from "../helpers/temporary";
import { tinyModel, tinyPlan } from "./helpers";

describe("epochsOf(plan, unit)", () => {
  it("takes the model's number over the plan's, and the plan's over the default", () => {
    const models = [tinyModel, { ...tinyModel, name: "long", training: { epochs: 9 } }];
    const plan = { ...checkPlan(tinyPlan("/nowhere", { models })), threads: 1 };
    equal(epochsOf(plan, { model: "Plain CNN", fold: "fold 1", seed: 1 }), 4);
    equal(epochsOf(plan, { model: "long", fold: "fold 1", seed: 1 }), 9);
    equal(epochsOf({ ...plan, training: {} }, { model: "Plain CNN", fold: "fold 1", seed: 1 }), 25);
  });
});

describe("countTrained(planFolder, unit)", () => {
  const folder = temporaryFolder();

  it("counts whole lines of the training's metrics, and gives 0 where nothing can be read", () => {
    const unit = { folder: "units/a/b" };
    equal(countTrained(folder.path, unit), 0);
    const training = join(folder.path, unit.folder, "training");
    mkdirSync(training, { recursive: true });
    const line = (epoch: number) => `${JSON.stringify({ epoch, time: "2026-01-01T00:00:00.000Z" })}\n`;
    writeFileSync(join(training, "metrics.jsonl"), line(1) + line(2));
    equal(countTrained(folder.path, unit), 2);
    appendFileSync(join(training, "metrics.jsonl"), line(3).slice(0, 9));
    equal(countTrained(folder.path, unit), 2);
    mkdirSync(join(folder.path, "units/a/c/training/metrics.jsonl"), { recursive: true });
    equal(countTrained(folder.path, { folder: "units/a/c" }), 0);
  });
});
