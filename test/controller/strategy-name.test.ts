import { deepEqual, equal, throws } from "node:assert/strict";

import { nameOfStrategy, slugOfStrategy, strategyName } from "../../lib/controller/strategy-name";
import { checkOptions } from "../../lib/runtime/options";

describe("nameOfStrategy(strategy) and slugOfStrategy(strategy)", () => {
  it("are the title and the kind of one that was given no name", () => {
    const told = ["enas", "uniform", "evolution"].map((kind) => [nameOfStrategy({ kind }), slugOfStrategy({ kind })]);
    deepEqual(told, [
      ["ENAS", "enas"],
      ["uniform policy", "uniform"],
      ["evolution", "evolution"],
    ]);
  });

  it("are made of the name that it was given", () => {
    const strategy = { kind: "evolution", name: "Evolution, größere Population (20)" };
    equal(nameOfStrategy(strategy), "Evolution, größere Population (20)");
    equal(slugOfStrategy(strategy), "evolution-gro-ere-population-20");
  });

  it("take one that the library does not have, from the record of another's search", () => {
    equal(nameOfStrategy({ kind: "hill-climb" }), "hill-climb");
    equal(nameOfStrategy({ kind: "hill-climb", name: "hill climbing" }), "hill climbing");
    equal(nameOfStrategy({ kind: "toString" }), "toString");
  });
});

describe("strategyName()", () => {
  it("takes what tables and folders can carry", () => {
    for (const name of [
      "ENAS",
      "a",
      "Évolution 2",
      "τ = 5".replace("=", "to"),
      "x".repeat(40),
      "it's 3×3 (new), +1_a-b.",
    ])
      equal(checkOptions("It", strategyName(), name), name);
  });

  it("refuses a name that is empty or cannot be used, in a sentence", () => {
    for (const name of ["", " ", " a", "a ", "-a", "a/b", "a\nb", "<b>", "x".repeat(41), "进化", "…", 3, null, ["a"]])
      throws(
        () => checkOptions("It", strategyName(), name),
        /^Problem: It is .*, expected a name of up to 40 letters/,
        String(name),
      );
  });
});
