"use strict";

// `npm run doctor`: says what is there, what is missing, and what mends it. It changes nothing.
var reason = require("./node-version.cjs").refuseNode(process.versions.node);
if (reason !== null) {
  process.stderr.write(reason + "\n");
  process.exit(1);
}
require("./doctor/report.cjs").report(process.argv.slice(2));
