import { equal, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { areaAlone, timedAreaAlone } from "../../lib/trials/area-alone";
import { temporaryFolder } from "../helpers/temporary";
import { innerFolds, optimisationOf } from "../optimise/helpers";

describe("areaAlone(folder, task)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const areaAt = (name: string, rate: number) =>
    areaAlone(join(root.path, name), {
      network: { kind: "hand-crafted", name: "plain CNN" },
      images: { prepared: optimisationOf().prepared, ...innerFolds[0] },
      options: {
        epochs: 1,
        batchSize: 8,
        seed: 1,
        schedule: { kind: "constant", rate },
        optimiser: { kind: "momentum", bound: 0 },
      },
      watch: null,
    });

  it("is the area of the last epoch, the same again", async () => {
    const area = await areaAt("one", 0.01);
    ok(area >= 0 && area <= 1);
    equal(await areaAt("one", 0.01), area);
  });

  it("is that of chance where the training gets out of hand", async () => {
    equal(await areaAt("diverged", 1e30), 0.5);
  });
});

describe("timedAreaAlone(folder, task, state, save)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();

  it("adds the seconds of what was stopped before, keeps nothing of the training, and begins at 0 again", async () => {
    const task = {
      network: { kind: "hand-crafted", name: "plain CNN" },
      images: { prepared: optimisationOf().prepared, ...innerFolds[0] },
      ...{ options: { epochs: 1, batchSize: 8, seed: 1 }, watch: null },
    } as const;
    const state = { begun: 1000 };
    const folder = join(root.path, "training");
    const { area, seconds } = await timedAreaAlone(folder, task, state, () => {
      throw new Error("nothing was stopped");
    });
    ok(seconds > 1000 && seconds < 1060, String(seconds));
    equal(state.begun, 0);
    equal(existsSync(folder), false);
    equal(area, await areaAlone(join(root.path, "again"), task));
  });
});
