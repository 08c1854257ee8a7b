"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { explain } = require("../engine/explain.cjs");
const { findCompiler } = require("../machine/find-compiler.cjs");
const { binding, root, sitePackages, tfjsNode } = require("../machine/places.cjs");
const { probeTensorflow } = require("../machine/probe.cjs");
const { Problem } = require("../engine/problem.cjs");
const { runProgram } = require("../engine/program.cjs");
const { hashOfFile } = require("../engine/stamp.cjs");
const { chooseTensorflow } = require("../machine/tensorflow-choice.cjs");

/**
 * The library in Node that speaks to TensorFlow: tfjs-node-gpu's own source, compiled here against the wheel.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "binding",
  title: "Node's link to TensorFlow",
  get megabytes() {
    return chooseTensorflow() === "bundled" ? 2500 : 50;
  },
  inputs: () => ({
    choice: chooseTensorflow(),
    tensorflow: tensorflowFolder(),
    requirements: hashOfFile(path.join(root, "setup", "requirements", `tensorflow-${chooseTensorflow()}.txt`)),
    lock: hashOfFile(path.join(root, "package-lock.json")),
    recipe: hashOfFile(__filename),
  }),
  outputs: () => [{ place: path.join(tfjsNode, "lib") }, { place: path.join(tfjsNode, "deps") }],
  check() {
    if (chooseTensorflow() !== "bundled") findCompiler();
  },
  async run(context) {
    if (chooseTensorflow() === "bundled") await installBundled(context);
    else await compile(context);
    const probe = probeTensorflow();
    if ("failure" in probe) throw explain("loading TensorFlow for the first time", probe.failure, context.log);
  },
};

/** @returns {string} */
function tensorflowFolder() {
  return path.join(sitePackages() ?? "", "tensorflow");
}

/**
 * Compiles the binding beside its place and renames it, so that a half-written one is never loaded.
 *
 * @param {import("../engine/run-steps.cjs").StepContext} context
 */
async function compile({ log, say }) {
  const compiler = findCompiler();
  const tensorflow = tensorflowFolder();
  const libraries =
    process.platform === "darwin"
      ? ["libtensorflow_cc.2.dylib", "libtensorflow_framework.2.dylib"]
      : ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
  const partial = `${binding}.partial`;
  fs.mkdirSync(path.dirname(binding), { recursive: true });
  const parameters = [
    ...["-O2", "-std=c++17", "-shared", "-fPIC"],
    // Node's own symbols are there once the library is loaded into it.
    ...(process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
    ...["-DNAPI_VERSION=8", "-DNODE_GYP_MODULE_NAME=tfjs_binding"],
    ...[
      "-I",
      path.join(root, "node_modules", "node-api-headers", "include"),
      "-I",
      path.join(tensorflow, "include"),
      "-I",
      path.dirname(tfjsNode),
    ],
    ...["binding/tfjs_backend.cc", "binding/tfjs_binding.cc"],
    ...libraries.map((library) => path.join(tensorflow, library)),
    `-Wl,-rpath,${tensorflow}`,
    ...["-o", partial],
  ];
  const { code, output } = await runProgram(compiler, parameters, { cwd: tfjsNode, log, onLine: say });
  if (code !== 0) throw explain("compiling Node's link to TensorFlow", output, log);
  fs.renameSync(partial, binding);
}

/**
 * The package's own installer: it downloads TensorFlow 2.9.1 (with CUDA 11.2 where asked for) and a compiled binding.
 *
 * @param {import("../engine/run-steps.cjs").StepContext} context
 */
async function installBundled({ log, say }) {
  const bin = path.join(root, "node_modules", ".bin");
  const env = {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}`,
    npm_config_ignore_scripts: "false",
  };
  const { code, output } = await runProgram(process.execPath, ["scripts/install.js", "cpu", "download"], {
    cwd: tfjsNode,
    log,
    env,
    onLine: say,
  });
  // The installer ends with 0 after some of its failures.
  if (code !== 0 || !fs.existsSync(binding)) {
    const network = /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|getaddrinfo|HTTP/i.test(output);
    if (!network) throw explain("running tfjs-node-gpu's own installer", output, log);
    throw new Problem(
      "tfjs-node-gpu's own installer could not download TensorFlow.",
      "Check that storage.googleapis.com can be reached (or set TFJS_NODE_CDN_STORAGE to a mirror), and run the same command again.",
    );
  }
}
