import { deepEqual, equal, match } from "node:assert/strict";
import { rmSync } from "node:fs";

import { judgeSearch } from "../../../lib/derive/judge-search";
import { createRandom } from "../../../lib/runtime/random";
import { armsOf, judgeSearches } from "../../../lib/study/report/judge-searches";
import { readMaterial } from "../../../lib/study/report/material";
import { filledStudy } from "../helpers";

describe("judgeSearches(settings, searches) and armsOf(searches)", () => {
  const made = filledStudy();
  const searchesOf = () => {
    const material = readMaterial(made.study);
    return [...material.searches, material.uniform];
  };

  it("judge each search by its control, with chance of its own", () => {
    const searches = searchesOf();
    const { verdicts, missing } = judgeSearches(made.study.settings, searches);
    deepEqual(missing, []);
    deepEqual(
      verdicts.map(({ name, seed }) => [name, seed]),
      [
        ["ENAS", 1],
        ["uniform", 1],
      ],
    );
    const random = createRandom(1).split("judge");
    const [first, last] = [searches[0]!, searches.at(-1)!];
    deepEqual(verdicts[0]!.verdict, judgeSearch(first.candidates.value!, first.control.value!, random.split(1)));
    deepEqual(
      verdicts[1]!.verdict,
      judgeSearch(last.candidates.value!, last.control.value!, random.split("uniform 1")),
    );
  });

  it("put what was found and what was drawn into arms, the control of each seed once", () => {
    deepEqual(
      armsOf(searchesOf()).map(({ name, candidates }) => [name, candidates.length]),
      [
        ["found by ENAS", 4],
        ["found with a uniform policy", 4],
        ["drawn at random", 8],
      ],
    );
  });

  it("say what is missing, and judge the rest", () => {
    rmSync(made.study.path("derive", "uniform-seed-1"), { recursive: true });
    const { verdicts, missing } = judgeSearches(made.study.settings, searchesOf());
    equal(verdicts.length, 1);
    match(missing.join(), /winner of the uniform search with the seed 1 is missing/);
    equal(armsOf(searchesOf()).length, 2);
  });
});
