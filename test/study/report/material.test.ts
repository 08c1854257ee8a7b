import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

import { readMaterial } from "../../../lib/study/report/material";
import { temporaryFolder } from "../../helpers/temporary";
import { filledStudy, smokeStudy } from "../helpers";

describe("readMaterial(study)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  it("reads all that the notebooks leave", () => {
    const material = readMaterial(made.study);
    const { searches, winner, found, handCrafted, comparison } = material;
    for (const part of [winner, found, handCrafted, comparison]) equal(part.missing, null);
    deepEqual(
      searches.map(({ name, seed, records, found: derived, control }) => [
        ...[name, seed, records.value!.epochs.length],
        ...[derived.value!.candidates.length, control.value!.candidates.length],
      ]),
      [
        ["ENAS", 1, 4, 4, 8],
        ["uniform policy", 1, 4, 4, 8],
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
    match(searches[0]!.found.missing!, /Run 04_derive_and_control/);
    match(winner.missing!, /no winner yet/);
    match(found.missing!, /^The found network has not .*05_train_the_winner/);
    match(handCrafted.missing!, /^The hand-crafted networks have not .*06_hand_crafted_networks/);
    match(comparison.missing!, /07_compare/);
  });

  it("refuses a comparison that was computed from other predictions, and believes one that does not say", () => {
    const file = made.study.path("claims.json");
    const text = readFileSync(file, "utf8");
    const { claims, computedFrom } = JSON.parse(text) as { claims: unknown; computedFrom: Record<string, string> };
    const missingWith = (hashes: Record<string, string> | undefined) => {
      writeFileSync(file, JSON.stringify({ claims, computedFrom: hashes }));
      const { missing } = readMaterial(made.study).comparison;
      writeFileSync(file, text);
      return missing;
    };
    equal(missingWith(computedFrom), null);
    equal(missingWith(undefined), null);
    match(
      missingWith({ ...computedFrom, CNN3: "0".repeat(64) })!,
      /^The comparison was computed from other predictions of CNN3 .*Run 07_compare again/,
    );
    const { CNN3: _, ...fewer } = computedFrom;
    match(missingWith(fewer)!, /^The comparison was computed without CNN3/);
  });

  it("does not take candidates of a derivation that was cut off", () => {
    rmSync(made.study.path("derive", "seed-1", "done.json"));
    match(readMaterial(made.study).searches[0]!.found.missing!, /is not done\. Run 04/);
  });
});
