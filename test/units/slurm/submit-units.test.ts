import { deepEqual, equal } from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { Place } from "../../../lib/units/slurm/chunks";
import { readChunk, submitUnits } from "../../../lib/units/slurm/submit-units";
import { temporaryFolder } from "../../helpers/temporary";
import { pretendSlurm } from "./pretended";

describe("submitUnits({ units, … })", () => {
  const folder = temporaryFolder();
  const submit = (names: readonly string[], slurm = pretendSlurm().slurm, queued = new Map<string, Place>()) =>
    submitUnits({
      units: names.map((name) => ({ name, needs: [], threads: 1 })),
      place: { jobName: "study", folder: folder.path, scripts: folder.path, program: ["node"], variables: {} },
      resources: { minutes: 30, memory: "1G", partition: null, account: null, gpus: 0, atOnce: null, others: [] },
      ...{ slurm, queued, arraySize: 2 },
    });

  it("writes each chunk before it is submitted, with a number of its own, also after earlier calls", async () => {
    const queued = new Map<string, Place>();
    deepEqual(await submit(["a", "b", "c"], undefined, queued), ["a", "b", "c"]);
    deepEqual(queued.get("c"), { job: "2", index: 1, size: 1 });
    deepEqual(await submit(["d"]), ["d"]);
    deepEqual(
      [1, 2, 3, 4].map((number) => readChunk(folder.path, number)),
      [["a", "b"], ["c"], ["d"], []],
    );
    equal(readFileSync(join(folder.path, "chunk-00003.sh"), "utf8").includes("--comment=3"), true);
    rmSync(join(folder.path, "chunk-00002.txt"));
    deepEqual(readChunk(folder.path, 2), []);
  });

  it("stops where there is no room, and says which were submitted", async () => {
    deepEqual(await submit(["a", "b", "c", "d", "e"], pretendSlurm({ room: 4 }).slurm), ["a", "b", "c", "d"]);
  });
});
