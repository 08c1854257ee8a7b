import { deepEqual, equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { printScripts } from "../../../lib/units/slurm/print-scripts";
import type { Unit } from "../../../lib/units/unit";
import { temporaryFolder } from "../../helpers/temporary";

describe("printScripts(units, place, resources)", () => {
  const folder = temporaryFolder();

  it("writes a script that submits all in their order, each after what it needs", async () => {
    const unit = (name: string, needs: string[] = []): Unit => ({
      ...{ name, needs, kind: "training", title: name, threads: 1, cost: 1, of: {} },
    });
    const path = await printScripts(
      [unit("s"), unit("a", ["s"]), unit("b", ["s"]), unit("w", ["a"])],
      { jobName: "study", folder: folder.path, scripts: join(folder.path, "slurm"), program: ["node"], variables: {} },
      { minutes: 30, memory: "1G", partition: null, account: null, gpus: 0, atOnce: 5, others: [] },
    );
    // A pretended sbatch that counts, and keeps what it was given.
    writeFileSync(
      join(folder.path, "sbatch"),
      `#!/bin/bash\necho "$@" >> '${folder.path}/said'; wc -l < '${folder.path}/said' | tr -d ' '\n`,
    );
    chmodSync(join(folder.path, "sbatch"), 0o755);
    const env = { ...process.env, PATH: `${folder.path}:${process.env.PATH}` };
    equal(spawnSync("bash", [path], { env }).status, 0);
    const said = readFileSync(join(folder.path, "said"), "utf8").trim().split("\n");
    deepEqual(
      said.map((line) => line.replace(`${join(folder.path, "slurm")}/`, "")),
      [
        "--parsable --array=1-1%5 chunk-00001.sh",
        "--parsable --array=1-2%5 --dependency=afterany:1 chunk-00002.sh",
        "--parsable --array=1-1%5 --dependency=afterany:2_1 chunk-00003.sh",
      ],
    );
    match(readFileSync(path, "utf8"), /^#!\/bin\/bash\nset -e\n/);
  });
});
