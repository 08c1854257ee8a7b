import { equal, match } from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { openStudy } from "../../lib/study/open-study";
import { outcomeOf } from "../../lib/study/outcome-of";
import { writeStudyOptions } from "../../lib/study/study-options";
import { realSlurm } from "../helpers/slurm";
import { temporaryFolder } from "../helpers/temporary";
import { smallStudy } from "./small-study";

describe("npm run study -- --on slurm", function () {
  this.timeout(900_000);
  const folder = temporaryFolder();
  const other = temporaryFolder();
  const { there } = realSlurm();

  const command = (results: string, ...parameters: string[]) => ({
    parameters: ["-c", `exec node dist/study/main.js ${writeStudyOptions(smallStudy)} ${parameters.join(" ")}`],
    options: { cwd: projectRoot, encoding: "utf8", env: { ...process.env, SONONAS_RESULTS: results } } as const,
  });
  const run = (results: string, ...given: string[]) => {
    const { parameters, options } = command(results, ...given);
    return spawnSync("bash", parameters, options);
  };
  const hashOf = async (results: string) => outcomeOf(await openStudy(smallStudy, results)).hash;

  it("does the study on a real Slurm, its client killed on the way, to the outcome of this machine alone", async function () {
    if (!there) {
      console.log("      skipped: there is no slurmctld here (apt-get install slurm-wlm)");
      this.skip();
    }
    const onSlurm = ["--on", "slurm", "--threads", "1", "00_start_here"];
    const { parameters, options } = command(folder.path, ...onSlurm);
    const first = spawn("bash", parameters, options);
    await new Promise<void>((resolve) => {
      first.stdout.on("data", (text: Buffer) => {
        if (/[1-9] running/.test(text.toString())) resolve();
      });
    });
    first.kill("SIGKILL");
    const { status, stdout, stderr } = run(folder.path, ...onSlurm);
    equal(status, 0, stderr);
    match(stdout, /17 of 17 done[\s\S]*1 notebook ran/);
    equal(run(other.path, "--workers", "2", "--threads", "1", "00_start_here").status, 0);
    equal(await hashOf(folder.path), await hashOf(other.path));
    const [study] = readdirSync(folder.path).filter((name) => name.startsWith("phantom-smoke"));
    const journal = readFileSync(join(folder.path, study!, "units", "journal.jsonl"), "utf8").match(/"unit"/g);
    equal(journal!.length, 17);
  });

  it("says in a sentence which partition there is not", function () {
    if (!there) this.skip();
    const { status, stderr } = run(folder.path, "--on", "slurm", "--partition", "lang");
    equal(status, 1);
    match(stderr, /^Slurm refuses the jobs: .*invalid partition specified: lang/);
  });
});
