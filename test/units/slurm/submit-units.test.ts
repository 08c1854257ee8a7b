import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Place } from "../../../lib/units/slurm/chunks";
import { readChunk, submitUnits } from "../../../lib/units/slurm/submit-units";
import { temporaryFolder } from "../../helpers/temporary";
import { pretendSlurm } from "./pretended";

describe("submitUnits({ units, … })", () => {
  const folder = temporaryFolder();
  const submit = (
    names: readonly string[],
    slurm = pretendSlurm().slurm,
    queued = new Map<string, Place>(),
    stopped = () => false,
  ) =>
    submitUnits({
      stopped,
      units: names.map((name) => ({ name, needs: [], threads: 1 })),
      place: { jobName: "study", folder: folder.path, scripts: folder.path, program: ["node"], variables: {} },
      resources: { minutes: 30, memory: "1G", partition: null, account: null, gpus: 0, atOnce: null, others: [] },
      ...{ slurm, queued, arraySize: 2 },
    });

  it("writes each chunk before it is submitted, with a number of its own, also after earlier calls", async () => {
    const queued = new Map<string, Place>();
    deepEqual(await submit(["a", "b", "c"], undefined, queued), { names: ["a", "b", "c"], why: null });
    deepEqual(queued.get("c"), { job: "2", index: 1, size: 1 });
    deepEqual(await submit(["d"]), { names: ["d"], why: null });
    deepEqual(
      [1, 2, 3, 4].map((number) => readChunk(folder.path, number)),
      [["a", "b"], ["c"], ["d"], []],
    );
    equal(readFileSync(join(folder.path, "chunk-00003.sh"), "utf8").includes("--comment=3"), true);
    rmSync(join(folder.path, "chunk-00002.txt"));
    deepEqual(readChunk(folder.path, 2), []);
  });

  it("stops where there is no room, and says which were submitted", async () => {
    deepEqual(await submit(["a", "b", "c", "d", "e"], pretendSlurm({ room: 4 }).slurm), {
      ...{ names: ["a", "b", "c", "d"], why: "full" },
    });
  });

  it("submits no more once it was asked to stop, and what was submitted stays", async () => {
    const pretended = pretendSlurm();
    deepEqual(await submit(["a", "b", "c"], pretended.slurm, new Map(), () => pretended.jobs.length > 0), {
      ...{ names: ["a", "b"], why: null },
    });
  });

  it("names the folder that cannot be made", async () => {
    writeFileSync(join(folder.path, "logs"), "");
    await rejects(submit(["a"]), /logs cannot be made: there is already something of that name/);
  });
});
