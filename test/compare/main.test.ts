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
        { name: null, path: "results/x/enas.csv" },
        { name: "theirs", path: "a=b.csv" },
      ],
      seen: [],
      ...{ found: null, reference: null, margin: 0.02, replicates: 2000, seed: 1, json: true },
    });
    deepEqual(readEvaluateCommand(["a.csv", "--seen", "b.csv", "--seen", "ENAS=c.csv"])!.seen, [
      { name: null, path: "b.csv" },
      { name: "ENAS", path: "c.csv" },
    ]);
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
    files: paths.map((path) => ({ name: null, path })),
    ...{ seen: [], found: null, reference: null, margin: 0.01, replicates: 100, seed: 1, json: false },
    ...more,
  });

  it("tells what models lose on groups that were left out, and names a file of none of them", () => {
    const path = (name: string, draw: number, device: boolean, model = "ENAS") => {
      const { rows } = examplePredictions(model, { draw });
      const file = join(folder.path, name);
      const own = rows.filter(({ part }) => part === "test");
      const fold = (patient: string) => (Number(patient.slice(1)) < 20 ? "A" : "B");
      const set = { model, rows: own.map((row) => (device ? { ...row, fold: fold(row.patient!) } : row)) };
      publishPredictions(file, set);
      return { name: model, path: file };
    };
    const [seen, unseen] = [path("seen.csv", 1, false), path("unseen.csv", 2, true)];
    const told = evaluateFiles({ ...command([]), files: [unseen], seen: [seen] }).unseen;
    deepEqual(
      told.map(({ model, group, comparison }) => [model, group, comparison.unit]),
      [null, "A", "B"].map((group) => ["ENAS", group, "patients"]),
    );
    throws(
      () => evaluateFiles({ ...command([]), files: [unseen], seen: [path("other.csv", 1, false, "CNN")] }),
      /--seen has "CNN", which is none of the models: ENAS/,
    );
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

  it("takes the name that was given before the one in the file, of a file of one model", () => {
    const path = write("one.csv", "model,id,label,probability\nENAS,a,0,0.1\nENAS,b,1,0.7\n");
    equal(evaluateFiles({ ...command([]), files: [{ name: "ours", path }] }).evaluations[0]!.model, "ours");
    equal(evaluateFiles(command([path])).evaluations[0]!.model, "ENAS");
    const both = write("two.csv", "model,id,label,probability\nA,a,0,0.1\nB,a,0,0.2\nA,b,1,0.7\nB,b,1,0.7\n");
    throws(() => evaluateFiles({ ...command([]), files: [{ name: "ours", path: both }] }), {
      name: "Problem",
      message: /is named "ours" and holds 2 models: A, B/,
    });
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
      () => evaluateFiles(command([good], { reference: "good" })),
      /both the model that is judged and its reference/,
    );
    throws(() => evaluateFiles(command([join(folder.path, "absent.csv")])), { name: "Problem" });
    ok(evaluateFiles(command([good])).evaluations[0]!.patients.measures.areaUnderCurve.value === 1);
  });

  describe("with data that are as they should not be", () => {
    /** Two models of the same images, as tables: `[id, patient, label, fold]` and a score for each model. */
    const pair = (rows: readonly (readonly [string, string, 0 | 1, string])[], scores: (index: number, model: number) => number) => // prettier-ignore
      ["a", "b"].map((name, model) =>
        write(
          `${name}.csv`,
          ["id,patient,label,probability,fold", ...rows.map(([id, patient, label, fold], index) => `${id},${patient},${label},${scores(index, model)},${fold}`)].join("\n"),
        ),
      ); // prettier-ignore
    const judged = (rows: Parameters<typeof pair>[0], scores: Parameters<typeof pair>[1] = mixed) =>
      evaluateFiles(command(pair(rows, scores), { reference: "b", replicates: 50 }));
    /** Scores of which neither model is perfect, and that differ between models. */
    const mixed = (index: number, model: number) => Number((0.1 + (((index * (7 + 4 * model)) % 17) / 17) * 0.8).toFixed(3)); // prettier-ignore
    const usual = (
      change: (index: number) => Partial<Record<"patient" | "fold", string> & { label: 0 | 1 }> = () => ({}),
    ) =>
      Array.from({ length: 24 }, (_, index) => {
        const label: 0 | 1 = index % 3 === 0 ? 1 : 0;
        const own = { patient: `p${index}`, label, fold: `fold ${(index % 2) + 1}`, ...change(index) };
        const row: readonly [string, string, 0 | 1, string] = [`i${index}`, own.patient, own.label, own.fold];
        return row;
      });
    const allNumbers = (value: unknown): number[] =>
      typeof value === "number"
        ? [value]
        : typeof value === "object" && value !== null
          ? Object.values(value).flatMap((one) => allNumbers(one))
          : [];

    it("says which rule is taken for patients in two folds and for lesions of both classes", () => {
      const { primary } = judged(usual((index) => ({ patient: `p${Math.floor(index / 2)}` })));
      match(primary!.notes.join(" "), /12 of 12 patients are tested in several folds: each counts once in each/);
      match(primary!.notes.join(" "), /patients have benign and malignant images: they count as malignant/);
    });

    it("passes over folds with one class, and says so; without any other there is nothing to compare", () => {
      const one = judged(usual((index) => ({ fold: index < 12 ? `fold ${(index % 2) + 1}` : "fold 3", ...(index < 12 ? {} : { label: 0 }) }))); // prettier-ignore
      match(one.primary!.notes.join(" "), /Nothing can be compared in fold 3/);
      const fold = one.evaluations[0]!.folds.find((own) => own.fold === "fold 3")!;
      equal(fold.measures.areaUnderCurve.value, null);
      match(fold.measures.areaUnderCurve.reason!, /All \d+ cases are benign/);
      equal(fold.measures.sensitivity.value, null);
      throws(() => judged(usual((index) => ({ fold: index % 3 === 0 ? "fold 1" : "fold 2" }))), { name: "Problem" });
    });

    it("has no interval of one patient, and says why; two models cannot be compared by her", () => {
      const rows = usual(() => ({ patient: "her", fold: "fold 1" }));
      const [path] = pair(rows, mixed);
      const [evaluation] = evaluateFiles(command([path!], { replicates: 50 })).evaluations;
      const { brierScore } = evaluation!.pooled.measures;
      equal(brierScore.low, null);
      match(brierScore.reason!, /one patient only/);
      throws(() => judged(rows), { name: "Problem", message: /All 1 patients .* malignant; both classes are needed/ });
    });

    it("gives equal scores an area of a half that no sample changes, and no verdict but that both are the same", () => {
      const { evaluations, primary } = judged(usual(), () => 0.3);
      const { value, low, high } = evaluations[0]!.pooled.measures.areaUnderCurve;
      deepEqual([value, low ?? 0.5, high ?? 0.5], [0.5, 0.5, 0.5]);
      deepEqual([primary!.difference, primary!.verdict], [0, "equivalent within the margin"]);
      equal(evaluations[0]!.use.calibrationSlope.value, null);
      match(evaluations[0]!.use.notes.join(" "), /All probabilities are the same/);
    });

    it("gives no number that is none", () => {
      for (const one of [
        judged(usual()),
        judged(usual(), () => 0.3),
        judged(usual((index) => ({ patient: `p${Math.floor(index / 2)}` }))),
      ])
        ok(allNumbers(one).every((value) => !Number.isNaN(value)));
    });
  });
});
