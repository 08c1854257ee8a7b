import { deepEqual, equal, match } from "node:assert/strict";
import { rmSync } from "node:fs";

import { readSearches } from "../../lib/study/study-searches";
import { filledStudy } from "./helpers";

describe("readSearches(study)", () => {
  const made = filledStudy();

  it("reads the study's own searches and the uniform one beside them, each with its derivation and control", () => {
    const searches = readSearches(made.study);
    deepEqual(
      searches.map(({ name, slug, seed, own }) => [name, slug, seed, own]),
      [
        ["ENAS", "enas", 1, true],
        ["uniform policy", "uniform", 1, false],
      ],
    );
    for (const { records, found, control } of searches)
      deepEqual(
        [records.value!.epochs.length, found.value!.candidates.length, control.value!.candidates.length],
        [4, 4, 8],
      );
  });

  it("has no uniform search beside one that is uniform itself, and looks for others under their names", () => {
    const { settings } = made.study;
    const by = (kind: "uniform" | "evolution") =>
      ({
        ...made.study,
        settings: {
          ...settings,
          search: { ...settings.search, options: { ...settings.search.options, strategy: { kind } } },
        },
      }) as typeof made.study;
    deepEqual(
      readSearches(by("uniform")).map(({ name, own, found }) => [name, own, found.missing]),
      [["uniform policy", true, null]],
    );
    const [evolution] = readSearches(by("evolution"));
    match(evolution!.records.missing!, /^The evolution search with the seed 1 is missing\. Run 03_enas_search/);
  });

  it("says of each part that is not done what to run", () => {
    rmSync(made.study.path("derive", "seed-1", "done.json"));
    rmSync(made.study.path("control"), { recursive: true });
    const [first] = readSearches(made.study);
    equal(
      first!.found.missing,
      "The winner of the ENAS search with the seed 1 is not done. Run 04_derive_and_control.",
    );
    match(first!.control.missing!, /^The random control of the seed 1 is missing\. Run 04/);
  });
});
