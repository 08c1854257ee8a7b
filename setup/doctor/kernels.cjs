"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { holds } = require("../engine/run-steps.cjs");
const { readKernelsState } = require("../machine/kernels-state.cjs");
const { root, state } = require("../machine/places.cjs");
const { probeKernelsChoice } = require("../machine/probe.cjs");
const kernelsStep = require("../steps/kernels.cjs");

const setUp = "npm run setup";

/**
 * How the variants are called in front of people.
 *
 * @type {Record<string, string>}
 */
const titles = { avx512: "for AVX-512", avx2: "for AVX2" };

/**
 * Says which kernels a study on this machine computes with, and why. TensorFlow's own are no defect: everything works
 * with them, more slowly.
 *
 * @returns {import("./checkup.cjs").Finding}
 */
function lookAtKernels() {
  const name = "Kernels";
  // The library decides: it is there once it is compiled.
  if (!fs.existsSync(path.join(root, "dist", "kernels", "choose-kernels.js")))
    return { name, state: "optional", found: "to be looked at after the set-up", fix: setUp };
  const choice = probeKernelsChoice();
  if ("what" in choice) return { name, state: "missing", found: choice.what, fix: choice.fix };
  if ("failure" in choice) {
    const lines = choice.failure.trim().split("\n");
    const reason = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? "";
    return { name, state: "missing", found: reason.trim(), fix: setUp };
  }
  if (choice.kind === "own") {
    const title = titles[choice.variant ?? ""] ?? choice.variant;
    const threads = `${choice.threads} ${choice.threads === 1 ? "thread" : "threads"}`;
    const lost = readKernelsState()?.reason ?? null;
    const found = `our own, ${title} (${threads})${lost === null ? "" : `; not compiled: ${lost}`}`;
    return { name, state: "good", found };
  }
  const wanted = !/\bcompiled\b|\bload\b/.test(choice.reason);
  const { reason, fix } = wanted ? { reason: null, fix: undefined } : mend();
  const found = `TensorFlow's: ${choice.reason}${reason === null ? "" : ` (${reason})`}`;
  return { name, state: "optional", found, ...(fix === undefined ? {} : { fix }) };
}

/**
 * Why kernels are not there, and what mends it, if anything does.
 *
 * @returns {{ reason: string | null, fix?: string }}
 */
function mend() {
  if (!holds(kernelsStep)) return { reason: null, fix: setUp };
  const { reason = null, compiler = null } = readKernelsState() ?? {};
  // Left out on purpose: another compiler would not help.
  if (compiler === null) return { reason };
  const log = path.relative(root, path.join(state, "logs", `${kernelsStep.name}.log`));
  const fix = `Install another C++ compiler, or name it (CXX=clang++), then ${setUp}; ${log} has what was printed.`;
  return { reason, fix };
}

module.exports = { lookAtKernels };
