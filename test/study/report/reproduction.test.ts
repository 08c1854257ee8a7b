import { deepEqual, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";

import { readRun } from "../../../lib/runs/read-run";
import { readMaterial } from "../../../lib/study/report/material";
import { describeReproduction } from "../../../lib/study/report/reproduction";
import { filledStudy, tableNamed, textsOf } from "../helpers";

describe("describeReproduction(study, material)", () => {
  const made = filledStudy();

  it("gives the command, seeds, hashes, the machine and the time", () => {
    const said = textsOf(describeReproduction(made.study, readMaterial(made.study)));
    match(said, /Command: npm run setup && npm run study -- --profile smoke --dataset phantom/);
    match(said, new RegExp(made.study.split.dataHash));
    match(said, /1 thread, CPU/);
    // 4 models, 2 folds, 1 seed, 4 seconds each.
    match(said, /8 units, 32s/);
  });

  it("lists every run with the hash of its outcome", () => {
    const { rows } = tableNamed(describeReproduction(made.study, readMaterial(made.study)), "Runs");
    deepEqual(
      rows.map(({ run }) => run),
      [
        ...["ENAS search, seed 1", "ENAS derivation, seed 1", "random control, seed 1"],
        ...["uniform search, seed 1", "uniform derivation, seed 1"],
      ],
    );
    equal(rows[0]!.outcome, readRun(made.study.path("search", "enas-seed-1")).outcome!.hash.slice(0, 16));
  });

  it("says which run is no longer as it was", () => {
    writeFileSync(made.study.path("derive", "seed-1", "candidates.json"), "[]");
    const section = describeReproduction(made.study, readMaterial(made.study));
    match(textsOf(section), /^caution: The run was done, and is no longer as it was/m);
    equal(tableNamed(section, "Runs").rows[1]!.done, "not done");
  });
});
