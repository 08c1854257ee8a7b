import { deepEqual, equal, notDeepEqual } from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { evaluateOnce, readEvaluation } from "../../lib/evaluate/evaluation-file";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import type { Prediction, PredictionSet } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";
import { temporaryFolder } from "../helpers/temporary";

const random = createRandom(5);
const rows = Array.from({ length: 60 }, (_, at): Prediction => {
  const label = at % 3 === 0 ? 1 : 0;
  const probability = Math.min(1, Math.max(0, 0.3 + 0.3 * label + random.uniform(-0.3, 0.3)));
  return {
    ...{ id: `image ${at}`, patient: `p${at % 20}`, label, probability, logit: null },
    ...{ fold: `fold ${1 + (at % 2)}`, seed: 1, part: at % 5 === 0 ? "validation" : "test" },
  };
});
const set: PredictionSet = { model: "ENAS", rows };
const options = { replicates: 50 };

describe("evaluateOnce(path, set, options) and readEvaluation(path, set)", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, "kept", "enas.json");

  it("give what evaluatePredictions gives, computed or read, to the last bit", () => {
    const whole = evaluatePredictions(set, options);
    deepEqual(evaluateOnce(file(), set, options), whole);
    const before = statSync(file()).mtimeMs;
    deepEqual(evaluateOnce(file(), set, options), whole);
    equal(statSync(file()).mtimeMs, before);
    deepEqual(readEvaluation(file(), set)!.evaluation, whole);
    equal(readEvaluation(file(), set)!.options.replicates, 50);
  });

  it("survive thresholds above every probability", () => {
    const all = { ...options, threshold: { kind: "specificity", at: 1 } as const };
    const ones = rows.map((row) => ({ ...row, probability: row.label === 0 ? 1 : row.probability }));
    const odd = { ...set, rows: ones };
    deepEqual(evaluateOnce(file(), odd, all), evaluatePredictions(odd, all));
    deepEqual(readEvaluation(file(), odd)!.evaluation, evaluatePredictions(odd, all));
  });

  it("do not believe what was computed from other predictions, by other options, or cannot be read", () => {
    evaluateOnce(file(), set, options);
    const [first, second, ...others] = rows;
    const changed = { ...set, rows: [first!, { ...second!, probability: 0.999 }, ...others] };
    equal(readEvaluation(file(), changed), null);
    notDeepEqual(evaluateOnce(file(), changed, options), evaluatePredictions(set, options));
    deepEqual(evaluateOnce(file(), changed, { replicates: 60 }), evaluatePredictions(changed, { replicates: 60 }));
    equal(readEvaluation(file(), { ...changed, model: "another" }), null);
    for (const text of ["{", "{}", JSON.stringify({ ...JSON.parse(readFileSync(file(), "utf8")), evaluation: 1 })]) {
      writeFileSync(file(), text);
      equal(readEvaluation(file(), changed), null);
      deepEqual(evaluateOnce(file(), changed, options), evaluatePredictions(changed, options));
    }
    equal(readEvaluation(join(folder.path, "none.json"), set), null);
  });
});
