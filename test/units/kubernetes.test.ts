import { deepEqual, equal, match } from "node:assert/strict";

import { writeIndexedJob } from "../../lib/units/kubernetes";
import type { Unit } from "../../lib/units/unit";

describe("writeIndexedJob(units, job)", () => {
  const unit = (name: string, threads: number): Unit => ({
    ...{ name, threads, needs: [], kind: "training", title: name, cost: 1, of: {} },
  });
  const text = writeIndexedJob([unit("search/enas-seed-1", 1), unit("units/winner", 2)], {
    ...{ name: "sononas-1234", folder: "/study of mine", program: ["node", "unit-main.js"], memory: "4G", gpus: 1 },
    ...{ variables: { SONONAS_DATA: "/data" }, atOnce: 50 },
  });

  it("has a pod for each unit, by its index", () => {
    match(text, /completions: 2\n {2}parallelism: 2\n/);
    deepEqual(/names: \|\n((?: {4}.*\n)+)/.exec(text)![1]!.trim().split(/\s+/), ["search/enas-seed-1", "units/winner"]);
    match(text, /"exec|exec \\"\$@\\" \\"\$unit\\""/);
    match(text, /"node", "unit-main\.js", "\/study of mine"\]/);
    match(text, /name: SONONAS_THREADS, value: "2"/);
    match(text, /requests: \{ cpu: 2, memory: 4Gi, nvidia\.com\/gpu: 1 \}/);
  });

  it("follows the contract: 64 is given up, 85, 86 and 87 do not count, and no two pods have one unit", () => {
    match(text, /action: FailIndex\n +onExitCodes: \{ operator: In, values: \[64\] \}/);
    match(text, /action: Ignore\n +onExitCodes: \{ operator: In, values: \[85, 86, 87\] \}/);
    match(text, /podReplacementPolicy: Failed/);
    match(text, /automountServiceAccountToken: false/);
    equal(/secret|password|[^t]Token/.test(text), false);
    match(text, /not tried on a cluster/);
  });
});
