import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { comparisonColumns, readComparison, writeComparison } from "../../lib/compare/comparison-file";
import { temporaryFolder } from "../helpers/temporary";
import { rowOf, trivialRow } from "./rows";

const header =
  "model,kind,input,parameters,multiply_adds,accuracy,accuracy_low,accuracy_high,balanced_accuracy,sensitivity,specificity,f1,auc,auc_low,auc_high,latency_ms,train_seconds";

describe("writeComparison(path, rows) and readComparison(path)", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, "comparison.csv");
  const rows = [rowOf("found, of 5", { kind: "found", latencyMs: 1.25 }), trivialRow("always benign")];

  it("write the columns that readers rely on, with empty cells", () => {
    writeComparison(file(), rows);
    const lines = readFileSync(file(), "utf8").split("\n");
    equal(lines[0], header);
    equal(comparisonColumns.join(), header);
    equal(lines[1], '"found, of 5",found,64x64x1,1000,20000,0.8,0.7,0.9,0.79,0.78,0.8,0.75,0.88,0.84,0.91,1.25,100');
    equal(lines[2], "always benign,trivial,,,,0.72,0.7,0.9,0.79,0.78,0.8,0.75,0.88,0.84,0.91,,");
    equal(lines.length, 4);
  });

  it("give back what was written, large counts too", () => {
    const written = [...rows, rowOf("VGG16", { multiplyAdds: 15_470_264_320, f1: null })];
    writeComparison(file(), written);
    deepEqual(readComparison(file()), written);
  });

  it("have columns of how models were tuned behind the others, where one was", () => {
    const tuned = { recipes: 8, recipe: "rate 0.05, decay 0, none (fold 1)", tuneSeconds: 12.5 };
    const written = [rowOf("found", tuned), trivialRow("always benign")];
    writeComparison(file(), written);
    const lines = readFileSync(file(), "utf8").split("\n");
    equal(lines[0], `${header},recipes,tune_seconds,recipe`);
    ok(lines[1]!.endsWith(',100,8,12.5,"rate 0.05, decay 0, none (fold 1)"'));
    ok(lines[2]!.endsWith(",,,,"));
    deepEqual(readComparison(file()), written);
    writeFileSync(file(), readFileSync(file(), "utf8").replace(",8,12.5,", ",many,12.5,"));
    throws(() => readComparison(file()), /row 2: recipes is "many", expected a whole number/);
    throws(() => {
      writeComparison(file(), [rowOf("m", { recipes: 1.5 })]);
    }, /recipes is "1.5", expected a whole number/);
  });

  it("refuse to write what cannot be", () => {
    const refused = (change: Parameters<typeof rowOf>[1], message: RegExp) => {
      throws(() => {
        writeComparison(file(), [rowOf("m", change)]);
      }, message);
    };
    refused({ accuracy: 1.2 }, /Model 1: accuracy is "1.2", expected a number from 0 to 1/);
    refused({ latencyMs: NaN }, /latency_ms is "NaN"/);
    refused({ parameters: 1.5 }, /parameters is "1.5", expected a whole number/);
    refused({ trainSeconds: Infinity }, /train_seconds is "Infinity"/);
    refused({ accuracyLow: 0.85 }, /accuracy is 0.8, not within its interval from 0.85 to 0.9/);
    refused({ areaHigh: null }, /auc_low and auc_high some are missing/);
    refused({ input: "64" }, /input is "64"/);
    refused({ model: " " }, /no name/);
    throws(() => {
      writeComparison(file(), []);
    }, /no model/);
  });

  it("refuse to read what cannot be, and name the row", () => {
    const line = "m,found,64x64x1,1000,20000,0.8,0.7,0.9,0.79,0.78,0.8,0.75,0.88,0.84,0.91,1.25,100";
    const refused = (text: string, message: RegExp) => {
      writeFileSync(file(), text);
      throws(() => readComparison(file()), message);
    };
    refused(`${header}\n${line.replace("0.79", "good")}\n`, /row 2: balanced_accuracy is "good", expected a number/);
    refused(`${header}\n${line}\n${line.replace("found", "searched")}\n`, /row 3: kind is "searched"/);
    refused(`${header}\n${line}\n${line}\n`, /row 3: the model "m" stands there twice/);
    refused(`${header.replace(",auc,", ",AUC,")}\n${line}\n`, /no column "auc"/);
  });
});
