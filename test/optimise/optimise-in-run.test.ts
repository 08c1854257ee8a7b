import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { optimiseInRun, readOptimisation } from "../../lib/optimise/optimise-in-run";
import { samplers } from "../../lib/optimise/samplers";
import { Problem } from "../../lib/runtime/problem";
import { readRun } from "../../lib/runs/read-run";
import { startProgram } from "../helpers/child-program";
import { temporaryFolder } from "../helpers/temporary";
import { optimisationOf } from "./helpers";

describe("optimiseInRun(folder, task)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const at = (name: string) => join(root.path, name);

  it("trains points for few epochs, the best of each bracket for more, and chooses among those with the whole budget", async () => {
    const { best, trials, seconds } = await optimiseInRun(at("whole"), optimisationOf());
    deepEqual(
      trials.map(({ bracket, epochs }) => [bracket, epochs]),
      [0, 1].flatMap((bracket) => [1, 1, 1, 2].map((epochs) => [bracket, epochs])),
    );
    for (const bracket of [0, 1]) {
      const own = trials.filter((trial) => trial.bracket === bracket);
      const first = own.slice(0, 3).reduce((one, other) => (other.value > one.value ? other : one));
      deepEqual(own[3]!.point, first.point);
    }
    equal(best.value, Math.max(trials[3]!.value, trials[7]!.value));
    equal(seconds.length, 8);
    ok(seconds.every((one) => one > 0));
    ok(trials.every(({ parameters, multiplyAdds }) => parameters > 1000 && multiplyAdds > 1000));
    deepEqual(readOptimisation(at("whole")).trials, trials);
  });

  it("ends alike where its process was killed within it", async () => {
    const program = startProgram(`
      const { optimiseInRun } = require("./lib/optimise/optimise-in-run.ts");
      const { optimisationOf } = require("./test/optimise/helpers.ts");
      let trials = 0;
      const progress = () => ({ finish() {}, advance: async () => { if (++trials === 3) console.log("three"); } });
      optimiseInRun(${JSON.stringify(at("killed"))}, optimisationOf({ progress }));
    `);
    equal(await program.nextLine(), "three");
    program.process.kill("SIGKILL");
    await program.ended;
    const before: number[] = [];
    const progress = (epochs: number) => {
      before.push(epochs);
      return { advance: () => Promise.resolve(), finish: () => undefined };
    };
    await optimiseInRun(at("killed"), optimisationOf({ progress }));
    ok(before.length === 1 && before[0]! >= 3, "what was done before is shown as done");
    await optimiseInRun(at("unharmed"), optimisationOf());
    equal(readRun(at("killed")).outcome!.hash, readRun(at("unharmed")).outcome!.hash);
    equal(readRun(at("killed")).metrics.length, 8);
  });

  it("refuses a folder of another seed or sampler, and one that is not done", async () => {
    await optimiseInRun(at("one"), optimisationOf({ sampler: samplers.random }));
    await rejects(optimiseInRun(at("one"), optimisationOf()), Problem);
    await rejects(optimiseInRun(at("one"), optimisationOf({ sampler: samplers.random, seed: 2 })), Problem);
  });
});
