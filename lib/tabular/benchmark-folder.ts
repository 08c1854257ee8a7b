import { join } from "node:path";

import { projectRoot } from "../runtime/environment";

/** The folder of the project's own benchmark, which comes with it: wherever a user's results lie, it stays there. */
export function benchmarkFolder(): string {
  return join(projectRoot, "results", "search-benchmark");
}
