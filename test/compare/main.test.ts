import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { evaluateFiles, readEvaluateCommand, type EvaluateCommand } from "../../lib/compare/main";
import { judgePrimary } from "../../lib/compare/primary-endpoint";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { publishPredictions } from "../../lib/evaluate/prediction-file";
import { temporaryFolder } from "../helpers/temporary";
import { examplePredictions } from "./example";

describe("readEvaluateCommand(parameters)", () => {
  it("takes files, with names or by theirs, and fills in what is left out", () => {
    deepEqual(readEvaluateCommand(["results/x/enas.csv", "theirs=a=b.csv", "--margin", "0.02", "--json"]), {
      files: [
        { name: "enas", path: "results/x/enas.csv" },
        { name: "theirs", path: "a=b.csv" },
      ],
      ...{ found: null, reference: null, margin: 0.02, replicates: 2000, seed: 1, json: true },
    });
    equal(readEvaluateCommand(["--help"]), null);
  });

  it("refuses no file, unknown options and numbers that are none", () => {
    throws(() => readEvaluateCommand([]), { name: "Problem", message: /No file/ });
    throws(() => readEvaluateCommand(["a.csv", "--margins", "1"]), { name: "Problem", message: /--margin/ });
    throws(() => readEvaluateCommand(["a.csv", "--margin", "much"]), { name: "Problem", message: /"much"/ });
    throws(() => readEvaluateCommand(["a.csv", "--seed", ""]), { name: "Problem" });
  });
});

describe("evaluateFiles(command)", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => {
    writeFileSync(join(folder.path, name), text);
    return join(folder.path, name);
  };
  const command = (paths: string[], more: Partial<EvaluateCommand> = {}): EvaluateCommand => ({
    files: paths.map((path) => ({ name: path.split("/").at(-1)!, path })),
    ...{ found: null, reference: null, margin: 0.01, replicates: 100, seed: 1, json: false },
    ...more,
  });

  it("gives from published files every number that the predictions themselves give", () => {
    const sets = [examplePredictions("ENAS", { seeds: [1, 2] }), examplePredictions("plain CNN", { draw: 2 })].map((set) => ({
      ...set,
      rows: set.rows.filter(({ part }) => part === "test").map((row) => ({ ...row, probability: Number(row.probability.toPrecision(9)) })),
    })); // prettier-ignore
    const paths = sets.map((set) => {
      const path = join(folder.path, `${set.model}.csv`);
      publishPredictions(path, set);
      return path;
    });
    const { evaluations, family, primary } = evaluateFiles(command(paths, { reference: "plain CNN" }));
    const options = { replicates: 100, seed: 1 };
    deepEqual(
      evaluations.map(({ pooled, patients }) => [pooled.measures.areaUnderCurve, patients.measures.accuracy]),
      sets.map((set) => {
        const { pooled, patients } = evaluatePredictions(set, options);
        return [pooled.measures.areaUnderCurve, patients.measures.accuracy];
      }),
    );
    equal(family!.reference, "ENAS");
    deepEqual(primary, judgePrimary(sets, { found: "ENAS", reference: "plain CNN" }));
  });

  it("takes a table of another program: three columns, semicolons, several models", () => {
    const rows = Array.from(
      { length: 40 },
      (_, index) => `x${index};${index % 2};${(index % 7) / 10 + 0.2 * (index % 2)}`,
    );
    const single = evaluateFiles(command([write("theirs", `id;label;probability\n${rows.join("\n")}\n`)]));
    equal(single.family, null);
    equal(single.primary, null);
    const [theirs] = single.evaluations;
    deepEqual([theirs!.model, theirs!.pooled.cases, theirs!.folds.length], ["theirs", 40, 1]);
    match(theirs!.notices.join(), /patient of 40 of 40 tested images is not known/);
    const two = rows.flatMap((row) => [`a;${row}`, `b;${row}`]);
    const several = evaluateFiles(command([write("both", `model;id;label;probability\n${two.join("\n")}\n`)]));
    deepEqual(several.evaluations.map(({ model }) => model), ["a", "b"]); // prettier-ignore
    equal(several.family!.members[0]!.comparison.overPatients!.accuracy.p, 1);
  });

  it("refuses a logit for a probability, a missing column, a model that is not there, and one held against itself", () => {
    const good = write("good.csv", "id,label,probability\na,0,0.1\nb,1,0.7\n");
    throws(
      () => evaluateFiles(command([write("logits.csv", "id,label,probability\na,0,-2.1\n")])),
      /row 2: probability is "-2.1"/,
    );
    throws(() => evaluateFiles(command([write("short.csv", "id,label\na,0\n")])), /probability/);
    throws(
      () => evaluateFiles(command([good], { reference: "none" })),
      /--reference is "none", which is none of the models: good/,
    );
    throws(
      () => evaluateFiles(command([good], { reference: "good.csv" })),
      /both the model that is judged and its reference/,
    );
    throws(() => evaluateFiles(command([join(folder.path, "absent.csv")])), { name: "Problem" });
    ok(evaluateFiles(command([good])).evaluations[0]!.patients.measures.areaUnderCurve.value === 1);
  });
});
