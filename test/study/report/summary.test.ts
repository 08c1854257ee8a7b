import { deepEqual, match, ok } from "node:assert/strict";
import { writeFileSync } from "node:fs";

import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { readMaterial } from "../../../lib/study/report/material";
import { summarise } from "../../../lib/study/report/summary";
import type { Study } from "../../../lib/study/open-study";
import { filledStudy, noEvaluation, smokeStudy, textsOf } from "../helpers";
import { temporaryFolder } from "../../helpers/temporary";

describe("summarise(study, material, evaluation)", () => {
  const made = filledStudy();
  /** Writes the study's file as `openStudy` does, or as earlier versions did. */
  const writeFacts = ({ path, settings }: Study, stated: boolean) => {
    const { primary, purpose: _, workers: __, ...others } = settings;
    const facts = {
      settings: stated ? { ...others, primary } : others,
      dataset: "phantom",
      dataHash: "",
      prepared: "",
    };
    writeFileSync(path("study.json"), JSON.stringify(facts));
  };
  const folder = temporaryFolder();

  it("states the claim of the paper with its interval: 1.96 standard errors of a share", () => {
    const [, question] = summarise(made.study, readMaterial(made.study), noEvaluation);
    match(textsOf(question!), /89\.3 %/);
    const half = (1.96 * Math.sqrt((0.893 * 0.107) / 524) * 100).toFixed(1);
    match(textsOf(question!), new RegExp(`± ${half.replace(".", "\\.")} points`));
  });

  it("begins with the primary endpoint, its power, and what it leaves out", () => {
    writeFacts(made.study, true);
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(made.study, material, 100);
    const [primary] = summarise(made.study, material, evaluation);
    const [first, facts, power, notes] = primary!.blocks;
    const { value } = evaluation.primary;
    deepEqual(first, { kind: "text", text: value!.sentence, tone: "plain" });
    match(value!.sentence, /^Primary endpoint: over \d+ patients.*within folds is .* for ENAS and .* for plain CNN/);
    ok(facts?.kind === "facts" && facts.facts[0]!.value === value!.verdict.toUpperCase());
    match(JSON.stringify(power), /with a power of 80 %.*Patients that would be needed/);
    match(JSON.stringify(notes), /One seed of plain CNN and of ENAS/);
    match(textsOf(primary!), /Asked beforehand/);
  });

  it("repeats what the patients could show beforehand, as the study's file has it", () => {
    const settings = (({ purpose: _, workers: __, ...others }) => others)(made.study.settings);
    const [dataHash, prepared] = ["", ""];
    const { power } = made.study;
    ok(power.value!.patients > 50 && power.value!.detectable > 0.01);
    writeFileSync(
      made.study.path("study.json"),
      JSON.stringify({ settings, dataset: "phantom", dataHash, prepared, power: power.value }),
    );
    for (const evaluation of [evaluateStudy(made.study, readMaterial(made.study), 100), noEvaluation]) {
      const [primary] = summarise(made.study, readMaterial(made.study), evaluation);
      match(textsOf(primary!), /What it can show, before anything is trained: \d+ patients[\s\S]*primary\.expected/);
    }
  });

  it("says of a study of an earlier version that its endpoint was not stated beforehand", () => {
    writeFacts(made.study, false);
    const material = readMaterial(made.study);
    const [primary] = summarise(made.study, material, evaluateStudy(made.study, material, 100));
    match(textsOf(primary!), /began before its file stated a primary endpoint/);
  });

  it("shows every verdict, and the best hand-crafted network beside the found one", () => {
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(made.study, material, 100);
    const [, , summary] = summarise(made.study, material, evaluation);
    const facts = summary!.blocks.flatMap((block) => (block.kind === "facts" ? block.facts : []));
    const { claims } = material.comparison.value!;
    deepEqual(
      facts.slice(2).map(({ name, value }) => [name, String(value).split(":")[0]]),
      claims.map(({ point, verdict }) => [point, verdict.toUpperCase()]),
    );
    const area = (name: string) =>
      evaluation.models.find(({ predictions }) => predictions.model === name)!.evaluation.pooled.measures.areaUnderCurve
        .value!;
    const best = area("plain CNN") >= area("CNN3") ? "plain CNN" : "CNN3";
    match(textsOf(summary!), new RegExp(`Best hand-crafted network by AUC: ${best}: accuracy`));
  });

  it("says what to run where nothing was compared", async () => {
    const study = await smokeStudy(folder.path);
    writeFacts(study, true);
    const [primary, , summary] = summarise(study, readMaterial(study), noEvaluation);
    match(textsOf(primary!), /^missing: The primary endpoint is not there yet\. Nothing was tested/m);
    match(textsOf(primary!), /kept in study\.json: .* difference to plain CNN; a margin of 0\.01/);
    match(textsOf(summary!), /^missing: .*07_compare/m);
    match(textsOf(summary!), /^missing: .*05_train_the_winner/m);
    match(textsOf(summary!), /Found network: not tested yet/);
  });
});
