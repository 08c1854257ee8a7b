import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";

import { describeEnd, startUnit } from "../../lib/units/unit-process";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { workerEntry } from "../../lib/validate/run-plan";
import { temporaryFolder } from "../helpers/temporary";
import { tinyPlan, writeTinySet } from "../validate/helpers";

describe("startUnit({ entry, parameters, threads, onProgress })", function () {
  this.timeout(180_000);
  const root = temporaryFolder();
  const folder = () => join(root.path, "plan");
  beforeEach(() => {
    writeTinySet(root.path);
  });

  it("runs a unit in a process of its own that saves when it is asked to stop, and goes on", async () => {
    await makePlanFolder(folder(), tinyPlan(root.path, { training: { epochs: 40, batchSize: 4 }, threads: 1 }), 1);
    const told: number[] = [];
    let asked = false;
    const start = () =>
      startUnit({
        ...{ entry: workerEntry, parameters: [folder(), "1"], threads: 1 },
        onProgress: ({ done: epochs }) => {
          told.push(epochs);
          if (epochs === 2 && !asked) unit.stop();
          asked ||= epochs === 2;
        },
      });
    let unit = start();
    deepEqual(await unit.ended, { kind: "saved" });
    const before = told.length;
    unit = start();
    deepEqual(await unit.ended, { kind: "done" });
    deepEqual([told[0], told.at(-1)], [0, 40]);
    // It begins with what was done, and no epoch is told twice.
    equal(told[before], told[before - 1]);
    equal(new Set(told).size, told.length - 1);
  });

  it("tells what the process says of a wrong plan", async () => {
    const { ended } = startUnit({
      ...{ entry: workerEntry, parameters: [folder(), "1"], threads: 1 },
      onProgress: () => undefined,
    });
    const end = await ended;
    const { message = "", ...rest } = end as Partial<Extract<typeof end, { kind: "failed" }>>;
    deepEqual(rest, { kind: "failed", wrongConfiguration: true, inUse: false, told: true });
    match(message, /has no plan.json/);
  });
});

describe("describeEnd(code, signal, complaints)", () => {
  it("says what is known", () => {
    match(describeEnd(null, "SIGKILL", ""), /was killed.*memory runs out/);
    match(describeEnd(null, "SIGSEGV", ""), /ended by SIGSEGV/);
    match(describeEnd(134, null, "one\nout of luck\n"), /ended with 134 .*out of luck$/);
  });
});
