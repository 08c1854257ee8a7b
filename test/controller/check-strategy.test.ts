import { deepEqual, equal, throws } from "node:assert/strict";

import * as v from "valibot";

import { definitionOf, strategySchema } from "../../lib/controller/check-strategy";
import { strategies } from "../../lib/controller/strategies";
import type { StrategyDefinition } from "../../lib/controller/strategy-definition";
import { checkOptions } from "../../lib/runtime/options";
import { climb } from "../helpers/climb";

const check = (given: unknown, own: StrategyDefinition | null = null) =>
  checkOptions("A search", v.strictObject({ strategy: strategySchema(own) }), { strategy: given }).strategy;

describe("strategySchema(own)", () => {
  it("fills in what is left out", () => {
    deepEqual(check({ kind: "evolution", tournament: 5 }), { kind: "evolution", population: 100, tournament: 5 });
    deepEqual(check({ kind: "uniform", name: "by chance" }), { kind: "uniform", name: "by chance" });
    deepEqual(check({ kind: "hill-climb" }, climb), { kind: "hill-climb", steps: 1 });
  });

  it("names the path of what is wrong, and the nearest option", () => {
    throws(
      () => check({ kind: "evolution", popluation: 3 }),
      /A search has no option "strategy.popluation" for kind "evolution"\. Did you mean "strategy.population"\?/,
    );
    throws(() => check({ kind: "enas", units: 0 }), /A search has strategy.units: 0, expected a whole number from 1/);
    throws(
      () => check({ kind: "hill-climb" }),
      /strategy.kind: "hill-climb", expected "enas", "uniform" or "evolution"/,
    );
  });

  it("refuses a name that is none, and one that another strategy has", () => {
    throws(() => check({ kind: "enas", name: "" }), /strategy.name: "", expected a name of up to 40 letters/);
    for (const name of ["ENAS", "enas", "Evolution", "hill climbing"])
      throws(() => check({ kind: "uniform", name }, climb), /expected a name that no other strategy has/, name);
    deepEqual(check({ kind: "uniform", name: "Uniform policy" }), { kind: "uniform", name: "Uniform policy" });
  });

  it("refuses a definition without a name, or with that of another", () => {
    for (const title of ["", " ", undefined, "…"])
      throws(
        () => check({ kind: "uniform" }, { ...climb, title: title! }),
        /One's own strategy (has|lacks) title/,
        title,
      );
    throws(
      () => strategySchema({ ...climb, title: "ENAS" }),
      /title: "ENAS", expected a name that no other strategy has/,
    );
    for (const kind of ["", "Hill", "a b", "../a", "enas"])
      throws(
        () => strategySchema({ ...climb, kind }),
        /One's own strategy has kind: .*, expected lower-case letters/,
        kind,
      );
  });
});

describe("definitionOf(kind, own)", () => {
  it("finds one of the library and one's own, and none else", () => {
    equal(definitionOf("enas", null), strategies.enas);
    equal(definitionOf("hill-climb", climb), climb);
    equal(definitionOf("hill-climb", null), undefined);
    equal(definitionOf("toString", null), undefined);
  });
});
