"use strict";

const path = require("node:path");
const { explain } = require("../engine/explain.cjs");
const { root } = require("../machine/places.cjs");
const { runProgram } = require("../engine/program.cjs");
const { hashOfFile } = require("../engine/stamp.cjs");

const modules = path.join(root, "node_modules");

const parameters = [
  ...["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
  // Said even under `npm run --silent`: a failure is explained by what npm prints.
  "--loglevel=notice",
  // A minute of silence is no better than a sentence after some seconds.
  ...["--fetch-retries=3", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=8000"],
];

/**
 * The packages of package-lock.json. Their install scripts are not run: the one of tfjs-node-gpu would download a
 * TensorFlow of 2022, and the others have their programs in the package already.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "node-packages",
  title: "Node packages",
  megabytes: 700,
  inputs: () => ({
    lock: hashOfFile(path.join(root, "package-lock.json")),
    settings: hashOfFile(path.join(root, ".npmrc")),
    platform: `${process.platform}-${process.arch}`,
  }),
  // The binding in tfjs-node-gpu belongs to a later step; caches belong to the tools that keep them.
  outputs: () => [
    { place: modules, except: /^node_modules\/(@tensorflow\/tfjs-node-gpu\/(lib|deps|build|package\.json$)|\.cache)/ },
  ],
  async run({ log, say }) {
    // Started by npm, npm says where it is; started by hand, it is on PATH.
    const npm = process.env.npm_execpath;
    const [program, first] = npm?.endsWith("npm-cli.js") ? [process.execPath, [npm]] : ["npm", []];
    const { code, output } = await runProgram(program, [...first, ...parameters], { cwd: root, log, onLine: say });
    if (code !== 0) throw explain("installing the Node packages", output, log);
  },
};
