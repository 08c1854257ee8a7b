import { equal, match, ok } from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { texture, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";

interface Report {
  good: boolean;
  findings: { name: string; state: string; found: string; fix?: string }[];
}

describe("npm run doctor", () => {
  const folder = temporaryFolder();

  it("finds everything that is needed on a machine that is set up", () => {
    const printed = execFileSync(process.execPath, ["setup/doctor.cjs", "--json"], {
      cwd: projectRoot,
      encoding: "utf8",
    });
    const { good, findings } = JSON.parse(printed) as Report;
    equal(good, true, printed);
    const found = (name: string) => findings.find((finding) => finding.name === name)?.found ?? "";
    match(found("TensorFlow"), /^2\.21\.0 \(c\w+\), TensorFlow\.js 4\.22\.0, computing on the [CG]PU$/);
    match(found("Kernels"), /^(our own, (for AVX-512|for AVX2|portable) \(\d+ threads?\)|TensorFlow's: )/);
    match(found("Plotly in JupyterLab"), /^plotly \d/);
    match(found("Kernel"), /^tslab, started as setup.notebook-kernel\.cjs by /);
  });

  it("says what is missing in a clone that was never set up, with the command that mends it", () => {
    for (const name of ["setup", "lib", "package.json", "package-lock.json", ".npmrc", "tsconfig.json"]) {
      cpSync(join(projectRoot, name), join(folder.path, name), { recursive: true });
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, ["setup/doctor.cjs"], {
      cwd: folder.path,
      encoding: "utf8",
    });
    equal(status, 1);
    equal(stderr, "");
    match(stdout, /✗ Set-up: Node packages +not done, out of date, or damaged\n +→ npm run setup/);
    match(stdout, /✗ TensorFlow +is not installed\n +→ npm run setup/);
    ok(!/\n\s+at /.test(stdout));
  });

  it("knows the data sets in the folder that SONONAS_DATA names", () => {
    const env = { ...process.env, SONONAS_DATA: join(folder.path, "missing") };
    const { findings } = JSON.parse(
      execFileSync(process.execPath, ["setup/doctor.cjs", "--json"], { cwd: projectRoot, encoding: "utf8", env }),
    ) as Report;
    match(findings.at(-1)!.found, /missing does not exist; phantoms need no data/);
    for (const label of ["benign", "malignant"]) {
      writePicture(join(folder.path, "mine", label, `${label} (1).png`), texture(1));
    }
    const full = { ...process.env, SONONAS_DATA: folder.path };
    const report = execFileSync(process.execPath, ["setup/doctor.cjs", "--json"], {
      cwd: projectRoot,
      encoding: "utf8",
      env: full,
    });
    match((JSON.parse(report) as Report).findings.at(-1)!.found, /^busi in /);
  });
});
