"use strict";

// `npm run setup`, and the first half of every other command. The version check comes before anything that an old
// Node could not read.
var reason = require("./node-version.cjs").refuseNode(process.versions.node);
if (reason !== null) {
  process.stderr.write(reason + "\n");
  process.exit(1);
}
require("./engine/run-steps.cjs").main(process.argv.slice(2));
