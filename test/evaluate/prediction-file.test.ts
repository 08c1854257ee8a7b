import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, rmSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readPredictions, writePredictions } from "../../lib/evaluate/prediction-file";
import type { Prediction } from "../../lib/evaluate/predictions";
import { examplePredictions } from "./example";

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), "predictions-"))));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, "deep", "predictions.csv");

/** Rounds all numbers to float32, as a network gives them. */
const set = (() => {
  const { model, rows } = examplePredictions({ patients: 6 });
  return {
    model,
    rows: rows.map((row): Prediction => ({
      ...row,
      probability: Math.fround(row.probability),
      logit: Math.fround(row.logit!),
    })),
  };
})();

describe("writePredictions(path, set) and readPredictions(path, model)", () => {
  it("give back every float32, name and null", () => {
    const rows = set.rows.map((row, index): Prediction =>
      index % 2 === 0 ? row : { ...row, logit: null, id: `${row.id}, "odd"` },
    );
    writePredictions(file(), { ...set, rows });
    const back = readPredictions(file(), "example");
    deepEqual(
      back.rows.map(({ probability, logit }) => [Math.fround(probability), logit === null ? null : Math.fround(logit)]),
      rows.map(({ probability, logit }) => [probability, logit]),
    );
    const names = (list: readonly Prediction[]) => list.map((row) => ({ ...row, probability: 0, logit: null }));
    deepEqual(names(back.rows), names(rows));
    equal(back.model, "example");
  });

  it("write an unknown patient as an empty cell", () => {
    const rows = set.rows.map((row) => ({ ...row, patient: null }));
    writePredictions(file(), { ...set, rows });
    deepEqual(
      readPredictions(file(), "m").rows.map(({ patient }) => patient),
      rows.map(() => null),
    );
  });

  it("write a table that others can read", () => {
    const [row] = set.rows;
    const test: Prediction = { ...row!, probability: 0.5, logit: 0, part: "test" };
    writePredictions(file(), { model: "m", rows: [test, { ...test, id: "b", label: 0, patient: "q" }] });
    deepEqual(readFileSync(file(), "utf8").split("\n"), [
      "id,patient,label,probability,logit,fold,seed,part",
      "p2-0-0,p2-0,1,0.5,0,fold 1,1,test",
      "b,q,0,0.5,0,fold 1,1,test",
      "",
    ]);
  });

  it("name the row of a cell that cannot be read", () => {
    const write = (cells: string) => {
      writeFileSync(file(), `id,patient,label,probability,logit,fold,seed,part\na,,0,0.1,,f,1,test\n${cells}\n`);
    };
    for (const [cells, expected] of [
      ["b,,malignant,0.1,,f,1,test", /row 3: label is "malignant", expected 0 for benign or 1/],
      ["b,,2,0.1,,f,1,test", /row 3: label is "2"/],
      ["b,,1,,,f,1,test", /row 3: probability is "", expected a number from 0 to 1/],
      ["b,,1,1.5,,f,1,test", /row 3: probability is "1.5"/],
      ["b,,1,NaN,,f,1,test", /row 3: probability is "NaN"/],
      ["b,,1,0.5,x,f,1,test", /row 3: logit is "x"/],
      ["b,,1,0.5,,f,1.5,test", /row 3: seed is "1.5"/],
      ["b,,1,0.5,,f,1,train", /row 3: part is "train"/],
      [",,1,0.5,,f,1,test", /row 3: id is ""/],
      ["a,,0,0.5,,f,1,test", /the image "a" is predicted twice/],
    ] as const) {
      write(cells);
      throws(() => readPredictions(file(), "m"), expected);
    }
    throws(() => readPredictions(join(folder, "none.csv"), "m"), /none.csv/);
  });

  it("do not write what is not fit to be evaluated", () => {
    const rows = set.rows.map((row) => ({ ...row, probability: NaN }));
    throws(() => {
      writePredictions(file(), { ...set, rows });
    }, /is NaN/);
  });
});
