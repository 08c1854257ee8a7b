import { equal, match, rejects } from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { doOneUnit, doUnits } from "../../lib/study/do-units";
import { nameStudy } from "../../lib/study/name-study";
import { openStudy } from "../../lib/study/open-study";
import { readUnitOptions } from "../../lib/study/unit-options";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { smallStudy } from "./small-study";

describe("doUnits(study, request)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });
  const ask = async (given: Parameters<typeof readUnitOptions>[0]) => {
    let ended = "";
    const said = await captureOutput(async () => {
      ended = await doUnits(nameStudy(smallStudy, folder.path), readUnitOptions(given)!, folder.path);
    });
    return { ended, said };
  };

  it("lists all units and how far they are, computing nothing", async () => {
    const { ended, said } = await ask({ list: true });
    equal(ended, "told");
    match(said, /0 of 17 done/);
    match(said, /units\/winner +winner of all searches +\d+ +waiting/);
    match(said, /validation\/found\/units\/random-1\/fold-1-seed-1/);
  });

  it("prints scripts for Slurm, and a job for Kubernetes, submitting nothing", async () => {
    const { said } = await ask({ on: "slurm", print: true, time: "90" });
    match(said, /17 units are not done\. Submit them with: bash .*submit\.sh/);
    const study = await openStudy(smallStudy, folder.path);
    equal(existsSync(study.path("units", "slurm", "chunk-00001.sh")), true);
    match((await ask({ on: "kubernetes", print: true })).said, /completions: 17\n/);
  });

  it("ends as the contract says where the study has no such unit", async () => {
    let code = 0;
    await captureOutput(async () => {
      code = await doOneUnit(nameStudy(smallStudy, folder.path), "search/uniform-sed-1", folder.path);
    });
    equal(code, 64);
  });

  it("says in a sentence where there is no sbatch, and where Slurm refuses the partition", async () => {
    process.env.PATH = join(folder.path, "bin");
    await rejects(ask({ on: "slurm" }), /There is no squeue on this machine/);
    mkdirSync(join(folder.path, "bin"));
    const pretend = (name: string, text: string) => {
      writeFileSync(join(folder.path, "bin", name), `#!/bin/bash\n${text}\n`);
      chmodSync(join(folder.path, "bin", name), 0o755);
    };
    pretend("squeue", "exit 0");
    pretend("sbatch", 'echo "sbatch: error: invalid partition specified: lang" >&2; exit 1');
    await rejects(ask({ on: "slurm", partition: "lang" }), /refuses the jobs: invalid partition specified: lang\./);
  });
});
