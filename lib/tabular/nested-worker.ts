/**
 * The process of one search on an outer fold: started with the benchmark's folder, the step, the arm, the seed, the outer fold, the folder
 * for what is under way, and that of the data sets, empty for the default.
 *
 * @module
 */
import "../runtime/say-failures";

import { serveAsProcess } from "../units/serve-unit";
import { searchOuterFold } from "./nested-search";

async function main(): Promise<void> {
  const [folder, step, arm, search, fold, workFolder, root] = process.argv.slice(2) as [string, ...string[]];
  const one = { arm: arm!, search: Number(search), fold: Number(fold) };
  const place = { workFolder: workFolder!, dataRoot: root === "" ? undefined : root };
  await serveAsProcess((tell) => searchOuterFold(folder, step!, one, place, tell));
}

if (require.main === module) void main();
