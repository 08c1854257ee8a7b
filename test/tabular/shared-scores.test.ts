import { deepEqual, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { appendSharedScores, readSharedScores } from "../../lib/tabular/shared-scores";
import { temporaryFolder } from "../helpers/temporary";

describe("the shared scores of a benchmark", () => {
  const root = temporaryFolder();
  const row = {
    ...{ variant: "B", seed: 1, fold: 2, set: "shape", place: 3, area: 0.8, loss: 0.5 },
    ...{ cpuSeconds: 0.2, supernetSeconds: 100, protocol: "abc" },
  };

  it("keep what is added in its order", () => {
    deepEqual(readSharedScores(root.path), []);
    appendSharedScores(root.path, [row]);
    appendSharedScores(root.path, [{ ...row, place: 4 }]);
    deepEqual(readSharedScores(root.path), [row, { ...row, place: 4 }]);
  });

  it("refuse a line that is none", () => {
    writeFileSync(join(root.path, "shared-scores.jsonl"), `${JSON.stringify({ ...row, area: "high" })}\n`);
    throws(() => readSharedScores(root.path), /shared-scores\.jsonl, line 1.*area/s);
  });
});
