import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { readProtocol } from "../../lib/tabular/protocol";
import { runSupernets, supernetsOf } from "../../lib/tabular/run-supernets";
import { readSharedScores } from "../../lib/tabular/shared-scores";
import { temporaryFolder } from "../helpers/temporary";
import { writeTinySet } from "../validate/helpers";
import { tinyProtocol, writeProtocol } from "./helpers";

describe("runSupernets(folder, step, options)", function () {
  this.timeout(120_000);
  const root = temporaryFolder();

  it("scores each network of the set with the supernet of each fold, once", async () => {
    writeTinySet(root.path, 560);
    const shapes = { space: { kind: "shape" }, settings: {}, count: 3 };
    const folder = writeProtocol(join(root.path, "benchmark"), {
      ...tinyProtocol,
      sets: { shapes },
      steps: [
        {
          ...{ name: "supernets", asks: "whether it runs", passes: "always", otherwise: "never", runs: [] },
          supernets: [{ variant: "plain", folds: [1, 2], seed: 4, size: 16, set: "shapes" }],
        },
      ],
    });
    const options = { workFolder: join(root.path, "work"), progress: null, dataRoot: root.path };
    deepEqual(supernetsOf(folder, readProtocol(folder), "supernets"), { total: 2, done: 0 });
    deepEqual(await runSupernets(folder, "supernets", options), { total: 2, done: 2 });
    const rows = readSharedScores(folder);
    deepEqual(
      rows.map(({ variant, seed, fold, place }) => [variant, seed, fold, place]),
      [1, 2].flatMap((fold) => [0, 1, 2].map((place) => ["plain", 4, fold, place])),
    );
    for (const { area, loss, cpuSeconds, supernetSeconds, protocol } of rows) {
      ok(area >= 0 && area <= 1 && loss > 0 && cpuSeconds > 0 && supernetSeconds > 0);
      equal(protocol, readProtocol(folder).hash);
    }
    equal(new Set(rows.map(({ area }) => area)).size > 1, true);
    deepEqual(await runSupernets(folder, "supernets", options), { total: 2, done: 2 });
    equal(readSharedScores(folder).length, 6, "nothing is scored twice");
    await rejects(runSupernets(folder, "nets", options), /no step "nets"/);
  });
});
