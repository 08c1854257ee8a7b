import { deepEqual, throws } from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { appendTrainingFree, readTrainingFree } from "../../lib/tabular/training-free-scores";
import { temporaryFolder } from "../helpers/temporary";

describe("the scores of a benchmark without training", () => {
  const root = temporaryFolder();
  const row = (place: number) => ({ set: "one", place, synflow: 3.5, naswot: -2, cpuSeconds: 0.1, protocol: "def" });

  it("keep what is added in its order", () => {
    deepEqual(readTrainingFree(root.path), []);
    appendTrainingFree(root.path, [row(1)]);
    appendTrainingFree(root.path, [row(0), row(2)]);
    deepEqual(readTrainingFree(root.path), [row(1), row(0), row(2)]);
  });

  it("refuse a line that is none", () => {
    appendTrainingFree(root.path, [row(1)]);
    appendFileSync(join(root.path, "training-free.jsonl"), `${JSON.stringify({ ...row(2), naswot: "much" })}\n`);
    throws(() => readTrainingFree(root.path), /training-free\.jsonl, line 2,.*naswot/);
  });
});
