import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { rmSync } from "node:fs";

import { judgeSearch } from "../../../lib/derive/judge-search";
import { createRandom } from "../../../lib/runtime/random";
import { readMaterial } from "../../../lib/study/report/material";
import { describeSearch } from "../../../lib/study/report/search-section";
import { filledStudy, tableNamed, textsOf } from "../helpers";

describe("describeSearch(study, material)", () => {
  const made = filledStudy();

  it("shows curves and choices, the controls, and draws the winner", async () => {
    const said = textsOf(await describeSearch(made.study, readMaterial(made.study)));
    for (const title of [
      "ENAS search, seed 1",
      "Choices, seed 1",
      "Scored architectures",
      "Uniform policy search, seed 1",
    ])
      match(said, new RegExp(`^figure: ${title}`, "m"));
    match(said, /^drawing: Micro architecture/m);
    doesNotMatch(said, /^missing:/m);
  });

  it("judges every search, the uniform one too, with the numbers that 04_derive_and_control prints", async () => {
    const material = readMaterial(made.study);
    const section = await describeSearch(made.study, material);
    const { rows } = tableNamed(section, "What each search was worth");
    const { found: own, control: drawn } = material.searches[0]!;
    const random = createRandom(1).split("judge").split(1);
    const { gain, found } = judgeSearch(own.value!.candidates, drawn.value!.candidates, random);
    deepEqual(
      rows.map(({ search }) => search),
      ["ENAS", "uniform policy"],
    );
    equal(rows[0]!["mean, found"], Number(found.mean.toFixed(3)));
    const [middle, low, high] = [gain.value, gain.low!, gain.high!].map((number) => number.toFixed(3));
    equal(rows[0]!["gain [95 %]"], `${middle} [${low}, ${high}]`);
    match(JSON.stringify(tableNamed(section, "How well the order")), /Kendall τ/);
    match(textsOf(section), /ENAS, seed 1: Found and random architectures were judged/);
  });

  it("shows a search that was cut off as far as it went, and says so", async () => {
    rmSync(made.study.path("search", "enas-seed-1", "done.json"));
    const said = textsOf(await describeSearch(made.study, readMaterial(made.study)));
    match(said, /^missing: The ENAS search, seed 1 is not done: 4 of 4 epochs/m);
    match(said, /^figure: ENAS search, seed 1/m);
  });
});
