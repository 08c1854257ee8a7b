import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { readComparison } from "../../lib/compare/comparison-file";
import { readForeignPredictions, readPredictions } from "../../lib/evaluate/prediction-file";
import type { Study } from "../../lib/study/open-study";
import { mostPublishedBytes, publishResults } from "../../lib/study/publish-results";
import { temporaryFolder } from "../helpers/temporary";
import { fillStudy, smokeStudy } from "./helpers";

describe("publishResults(target, studies)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let study: Study;
  let target: string;
  beforeEach(async () => {
    study = await filled("phantom-smoke");
    target = join(folder.path, "published");
  });

  async function filled(name: string): Promise<Study> {
    const made = await smokeStudy(join(folder.path, name));
    fillStudy(made);
    writeFileSync(made.path("study.json"), JSON.stringify({ settings: made.settings }));
    return made;
  }

  it("writes the comparison, the settings, the searches and the architectures, and says which files it wrote", async () => {
    const written = await publishResults(target, [study.path()]);
    const short = written.map((file) => file.slice(target.length + 1));
    for (const name of ["study.json", "winner.json", "claims.json", "search/enas-seed-1-epochs.csv"])
      ok(short.includes(`phantom-smoke/${name}`), `${name} of ${short.join(", ")}`);
    for (const name of ["enas-seed-1-candidates", "uniform-seed-1-candidates", "random-seed-1"])
      ok(short.includes(`phantom-smoke/search/${name}.csv`), name);
    match(readFileSync(join(target, "phantom-smoke", "architectures", "found-seed-1.svg"), "utf8"), /^<svg/);
    deepEqual(readComparison(join(target, "comparison.csv")), readComparison(study.path("comparison.csv")));
    for (const file of written) ok(statSync(file).size <= mostPublishedBytes, file);
  });

  it("publishes what each model says of the tested images, from which its numbers can be computed again", async () => {
    const written = await publishResults(target, [study.path()]);
    const files = written.filter((file) => file.includes("/predictions/")).map((file) => basename(file));
    ok(files.includes("enas.csv") && files.includes("plain-cnn.csv"), files.join());
    const file = join(target, "phantom-smoke", "predictions", "enas.csv");
    match(readFileSync(file, "utf8"), /^model,id,patient,label,probability,fold,seed\nENAS,/);
    const [set] = readForeignPredictions(file, "?");
    equal(set!.model, "ENAS");
    const before = study.path("validation", "found", "units", "enas", "fold-1-seed-1", "predictions.csv");
    const tested = readPredictions(before, "ENAS").rows.filter(({ part }) => part === "test");
    deepEqual(
      set!.rows.filter(({ fold }) => fold === tested[0]!.fold).map(({ id, probability }) => [id, probability]),
      tested.map(({ id, probability }) => [id, probability]),
    );
  });

  it("publishes tables and drawings alone: nothing of weights or images, and no other file of predictions", async () => {
    writeFileSync(study.path("predictions.csv"), "id,probability\n");
    mkdirSync(study.path("figures"), { recursive: true });
    writeFileSync(study.path("figures", "lesion.png"), "an image");
    const written = await publishResults(target, [study.path()]);
    for (const file of written) match(file, /\.(csv|json|svg)$/);
    ok(!written.some((file) => file.endsWith("predictions.csv")));
    ok(!written.some((file) => file.includes("lesion")));
  });

  it("has every candidate with its scores, in the order of the derivation", async () => {
    await publishResults(target, [study.path()]);
    const text = readFileSync(join(target, "phantom-smoke", "search", "enas-seed-1-candidates.csv"), "utf8");
    const [head, ...rows] = text.trimEnd().split("\n");
    equal(
      head,
      "hash,parameters,multiply_adds,shared_weights_drawn,shared_weights_all,own_weights_accuracy,own_weights_auc",
    );
    equal(rows.length, 4);
    match(rows[0]!, /^[0-9a-f]{16,},5000,1000000,0\.7,/);
  });

  it("puts several studies into one table, and refuses two models that it could not tell apart", async () => {
    const other = (await filled("phantom-other")).path();
    await rejects(
      publishResults(target, [study.path(), other]),
      /Two studies have the model "ENAS" with the input 32x32x1/,
    );
    ok(!existsSync(join(target, "comparison.csv")), "nothing was written");
    const file = join(other, "comparison.csv");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("32x32x1", "32x32x3"));
    await publishResults(target, [study.path(), other]);
    const read = readComparison(join(target, "comparison.csv"));
    deepEqual(
      read.filter(({ model }) => model.startsWith("ENAS")).map(({ model, input }) => [model, input]),
      [
        ["ENAS, 32x32x1", "32x32x1"],
        ["ENAS, 32x32x3", "32x32x3"],
      ],
    );
    equal(read.length, 2 * readComparison(file).length);
    ok(existsSync(join(target, "phantom-other", "study.json")));
  });

  it("says what is missing of a study that is not at its end, and of a folder that is none", async () => {
    rmSync(study.path("comparison.csv"));
    await rejects(publishResults(target, [study.path()]), /has no comparison\.csv.*07_compare/s);
    await rejects(publishResults(target, []), /No study was named/);
  });

  it("refuses a file that is too large to be kept with the project", async () => {
    mkdirSync(study.path("tables"), { recursive: true });
    writeFileSync(study.path("tables", "all.csv"), "x".repeat(mostPublishedBytes + 1));
    await rejects(publishResults(target, [study.path()]), /all\.csv has 3\.1 MB/);
  });
});
