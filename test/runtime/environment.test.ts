import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import {
  dataRoot,
  environmentWithThreads,
  jupyterEnvironment,
  packageVersion,
  projectRoot,
  readVariable,
  systemClock,
} from "../../lib/runtime/environment";

/** Runs something with a variable set, and puts the old value back. */
function withVariable(name: string, value: string | undefined, run: () => void): void {
  const old = process.env[name];
  const set = (to: string | undefined) => {
    if (to === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = to;
  };
  set(value);
  try {
    run();
  } finally {
    set(old);
  }
}

describe("the environment", () => {
  it("finds the project by its package.json, wherever the command was started", () => {
    ok(existsSync(join(projectRoot, "package.json")));
    equal(join(projectRoot, "test", "runtime"), __dirname);
  });

  it("has the data in the project by default, and where SONONAS_DATA says otherwise", () => {
    withVariable("SONONAS_DATA", undefined, () => {
      equal(dataRoot(), join(projectRoot, "data"));
    });
    withVariable("SONONAS_DATA", "/images", () => {
      equal(dataRoot(), "/images");
    });
    withVariable("SONONAS_DATA", "../images", () => {
      equal(dataRoot(), join(projectRoot, "..", "images"));
    });
  });

  it("takes an empty variable as one that is not set", () => {
    withVariable("SONONAS_DATA", "", () => {
      equal(readVariable("SONONAS_DATA"), undefined);
    });
  });

  it("puts the project's own kernels before those that the user named", () => {
    withVariable("JUPYTER_PATH", "/elsewhere", () => {
      const { JUPYTER_PATH, JUPYTER_PREFER_ENV_PATH } = jupyterEnvironment();
      match(JUPYTER_PATH!, /\.venv.*[:;]\/elsewhere$/);
      equal(JUPYTER_PREFER_ENV_PATH, "1");
    });
  });

  it("says which study notebooks belong to, where one is named", () => {
    withVariable("SONONAS_STUDY", undefined, () => {
      equal(jupyterEnvironment().SONONAS_STUDY, undefined);
      const study = { profile: "quick", dataset: "busi", changes: { seeds: [2] } };
      deepEqual(JSON.parse(jupyterEnvironment(study).SONONAS_STUDY!), study);
      equal(process.env.SONONAS_STUDY, undefined, "its own environment stays");
    });
  });

  it("has results in the project, and where SONONAS_RESULTS says otherwise", () => {
    const program = "console.log(require('./lib/runtime/environment').resultsRoot)";
    const rootWith = (folder: string) => {
      const env = { ...process.env, SONONAS_RESULTS: folder };
      const parameters = ["--require", "tsx/cjs", "-e", program];
      return execFileSync(process.execPath, parameters, { cwd: projectRoot, env, encoding: "utf8" }).trim();
    };
    equal(rootWith(""), join(projectRoot, "results"));
    equal(rootWith("elsewhere"), join(projectRoot, "elsewhere"));
    equal(rootWith("/elsewhere"), "/elsewhere");
  });

  it("gives a process that it starts another number of threads, and leaves its own", () => {
    withVariable("SONONAS_THREADS", "3", () => {
      equal(environmentWithThreads(2).SONONAS_THREADS, "2");
      equal(environmentWithThreads(2).PATH, process.env.PATH);
      equal(process.env.SONONAS_THREADS, "3");
    });
  });

  it("knows the versions of packages, and which are not installed", () => {
    equal(packageVersion("@tensorflow/tfjs-node-gpu"), "4.22.0");
    equal(packageVersion("no-such-package"), "not installed");
  });

  it("has a clock that does not run backwards", () => {
    const first = systemClock.seconds();
    ok(systemClock.seconds() >= first);
  });
});
