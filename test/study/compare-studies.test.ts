import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { comparePredictions } from "../../lib/compare/compare-predictions";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { compareStudies } from "../../lib/study/compare-studies";
import type { Study } from "../../lib/study/open-study";
import { readValidation } from "../../lib/validate/read-validation";
import { fastPlace } from "../helpers/run-folder";
import { readStanding } from "../../lib/study/standing-study";
import { fillSearches, fillValidation, smokeStudy } from "./helpers";

const options = { replicates: 100 };

describe("compareStudies(studies, options)", function () {
  this.timeout(300_000);
  let root = "";
  let [one, two]: string[] = [];
  before(async () => {
    root = mkdtempSync(join(fastPlace, "sononas test "));
    [one, two] = [join(root, "phantom-one"), join(root, "phantom-two")];
    await fill(one, {});
    await fill(two, { seeds: [2] });
  });
  after(() => {
    rmSync(root, { recursive: true, force: true });
  });

  async function fill(folder: string, changes: Partial<Study["settings"]>): Promise<void> {
    const opened = await smokeStudy(folder);
    const study = { ...opened, settings: { ...opened.settings, ...changes } };
    mkdirSync(folder);
    writeFileSync(
      join(folder, "study.json"),
      JSON.stringify({ settings: study.settings, dataHash: "a", sample: null }),
    );
    fillSearches(study);
    fillValidation(study);
  }

  const foundOf = (folder: string) => readValidation(join(folder, "validation", "found")).models[0]!.predictions;

  it("puts all networks into one table, with paired differences to the chosen one, as two by two they are", () => {
    const { table, models, settings, notices } = compareStudies([one!, two!], { ...options, reference: "phantom-two" });
    deepEqual(notices, []);
    deepEqual(
      table.slice(0, 2).map(({ model, study }) => [model, study]),
      [
        ["ENAS", "phantom-one"],
        ["ENAS", "phantom-two"],
      ],
    );
    equal(table.length, 8);
    equal(table[1]!["Δ AUC"], "the chosen one");
    // Independently: the two alone.
    const named = (folder: string, model: string) => ({ ...foundOf(folder), model });
    const { areaUnderCurve } = comparePredictions(named(two!, "two"), named(one!, "one"), options);
    const signed = areaUnderCurve.difference.estimate!;
    ok(String(table[0]!["Δ AUC"]).startsWith(`${signed < 0 ? "−" : "+"}${Math.abs(signed).toFixed(3)} [`));
    deepEqual(models[0]!.evaluation, evaluatePredictions(foundOf(one!), options));
    deepEqual(settings, [{ setting: "seeds", "phantom-one": "[1]", "phantom-two": "[2]" }]);
  });

  it("says so where a study stands alone", () => {
    const { table, notices, settings } = compareStudies([one!], options);
    deepEqual([table.length, settings], [4, []]);
    deepEqual(notices, ["phantom-one stands alone: no other study of the same images is done."]);
  });

  it("leaves out studies of other images, with a sentence, and keeps the rest", () => {
    const apart = join(root, "apart");
    mkdirSync(apart);
    const facts = { settings: readStanding(one!).settings, dataHash: "b", sample: null };
    writeFileSync(join(apart, "study.json"), JSON.stringify(facts));
    const { notices, table } = compareStudies([one!, two!, apart], options);
    match(notices.join(), /apart has no network|validation/);
    equal(table.length, 8);
  });

  it("refuses a chosen study that is not there, one that is named twice, and no study", () => {
    throws(() => compareStudies([one!], { reference: "bus-bra-quick" }), /"bus-bra-quick" is not among .*phantom-one/);
    throws(() => compareStudies([one!, one!]), /Two of the studies are called "phantom-one"/);
    throws(() => compareStudies([]), /no study to be compared/);
    throws(() => compareStudies([join(root, "nowhere")]), /nowhere has no study\.json/);
    throws(() => compareStudies([one!], { choice: 1 } as never), /choice/);
  });
});
