import { deepEqual, equal, throws } from "node:assert/strict";

import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { describeUnit, listUnits, readUnits, unitOf, writeUnits } from "../../lib/validate/units";
import { tinyModel } from "./helpers";

const fold = (name: string) => ({ name, train: ["a"], validation: [], test: ["b"] });
const split = { name: "3-fold", folds: ["fold 1", "fold 2", "fold 3"].map(fold) };
const models = [tinyModel, { ...tinyModel, name: "Other" }];

describe("listUnits(plan, split)", () => {
  it("lists every model on every fold with every seed once, numbered from 1, in folders of their own", () => {
    const units = listUnits({ folds: null, seeds: [1, 5], models }, split);
    equal(units.length, 12);
    deepEqual(
      units.map(({ number }) => number),
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    equal(new Set(units.map(describeUnit)).size, 12);
    equal(new Set(units.map(({ folder }) => folder)).size, 12);
    deepEqual(units[3], { number: 4, model: "Other", fold: "fold 2", seed: 1, folder: "units/other/fold-2-seed-1" });
    equal(units[6]!.seed, 5, "one seed after the other");
  });

  it("lists the chosen folds alone", () => {
    const units = listUnits({ folds: [3, 1], seeds: [1], models: [tinyModel] }, split);
    deepEqual(
      units.map((unit) => unit.fold),
      ["fold 3", "fold 1"],
    );
  });

  it("refuses folds that the split does not have", () => {
    throws(() => listUnits({ folds: [4], seeds: [1], models }, split), /asks for fold 4, but the split "3-fold" has 3/);
    const networkOfFold = { "fold 9": tinyModel.network };
    const plan = { folds: null, seeds: [1], models: [{ ...tinyModel, networkOfFold }] };
    throws(
      () => listUnits(plan, split),
      (error: unknown) => error instanceof WrongConfiguration && error.message.includes('"fold 9"'),
    );
  });
});

describe("writeUnits(units) and readUnits(text, path)", () => {
  const units = listUnits({ folds: null, seeds: [1], models }, split);

  it("are each other's inverse", () => {
    deepEqual(readUnits(writeUnits(units), "units.jsonl"), units);
  });

  it("refuse lines that are no units, cut ones, and such as lead elsewhere", () => {
    const text = writeUnits(units);
    const refused = [
      text.slice(0, -10),
      text.replace('"number":2', '"number":3'),
      text.replace("units/other/fold-1-seed-1", "../../other"),
      text.replace("units/other/fold-1-seed-1", "units/other/../x"),
      "null\n",
      "[]\n",
    ];
    for (const one of refused) throws(() => readUnits(one, "units.jsonl"), /units.jsonl, line \d is no unit/, one);
  });
});

describe("unitOf(units, number)", () => {
  it("finds a unit, and refuses a number that there is not as a wrong configuration", () => {
    const units = listUnits({ folds: null, seeds: [1], models }, split);
    equal(unitOf(units, 2), units[1]);
    for (const number of [0, 7, 1.5, NaN]) throws(() => unitOf(units, number), WrongConfiguration, String(number));
  });
});
