/**
 * `node dist/study/unit-main.js FOLDER UNIT`: does one unit of the study in FOLDER, started by a pool of this machine or by a
 * cluster's script, which set `SONONAS_THREADS`, and ends as the contract says.
 *
 * @module
 */
import "../runtime/say-failures";

import { serveAsProcess } from "../units/serve-unit";
import { runStudyUnit } from "./run-study-unit";

async function main(): Promise<void> {
  const [folder = "", name = ""] = process.argv.slice(2);
  await serveAsProcess((tell) => runStudyUnit(folder, name, tell));
}

if (require.main === module) void main();
