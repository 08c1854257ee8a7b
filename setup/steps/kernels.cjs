"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { explain, fullDisk } = require("../engine/explain.cjs");
const { findCompiler } = require("../machine/find-compiler.cjs");
const { readKernelsState, writeKernelsState } = require("../machine/kernels-state.cjs");
const { kernelsFolder, root, sitePackages } = require("../machine/places.cjs");
const { probeKernels } = require("../machine/probe.cjs");
const { Problem } = require("../engine/problem.cjs");
const { appendQuietly, runProgram } = require("../engine/program.cjs");
const { hashOfFile, lockedVersion } = require("../engine/stamp.cjs");
const { chooseTensorflow } = require("../machine/tensorflow-choice.cjs");

const sources = path.join(root, "lib", "kernels", "native");

/**
 * The same source for several kinds of processor, each with its own flags. All of them are compiled, also for processors
 * other than this one: a project folder may be used by several machines.
 *
 * @type {Record<string, string[]>}
 */
const variants = {
  ...(process.arch === "x64"
    ? {
        avx512: ["-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl", "-mfma", "-DSONONAS_AVX512"],
        avx2: ["-mavx2", "-mfma", "-DSONONAS_AVX2"],
      }
    : {}),
  portable: [],
};

/** @param {string} variant */
const fileOf = (variant) => path.join(kernelsFolder, `kernels-${variant}.node`);

/**
 * Our own TensorFlow kernels, compiled for this machine. Without them everything works, more slowly: whatever keeps them
 * from being compiled is said, and does not stop the set-up.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "kernels",
  title: "Fast kernels",
  megabytes: 10,
  inputs: () => ({
    choice: chooseTensorflow(),
    tensorflow: tensorflowFolder(),
    requirements: hashOfFile(path.join(root, "setup", "requirements", `tensorflow-${chooseTensorflow()}.txt`)),
    // Of all packages these alone are compiled against: minutes are not to be spent again for another one.
    headers: lockedVersion("node-api-headers"),
    sources: Object.fromEntries(sourceNames(/\.(cc|h)$/).map((name) => [name, hashOfFile(path.join(sources, name))])),
    variants,
    recipe: hashOfFile(__filename),
  }),
  outputs: () => [{ place: kernelsFolder }],
  // What one compiler could not do, another may: one that was installed since, or that CXX names now.
  stillHolds() {
    const failed = readKernelsState()?.compiler ?? null;
    return failed === null || failed === compilerHere();
  },
  async run(context) {
    fs.mkdirSync(kernelsFolder, { recursive: true });
    const state = chooseTensorflow() === "bundled" ? leftOut() : await build(context);
    // What failed now may be there from before, made from other sources.
    const kept = state.built.map(fileOf);
    for (const name of fs.readdirSync(kernelsFolder)) {
      const file = path.join(kernelsFolder, name);
      if (!kept.includes(file)) fs.rmSync(file, { recursive: true, force: true });
    }
    writeKernelsState(state);
    if (state.compiler === null) return undefined;
    const outcome =
      state.built.length === 0
        ? `not compiled (${state.reason}); TensorFlow's own serve instead, more slowly.`
        : `only ${state.built.join(", ")} (${state.reason}).`;
    return `${outcome} (All that was printed: ${path.relative(root, context.log)})`;
  },
};

/** @returns {string} */
function tensorflowFolder() {
  return path.join(sitePackages() ?? "", "tensorflow");
}

/** @param {RegExp} pattern */
function sourceNames(pattern) {
  if (!fs.existsSync(sources)) return [];
  return fs
    .readdirSync(sources)
    .filter((name) => pattern.test(name))
    .sort();
}

/**
 * @returns {string} The compiler's file, behind all links, so that another version is another compiler; "none" where
 *   there is none.
 */
function compilerHere() {
  try {
    return fs.realpathSync(findCompiler());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return "none";
  }
}

/** @returns {import("../machine/kernels-state.cjs").KernelsState} */
function leftOut() {
  return { built: [], reason: "TensorFlow from its package's own installer has no headers for them", compiler: null };
}

/**
 * Compiles all variants side by side.
 *
 * @param {import("../engine/run-steps.cjs").StepContext} context
 * @returns {Promise<import("../machine/kernels-state.cjs").KernelsState>}
 */
async function build(context) {
  const compiler = compilerHere();
  if (compiler === "none") return { built: [], reason: "there is no C++ compiler", compiler };
  const names = Object.keys(variants);
  const failures = await Promise.all(names.map((variant) => compile(variant, context)));
  const full = failures.find((failure) => failure !== null && fullDisk.test(failure));
  if (full) throw explain("compiling the fast kernels", full, context.log);
  const built = names.filter((_, index) => failures[index] === null);
  if (built.length === names.length) return { built, reason: null, compiler: null };
  const reasons = failures.map((failure, index) =>
    failure === null ? [] : [`${names[index]}: ${firstError(failure)}`],
  );
  return { built, reason: reasons.flat().join("; "), compiler };
}

/**
 * Compiles one variant beside its place, loads it in a process of its own, and renames it: one that is half-written, or
 * that does not load, is never at its place.
 *
 * @param {string} variant
 * @param {import("../engine/run-steps.cjs").StepContext} context
 * @returns {Promise<string | null>} What was printed where it failed, null where it is there.
 */
async function compile(variant, { log, say }) {
  const tensorflow = tensorflowFolder();
  const apple = process.platform === "darwin";
  const partial = `${fileOf(variant)}.partial`;
  const parameters = [
    ...["-O3", ...(variants[variant] ?? []), "-fno-math-errno"],
    ...["-std=c++17", "-shared", "-fPIC", "-fvisibility=hidden", "-Wno-psabi"],
    // Node's own symbols are there once the library is loaded into it.
    ...(apple ? ["-undefined", "dynamic_lookup"] : []),
    ...["-DNAPI_VERSION=8", `-DSONONAS_VARIANT=${variant}`],
    ...["-I", path.join(root, "node_modules", "node-api-headers", "include")],
    ...["-I", path.join(tensorflow, "include")],
    ...sourceNames(/\.cc$/),
    path.join(tensorflow, apple ? "libtensorflow_framework.2.dylib" : "libtensorflow_framework.so.2"),
    ...[`-Wl,-rpath,${tensorflow}`, "-lpthread", "-o", partial],
  ];
  try {
    const { code, output } = await runProgram(findCompiler(), parameters, { cwd: sources, log, onLine: say });
    if (code !== 0) return output;
    const probe = probeKernels(partial);
    if ("failure" in probe) {
      appendQuietly(log, probe.failure);
      return probe.failure;
    }
    fs.renameSync(partial, fileOf(variant));
    return null;
  } finally {
    fs.rmSync(partial, { force: true });
  }
}

/**
 * The line that says what is wrong, of what a compiler or Node printed. A compiler's first error: those behind it follow
 * from it.
 *
 * @param {string} output
 * @returns {string}
 */
function firstError(output) {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling =
    lines.find((line) => /^\w*Error:/.test(line)) ??
    lines.find((line) => /\berror\b|cannot find/i.test(line) && !line.startsWith("collect2:"));
  return (telling ?? lines.at(-1) ?? "nothing was printed").replace(/[.\s]+$/, "");
}
