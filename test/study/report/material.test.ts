import { deepEqual, equal, match, throws } from "node:assert/strict";
import { rmSync } from "node:fs";

import { Problem } from "../../../lib/runtime/problem";
import { attempt, readMaterial } from "../../../lib/study/report/material";
import { temporaryFolder } from "../../helpers/temporary";
import { filledStudy, smokeStudy } from "../helpers";

describe("readMaterial(study)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  it("reads all that the notebooks leave", () => {
    const material = readMaterial(made.study);
    const { searches, uniform, winner, found, handCrafted, comparison } = material;
    for (const part of [winner, found, handCrafted, comparison]) equal(part.missing, null);
    deepEqual(
      [...searches, uniform].map(({ name, seed, records, candidates, control }) => [
        ...[name, seed, records.value!.epochs.length, candidates.value!.length, control.value!.length],
      ]),
      [
        ["ENAS", 1, 4, 4, 8],
        ["uniform", 1, 4, 4, 8],
      ],
    );
    deepEqual(
      found.value!.models.map(({ model }) => model.name),
      ["ENAS", "random 1"],
    );
  });

  it("says of each part that is missing which notebook writes it", async () => {
    const { searches, winner, found, handCrafted, comparison } = readMaterial(await smokeStudy(folder.path));
    match(searches[0]!.records.missing!, /ENAS search with the seed 1 is missing\. Run 03_enas_search/);
    match(searches[0]!.candidates.missing!, /Run 04_derive_and_control/);
    match(winner.missing!, /no winner yet/);
    match(found.missing!, /^The found network has not .*05_train_the_winner/);
    match(handCrafted.missing!, /^The hand-crafted networks have not .*06_hand_crafted_networks/);
    match(comparison.missing!, /07_compare/);
  });

  it("does not take candidates of a derivation that was cut off", () => {
    rmSync(made.study.path("derive", "seed-1", "done.json"));
    match(readMaterial(made.study).searches[0]!.candidates.missing!, /is not done\. Run 04/);
  });
});

describe("attempt(read)", () => {
  it("gives the value, or what a problem says; other errors are not the folder's and go on", () => {
    deepEqual(
      attempt(() => 3),
      { value: 3, missing: null },
    );
    deepEqual(
      attempt(() => {
        throw new Problem("It is gone.", "Run it.");
      }),
      { value: null, missing: "It is gone. Run it." },
    );
    throws(
      () =>
        attempt(() => {
          throw new TypeError("a mistake");
        }),
      TypeError,
    );
  });
});
