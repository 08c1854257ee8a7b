"use strict";

/**
 * What Jupyter starts for a TypeScript notebook: tslab, with its arguments, none of whose outputs is lost, and each of which stands
 * below its own cell.
 *
 * tslab hands each output to a ZeroMQ socket and does not wait for it. The socket sends at once, but after 512 messages in
 * a row it puts one off to its next turn, and refuses what else comes until then: a cell that prints 1,500 lines would
 * lose a thousand of them, and one that shows a figure at the wrong moment would fail without a word. With a timeout of 0
 * it always sends at once; a publisher never has to wait for its readers anyway. It also drops what a slow reader has not
 * taken once a thousand messages wait for it, the one that says that the cell is done as well: here all of them wait.
 */
const path = require("node:path");
const { root } = require("./machine/places.cjs");
const { keepOutputsApart, letWorkEnd } = require("./notebook/cells.cjs");

const tslab = path.join(root, "node_modules", "tslab", "dist");
const zeromq = require(require.resolve("zeromq", { paths: [tslab] }));

zeromq.Publisher = class extends zeromq.Publisher {
  /** @param {object} [options] */
  constructor(options) {
    super({ sendTimeout: 0, sendHighWaterMark: 0, ...options });
  }
};

keepOutputsApart(require(path.join(tslab, "jupyter.js")));
letWorkEnd(require(path.join(tslab, "executor.js")));
require(path.join(tslab, "main.js")).main();
