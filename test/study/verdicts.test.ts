import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

import type { JudgedSearch } from "../../lib/derive/judge-searches";
import { judgeSearch } from "../../lib/derive/judge-search";
import { createRandom } from "../../lib/runtime/random";
import { readSearches } from "../../lib/study/study-searches";
import { keepVerdicts } from "../../lib/study/verdicts";
import { filledStudy } from "./helpers";

describe("keepVerdicts(study, searches)", () => {
  const made = filledStudy();
  const read = () => JSON.parse(readFileSync(made.study.path("verdicts.json"), "utf8")) as JudgedSearch[];

  it("judges each search by its control with chance of its own, and keeps what it said with what it rests on", () => {
    const { verdicts, missing } = keepVerdicts(made.study);
    deepEqual(missing, []);
    deepEqual(
      verdicts.map(({ name, seed }) => [name, seed]),
      [
        ["ENAS", 1],
        ["uniform policy", 1],
      ],
    );
    const random = createRandom(1).split("judge");
    const [first, last] = readSearches(made.study);
    const judged = (search: typeof first, label: string | number) =>
      judgeSearch(search!.found.value!.candidates, search!.control.value!.candidates, random.split(label));
    deepEqual(verdicts[0]!.verdict, judged(first, 1));
    deepEqual(verdicts[1]!.verdict, judged(last, "uniform 1"));
    deepEqual(read(), JSON.parse(JSON.stringify(verdicts)));
    equal(read()[0]!.computedFrom.derivation, first!.found.value!.outcome);
  });

  it("takes what was kept, and writes nothing then", () => {
    keepVerdicts(made.study);
    const [first, ...others] = read();
    const marked = { ...first!, verdict: { ...first!.verdict, warnings: ["kept before"] } };
    writeFileSync(made.study.path("verdicts.json"), JSON.stringify([marked, ...others]));
    const before = statSync(made.study.path("verdicts.json")).mtimeMs;
    deepEqual(keepVerdicts(made.study).verdicts[0]!.verdict.warnings, ["kept before"]);
    equal(statSync(made.study.path("verdicts.json")).mtimeMs, before);
  });

  it("computes again what was computed from other architectures, and what cannot be read", () => {
    rmSync(made.study.path("verdicts.json"), { force: true });
    const { verdicts } = keepVerdicts(made.study);
    const [first, ...others] = read();
    const stale = { ...first!, computedFrom: { ...first!.computedFrom, control: "0".repeat(64) } };
    for (const text of [JSON.stringify([{ ...stale, verdict: {} }, ...others]), "{", '[{"name":"ENAS"}]']) {
      writeFileSync(made.study.path("verdicts.json"), text);
      deepEqual(JSON.parse(JSON.stringify(keepVerdicts(made.study).verdicts)), JSON.parse(JSON.stringify(verdicts)));
      deepEqual(read(), JSON.parse(JSON.stringify(verdicts)));
    }
  });

  it("puts what was found and what was drawn into arms, the control of each seed once", () => {
    deepEqual(
      keepVerdicts(made.study).arms.map(({ name, candidates }) => [name, candidates.length]),
      [
        ["ENAS", 4],
        ["uniform policy", 4],
        ["drawn at random", 8],
      ],
    );
  });

  it("says what is missing, and judges the rest", () => {
    rmSync(made.study.path("derive", "uniform-seed-1"), { recursive: true });
    const { verdicts, missing, arms } = keepVerdicts(made.study);
    equal(verdicts.length, 1);
    match(missing.join(), /winner of the uniform policy search with the seed 1 is missing/);
    equal(arms.length, 2);
  });
});
