"use strict";

/** The files that take longest, the longest first, as the end of a run of all tests names them. */
const longest = [
  "study/jupyterlab.test.ts",
  "study/run-notebook.test.ts",
  "study/main.test.ts",
  "networks/run/run-network.test.ts",
  "compatibility/study.test.ts",
  "search/run-search.test.ts",
  "study/kernel.test.ts",
  "display/every-figure.test.ts",
  "setup/setup.test.ts",
  "reliability/kill-training.test.ts",
  "bench/ours.test.ts",
  "house/extend.test.ts",
  "validate/run-plan.test.ts",
  "reliability/kill-search.test.ts",
  "compatibility/runs.test.ts",
  "setup/doctor.test.ts",
  "controller/enas.test.ts",
  "kernels/convolution.test.ts",
  "kernels/choose-kernels.test.ts",
  "setup/kernels.test.ts",
  "derive/derive-winner.test.ts",
  "bench/stock.test.ts",
  "networks/layers/fast-layers.test.ts",
  "study/derive-winners.test.ts",
  "study/study-report.test.ts",
  "data/audit/audit.test.ts",
  "runs/open-run.test.ts",
  "kernels/pointwise.test.ts",
  "derive/judge-searches.test.ts",
];

/**
 * Puts the longest first, so that two processes that take one file after the other end at about the same time.
 *
 * @param {readonly string[]} files Below `test`.
 * @returns {string[]}
 */
function longestFirst(files) {
  return [...longest.filter((file) => files.includes(file)), ...files.filter((file) => !longest.includes(file))];
}

module.exports = { longest, longestFirst };
