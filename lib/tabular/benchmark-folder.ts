import { join } from "node:path";

import { resultsRoot } from "../runtime/environment";

/** The folder of the project's own benchmark. */
export function benchmarkFolder(): string {
  return join(resultsRoot, "search-benchmark");
}
