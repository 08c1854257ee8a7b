import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { chunkFile, writeScript } from "../../../lib/units/slurm/script";
import { temporaryFolder } from "../../helpers/temporary";

const resources = {
  ...{ minutes: 30, memory: "1G", partition: null, account: null, gpus: 0, atOnce: null, others: [] as string[] },
};

describe("writeScript(place, chunk, resources)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const chunk = { number: 3, units: ["a", "b"], threads: 2 };
  const placeOf = (program: readonly string[] = ["node"]) => ({
    ...{ jobName: "study", folder: join(folder.path, "it's here"), scripts: folder.path, program },
    variables: { SONONAS_DATA: "/data of mine" },
  });

  /** Runs a script as a job of Slurm would, whose unit is a pretended program; scontrol leaves a line. */
  function start(unit: string) {
    const bin = join(folder.path, "bin");
    mkdirSync(bin, { recursive: true });
    for (const [name, text] of [
      ["unit", unit],
      ["scontrol", `echo "$@" >> '${folder.path}/scontrol'; exit 1`],
      ["sleep", "exit 0"],
    ] as const) {
      writeFileSync(join(bin, name), `#!/bin/bash\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    writeFileSync(join(folder.path, chunkFile(3, "txt")), "a\nb\n");
    writeFileSync(join(folder.path, "job.sh"), writeScript(placeOf([join(bin, "unit")]), chunk, resources));
    const env = {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      SLURM_ARRAY_TASK_ID: "2",
      SLURM_ARRAY_JOB_ID: "7",
    };
    return { command: [join(folder.path, "job.sh")], env };
  }
  const run = (unit: string) => {
    const { command, env } = start(unit);
    return spawnSync("bash", command, { env, encoding: "utf8" });
  };

  it("asks for what it is to have, and holds nothing of the submitter's environment", () => {
    const text = writeScript(
      placeOf(),
      chunk,
      { ...resources, partition: "long", account: "me", gpus: 1, others: ["--qos=x", "--constraint=a b"] }, // prettier-ignore
    );
    const options = [...text.matchAll(/^#SBATCH (.*)$/gm)].map(([, option]) => option);
    for (const option of [
      ...["--job-name=study", "--comment=3", "--cpus-per-task=2", "--mem=1G", "--time=30", "--signal=B:USR1@120"],
      ...["--requeue", "--partition=long", "--account=me", "--gres=gpu:1", "--qos=x", '--constraint="a b"'],
      ...["--export=HOME,PATH,LD_LIBRARY_PATH"],
    ])
      ok(options.includes(option), option);
    match(text, /export SONONAS_DATA='\/data of mine'\nexport SONONAS_THREADS='2'/);
    equal(spawnSync("bash", ["-n"], { input: text }).status, 0);
  });

  it("does the unit of its place, and ends as that ends", () => {
    for (const code of [0, 64, 87]) equal(run(`exit ${code}`).status, code);
    const { stdout } = run('echo "$1|$2|$SONONAS_THREADS"; exit 0');
    match(stdout, /it's here\|b\|2\n/);
    match(stdout, / b on \S+: 0\n/);
  });

  it("tries again what failed, twice, and waits for another process that has the unit", () => {
    const counted = (code: number) => `echo x >> '${folder.path}/times-${code}'; exit ${code}`;
    const times = (code: number) =>
      readFileSync(join(folder.path, `times-${code}`), "utf8")
        .trim()
        .split("\n").length;
    equal(run(counted(1)).status, 1);
    equal(times(1), 3);
    equal(run(counted(86)).status, 86);
    equal(times(86), 5);
    // One that was killed is tried again at once.
    equal(run(`[ -f '${folder.path}/killed' ] && exit 0; touch '${folder.path}/killed'; kill -9 $$`).status, 0);
  });

  it("hands a signal on: before its time limit it is put back into the queue, cancelled it only ends", async () => {
    for (const [signal, requeued] of [
      ["SIGUSR1", true],
      ["SIGTERM", false],
    ] as const) {
      rmSync(join(folder.path, "ready"), { force: true });
      const { command, env } = start(
        `trap 'sleep 0; echo "$2" >> '"'${folder.path}/saved'"'; exit 85' USR1 TERM; touch '${folder.path}/ready'; while :; do /bin/sleep 0.05; done`,
      );
      const child = spawn("bash", command, { env });
      const ended = new Promise((resolve) => child.on("close", resolve));
      while (!existsSync(join(folder.path, "ready"))) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(signal);
      equal(await ended, 85);
      equal(readFileSync(join(folder.path, "saved"), "utf8"), "b\n".repeat(requeued ? 1 : 2));
      deepEqual(readFileSync(join(folder.path, "scontrol"), "utf8"), "requeue 7_2\n");
    }
  });

  it("says where a node does not see the folder", () => {
    const { command, env } = start("exit 0");
    const { status, stderr } = spawnSync("bash", command, {
      env: { ...env, SLURM_ARRAY_TASK_ID: "9" },
      encoding: "utf8",
    });
    equal(status, 64);
    match(stderr, /no unit 9 in chunk 3: can this node see/);
  });
});
