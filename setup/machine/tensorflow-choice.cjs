"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { Problem } = require("../engine/problem.cjs");
const { state } = require("./places.cjs");

/**
 * Which TensorFlow is used.
 *
 * - `cpu`: the Python wheel, current, for processors.
 * - `cuda`: the Python wheel with NVIDIA's libraries (Linux on x86-64).
 * - `bundled`: the one that tfjs-node-gpu's own installer downloads (2.9.1, of 2022), where no wheel is built for the
 *   platform.
 *
 * @typedef {"cpu" | "cuda" | "bundled"} Choice
 */

const choices = ["auto", "cpu", "cuda", "bundled"];
const choiceFile = path.join(state, "tensorflow-choice");

/**
 * @param {string} text
 * @param {string} from Where it was said, for the message.
 * @returns {string}
 */
function checked(text, from) {
  if (choices.includes(text)) return text;
  throw new Problem(
    `${from} is "${text}", expected one of ${choices.join(", ")}.`,
    "Correct it and run the same command again.",
  );
}

/**
 * Keeps a choice for the commands that follow: `npm run setup -- --tensorflow cuda`.
 *
 * @param {string} text One of auto, cpu, cuda, bundled.
 */
function keepChoice(text) {
  checked(text, "--tensorflow");
  fs.mkdirSync(state, { recursive: true });
  fs.writeFileSync(choiceFile, `${text}\n`);
}

/** Platforms that the wheel is built for. */
const wheelPlatforms = ["linux-x64", "linux-arm64", "darwin-arm64"];

/**
 * Says whether an NVIDIA GPU can be seen, without starting a program: by the driver's device files, in WSL by its
 * library.
 *
 * @returns {boolean}
 */
function seesNvidia() {
  return fs.existsSync("/dev/nvidia0") || (fs.existsSync("/dev/dxg") && fs.existsSync("/usr/lib/wsl/lib/libcuda.so.1"));
}

/**
 * Decides which TensorFlow to use: SONONAS_TENSORFLOW, else the kept choice, else what fits the machine.
 *
 * @param {object} [machine] What is known of the machine; default: this one.
 * @param {string} [machine.platform] As `process.platform`-`process.arch`.
 * @param {boolean} [machine.nvidia] Whether there is an NVIDIA GPU.
 * @param {NodeJS.ProcessEnv} [machine.env] Where SONONAS_TENSORFLOW is read.
 * @returns {Choice}
 */
function chooseTensorflow({
  platform = `${process.platform}-${process.arch}`,
  nvidia = seesNvidia(),
  env = process.env,
} = {}) {
  const kept = fs.existsSync(choiceFile) ? fs.readFileSync(choiceFile, "utf8").trim() : "auto";
  const wish = env.SONONAS_TENSORFLOW
    ? checked(env.SONONAS_TENSORFLOW, "SONONAS_TENSORFLOW")
    : checked(kept, "The kept choice of TensorFlow");
  if (wish === "cuda" && platform !== "linux-x64") {
    throw new Problem(
      `TensorFlow with CUDA is built for linux-x64, this is ${platform}.`,
      "Choose the processor's: `npm run setup -- --tensorflow cpu`.",
    );
  }
  if (wish === "cpu" && !wheelPlatforms.includes(platform)) {
    throw new Problem(
      `No TensorFlow wheel is built for ${platform}.`,
      "Choose the package's own: `npm run setup -- --tensorflow bundled`.",
    );
  }
  if (wish !== "auto") return /** @type {Choice} */ (wish);
  if (!wheelPlatforms.includes(platform)) return "bundled";
  return nvidia && platform === "linux-x64" ? "cuda" : "cpu";
}

module.exports = { chooseTensorflow, keepChoice, seesNvidia };
