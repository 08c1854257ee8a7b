import { deepEqual, equal, rejects } from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { findSlurm, heldBackBy, readQueue } from "../../../lib/units/slurm/slurm";
import { temporaryFolder } from "../../helpers/temporary";

describe("findSlurm()", () => {
  const folder = temporaryFolder();
  const path = process.env.PATH;
  const pretend = (name: string, text: string) => {
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(join(folder.path, name), `#!/bin/bash\n${text}\n`);
    chmodSync(join(folder.path, name), 0o755);
  };
  beforeEach(() => {
    process.env.PATH = `${folder.path}:/bin`;
  });
  afterEach(() => {
    process.env.PATH = path;
  });
  const submit = () => findSlurm().submit("/x/chunk-00001.sh", 9, 3, "afterany:7");

  it("submits an array with what it waits for, and gives the job", async () => {
    pretend("sbatch", 'echo "$@" > "$(dirname "$0")/said"; echo "12;cluster"');
    deepEqual(await submit(), { job: "12" });
    pretend("scontrol", 'echo "MaxArraySize            = 501"');
    equal(await findSlurm().arraySize(), 500);
  });

  it("says in a sentence what Slurm refuses, with what to do, and waits where there are too many jobs", async () => {
    for (const [said, expected] of [
      ["invalid partition specified: lang", /refuses the jobs: invalid partition specified: lang\. .*--partition/],
      [
        "Batch job submission failed: Invalid account or account/partition combination specified",
        /--partition|--account/,
      ],
      ["Batch job submission failed: Requested node configuration is not available", /Ask for less with --memory/],
      [
        "Batch job submission failed: Requested time limit is invalid (missing or exceeds some limit)",
        /shorter --time/,
      ],
    ] as const) {
      pretend("sbatch", `echo "sbatch: error: ${said}" >&2; exit 1`);
      await rejects(submit(), expected);
    }
    for (const [said, why] of [
      ["AssocMaxSubmitJobLimit", "full"],
      ["Batch job submission failed: Resource temporarily unavailable", "full"],
      ["Batch job submission failed: Unable to contact slurm controller (connect failure)", "silent"],
      ["Batch job submission failed: Socket timed out on send/recv operation", "silent"],
    ]) {
      pretend("sbatch", `echo "sbatch: error: ${said}" >&2; exit 1`);
      deepEqual(await submit(), { job: null, why });
    }
  });

  it("is not cut off in submitting by a Ctrl-C that closes the table", async () => {
    pretend("sbatch", 'touch "$(dirname "$0")/begun"; sleep 1; echo 12');
    const program = `process.on("SIGINT", () => undefined);
      const { findSlurm } = require(${JSON.stringify(require.resolve("../../../lib/units/slurm/slurm"))});
      void findSlurm().submit("x", 1, null, null).then((told) => console.log(JSON.stringify(told)));`;
    const parameters = ["--require", require.resolve("tsx/cjs"), "-e", program];
    // A terminal interrupts all processes of a group: here that of this child.
    const child = spawn(process.execPath, parameters, { detached: true });
    let told = "";
    child.stdout.on("data", (text: Buffer) => (told += text.toString()));
    while (!existsSync(join(folder.path, "begun"))) await new Promise((resolve) => setTimeout(resolve, 20));
    process.kill(-child.pid!, "SIGINT");
    await new Promise((resolve) => child.on("close", resolve));
    equal(told.trim(), '{"job":"12"}');
  });

  it("says where there is no sbatch, and knows nothing where the controller does not answer", async () => {
    process.env.PATH = folder.path;
    await rejects(submit(), /There is no sbatch on this machine\. .*--print/);
    await rejects(findSlurm().queue("study"), /There is no squeue on this machine/);
    equal(await findSlurm().arraySize(), 1000);
    process.env.PATH = `${folder.path}:/bin`;
    pretend("squeue", "exit 1");
    equal(await findSlurm().queue("study"), null);
  });
});

describe("readQueue(text)", () => {
  it("reads the jobs of arrays, and passes over all else", () => {
    const text =
      "12_3|RUNNING|None|4\n13_1|PENDING|Dependency|5\n14|RUNNING|None|(null)\n15_[1-9]|PENDING|x|6\nslurm_load_jobs error\n";
    deepEqual(readQueue(text), [
      { job: "12", index: 3, chunk: 4, state: "RUNNING", reason: "None" },
      { job: "13", index: 1, chunk: 5, state: "PENDING", reason: "Dependency" },
    ]);
  });
});

describe("heldBackBy(jobs)", () => {
  const waiting = (reason: string) => ({ state: "PENDING", reason });

  it("gives the reason why none begins, and none where one runs or all wait for their turn", () => {
    const drained = waiting("Nodes required for job are DOWN, DRAINED or reserved");
    equal(heldBackBy([waiting("Dependency"), drained]), drained.reason);
    equal(heldBackBy([{ state: "RUNNING", reason: "None" }, drained]), null);
    equal(heldBackBy(["Priority", "Resources", "BeginTime", "launch failed requeued held"].map(waiting)), null);
    equal(heldBackBy([]), null);
  });
});
