import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describeMachine } from "../../lib/runtime/environment";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { makePlanFolder, planFile, readPlanFolder, splitFile, unitsFile } from "../../lib/validate/plan-folder";
import { temporaryFolder } from "../helpers/temporary";
import { tinyPlan, writeTinySet } from "./helpers";

describe("makePlanFolder(folder, plan, workers) and readPlanFolder(folder)", () => {
  const root = temporaryFolder();
  const folder = () => join(root.path, "plan");
  beforeEach(() => {
    writeTinySet(root.path);
  });
  const textOf = (name: string) => readFileSync(join(folder(), name), "utf8");
  const isWrong = (message: RegExp) => (error: unknown) =>
    error instanceof WrongConfiguration && message.test(error.message);

  it("write plan, split and units, and read them back", async () => {
    const made = await makePlanFolder(folder(), tinyPlan(root.path, { seeds: [1, 2] }), 1);
    deepEqual(readdirSync(folder()).sort(), [planFile, splitFile, unitsFile]);
    deepEqual(readPlanFolder(folder()), made);
    equal(made.units.length, 4);
  });

  it("change nothing where the same plan is given again, or none", async () => {
    const made = await makePlanFolder(folder(), tinyPlan(root.path), 1);
    const before = [planFile, splitFile, unitsFile].map(textOf);
    deepEqual(await makePlanFolder(folder(), tinyPlan(root.path), 2), made);
    deepEqual(await makePlanFolder(folder(), null, 2), made);
    deepEqual([planFile, splitFile, unitsFile].map(textOf), before);
  });

  it("settle the threads by the workers of the first call, and keep them", async () => {
    const plan = tinyPlan(root.path, { threads: null });
    const made = await makePlanFolder(folder(), plan, describeMachine().processors);
    equal(made.plan.threads, 1);
    equal((await makePlanFolder(folder(), plan, 1)).plan.threads, 1);
    equal(readPlanFolder(folder()).plan.threads, 1);
    await rejects(makePlanFolder(folder(), { ...plan, threads: 7 }, 1), isWrong(/threads is 1 there and 7 here/));
  });

  it("refuse another plan in the same folder, naming what differs", async () => {
    await makePlanFolder(folder(), tinyPlan(root.path), 1);
    const other = tinyPlan(root.path, { seeds: [2] });
    await rejects(makePlanFolder(folder(), other, 1), isWrong(/has another plan: seeds\[0\] is 1 there and 2 here/));
  });

  it("take a plan that was written by hand, and complete it", async () => {
    await makePlanFolder(folder(), tinyPlan(root.path), 1);
    for (const name of readdirSync(folder())) rmSync(join(folder(), name));
    const { threads: _, ...plan } = tinyPlan(root.path);
    writeFileSync(join(folder(), planFile), JSON.stringify(plan));
    throws(() => readPlanFolder(folder()), isWrong(/units were not listed yet.*--list/));
    const made = await makePlanFolder(folder(), null, 1);
    equal(made.units.length, 2);
    deepEqual(readPlanFolder(folder()), made);
  });

  it("make the same units anew where they are lost", async () => {
    await makePlanFolder(folder(), tinyPlan(root.path), 1);
    const before = textOf(unitsFile);
    rmSync(join(folder(), unitsFile));
    await makePlanFolder(folder(), null, 1);
    equal(textOf(unitsFile), before);
  });

  it("refuse a folder without a plan, and plans that are none", async () => {
    throws(() => readPlanFolder(folder()), isWrong(/has no plan.json/));
    await rejects(makePlanFolder(root.path, null, 1), isWrong(/has no plan.json/));
    for (const text of ["{", "{}", '{"__proto__": {}}', JSON.stringify({ ...tinyPlan(root.path), seeds: [] })]) {
      writeFileSync(join(root.path, planFile), text);
      await rejects(makePlanFolder(root.path, null, 1), WrongConfiguration, text);
    }
    await rejects(makePlanFolder(folder(), tinyPlan(root.path, { folds: [3] }), 1), isWrong(/asks for fold 3/));
  });

  it("refuse a split of data that has changed since", async () => {
    await makePlanFolder(folder(), tinyPlan(root.path), 1);
    rmSync(join(folder(), unitsFile));
    const [first] = readdirSync(join(root.path, "tiny", "benign"));
    rmSync(join(root.path, "tiny", "benign", first!));
    rmSync(join(root.path, "tiny", "images.csv"));
    await rejects(makePlanFolder(folder(), null, 1), /is a split of other data/);
    ok(true);
  });
});
