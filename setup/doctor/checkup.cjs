"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { findBrowser } = require("../machine/find-browser.cjs");
const { findCompiler } = require("../machine/find-compiler.cjs");
const { findPython } = require("../machine/find-python.cjs");
const { holds, steps } = require("../engine/run-steps.cjs");
const { lookAtKernels } = require("./kernels.cjs");
const { refuseNode } = require("../node-version.cjs");
const { tellDeepRecord } = require("../machine/deep-record.cjs");
const { environment, environmentProgram, kernel, root, sitePackages } = require("../machine/places.cjs");
const { probeTensorflow } = require("../machine/probe.cjs");
const { Problem } = require("../engine/problem.cjs");
const { chooseTensorflow, seesNvidia } = require("../machine/tensorflow-choice.cjs");

/**
 * One thing that was looked at.
 *
 * @typedef {object} Finding
 * @property {string} name What was looked at.
 * @property {"good" | "missing" | "optional"} state "optional" where it is not there and need not be.
 * @property {string} found What was found.
 * @property {string} [fix] The command, or the sentence, that mends it.
 */

const setUp = "npm run setup";

/**
 * @param {string} name
 * @param {() => string} look Says what is there; throws a Problem where it is not good.
 * @returns {Finding}
 */
function finding(name, look) {
  try {
    return { name, state: "good", found: look() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { name, state: "missing", found: error.what, fix: error.fix };
  }
}

/** @returns {Finding} */
function node() {
  const reason = refuseNode(process.versions.node);
  return finding("Node", () => {
    if (reason !== null) throw new Problem(reason.split(". ")[0] ?? reason, "Install Node 22 (or 20).");
    return `${process.versions.node} on ${process.platform}-${process.arch}`;
  });
}

/** @returns {Finding} */
function python() {
  return finding("Python", () => {
    const { program, version } = findPython();
    return `${version.join(".")} (${program})`;
  });
}

/** @returns {Finding} */
function disk() {
  const { bavail, bsize } = fs.statfsSync(root);
  return { name: "Disk", state: "good", found: `${((bavail * bsize) / 1e9).toFixed(1)} GB free in ${root}` };
}

/**
 * The steps of the set-up, each by its stamp.
 *
 * @returns {Finding[]}
 */
function setUpSteps() {
  return steps.map((step) =>
    finding(`Set-up: ${step.title}`, () => {
      if (!holds(step)) throw new Problem("not done, out of date, or damaged", setUp);
      return "done";
    }),
  );
}

/** @returns {Finding} */
function tensorflow() {
  return finding("TensorFlow", () => {
    const probe = probeTensorflow();
    if ("failure" in probe) {
      const reason = /Cannot find module|can not be found/.test(probe.failure)
        ? "is not installed"
        : (probe.failure
            .trim()
            .split("\n")
            .find((line) => /error/i.test(line)) ?? "does not load");
      throw new Problem(reason.trim(), setUp);
    }
    return `${probe.tensorflow} (${chooseTensorflow()}), TensorFlow.js ${probe.tfjs}, computing on the ${probe.gpu ? "GPU" : "CPU"}`;
  });
}

/** @returns {Finding} */
function gpu() {
  const name = "NVIDIA GPU";
  if (!seesNvidia()) return { name, state: "optional", found: "none seen; the CPU is used" };
  if (chooseTensorflow() === "cuda")
    return { name, state: "good", found: "seen, and used where TensorFlow says GPU above" };
  return {
    name,
    state: "optional",
    found: "seen, but the TensorFlow for processors was chosen",
    fix: "npm run setup -- --tensorflow cuda",
  };
}

/** @returns {Finding} */
function notebookKernel() {
  return finding("Kernel", () => {
    /** @type {{kernelspecs: Record<string, {resource_dir: string, spec: {argv: string[]}}>}} */
    let listed;
    try {
      const env = { ...process.env, JUPYTER_PREFER_ENV_PATH: "1" };
      const parameters = ["-m", "jupyter", "kernelspec", "list", "--json"];
      listed = JSON.parse(
        execFileSync(environmentProgram("python"), parameters, {
          encoding: "utf8",
          env,
          stdio: ["ignore", "pipe", "ignore"],
        }),
      );
    } catch {
      throw new Problem("Jupyter does not start", setUp);
    }
    const specification = listed.kernelspecs.tslab;
    if (!specification) throw new Problem("Jupyter does not see the tslab kernel", setUp);
    if (fs.realpathSync(specification.resource_dir) !== fs.realpathSync(kernel)) {
      throw new Problem(
        `Jupyter sees another tslab kernel first, in ${specification.resource_dir}`,
        "Unset JUPYTER_PATH; `npm run lab` and `npm run study` use the right one in any case.",
      );
    }
    const lost = specification.spec.argv.slice(0, 2).find((file) => !fs.existsSync(file));
    if (lost) throw new Problem(`the kernel starts ${lost}, which is gone`, setUp);
    return `tslab, started as ${path.relative(root, specification.spec.argv[1] ?? "")} by ${specification.spec.argv[0]}`;
  });
}

/** @returns {Finding} */
function renderer() {
  return finding("Plotly in JupyterLab", () => {
    const file = path.join(environment, "share", "jupyter", "labextensions", "jupyterlab-plotly", "package.json");
    if (!fs.existsSync(file)) throw new Problem("the renderer is not installed", setUp);
    const packages = sitePackages() ?? "";
    const version = fs.readdirSync(packages).find((name) => /^plotly-.*\.dist-info$/.test(name));
    return version?.replace(/^plotly-(.*)\.dist-info$/, "plotly $1") ?? "installed";
  });
}

/** @returns {Finding} */
function browser() {
  const program = findBrowser();
  const name = "Browser for tests";
  if (program === null)
    return {
      name,
      state: "optional",
      found: "no Chromium; the tests that look at JupyterLab are skipped",
      fix: "sudo apt install chromium",
    };
  return { name, state: "good", found: program };
}

/** @returns {Finding} */
function longTests() {
  const told = tellDeepRecord(root);
  const name = "Long tests";
  if (told === null) return { name, state: "optional", found: "no record that they passed", fix: "npm run test:deep" };
  return { name, state: "good", found: `passed ${told}` };
}

/** @returns {Finding} */
function data() {
  const folder = path.resolve(root, process.env.SONONAS_DATA || "data");
  const name = "Data";
  const fix =
    "npm run data -- list names the sets and how to get them; SONONAS_DATA=/path/to/folder names their folder";
  if (!fs.existsSync(folder))
    return { name, state: "optional", found: `${folder} does not exist; phantoms need no data`, fix };
  // The library's own registry: it is there once the library is compiled.
  const registry = path.join(root, "dist", "data", "sets", "list-sets.js");
  if (!fs.existsSync(registry))
    return { name, state: "optional", found: `${folder}, to be looked at after the set-up` };
  /** @type {{ name: string, folder: string | null }[]} */
  const sets = require(registry).listSets(folder);
  const found = sets.filter((set) => set.folder !== null).map((set) => set.name);
  if (found.length === 0)
    return { name, state: "optional", found: `no data set known here in ${folder}; phantoms need no data`, fix };
  return { name, state: "good", found: `${found.join(", ")} in ${folder}` };
}

/**
 * Looks at everything that the project needs.
 *
 * @returns {Finding[]} In the order in which a reader should mend what is missing.
 */
function checkUp() {
  const compiler = finding("C++ compiler", () => findCompiler());
  return [
    node(),
    python(),
    compiler,
    disk(),
    ...setUpSteps(),
    tensorflow(),
    lookAtKernels(),
    gpu(),
    notebookKernel(),
    renderer(),
    browser(),
    longTests(),
    data(),
  ];
}

module.exports = { checkUp };
