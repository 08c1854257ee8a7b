import { deepEqual, match } from "node:assert/strict";

import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { readMaterial } from "../../../lib/study/report/material";
import { summarise } from "../../../lib/study/report/summary";
import { filledStudy, smokeStudy, textsOf } from "../helpers";
import { temporaryFolder } from "../../helpers/temporary";

describe("summarise(study, material, evaluation)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  it("states the claim of the paper with its interval: 1.96 standard errors of a share", () => {
    const [question] = summarise(made.study, readMaterial(made.study), { models: [], family: null, notices: [] });
    match(textsOf(question!), /89\.3 %/);
    const half = (1.96 * Math.sqrt((0.893 * 0.107) / 524) * 100).toFixed(1);
    match(textsOf(question!), new RegExp(`± ${half.replace(".", "\\.")} points`));
  });

  it("shows every verdict, and the best hand-crafted network beside the found one", () => {
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(made.study, material, 100);
    const [, summary] = summarise(made.study, material, evaluation);
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
    const [, summary] = summarise(study, readMaterial(study), { models: [], family: null, notices: [] });
    match(textsOf(summary!), /^missing: .*07_compare/m);
    match(textsOf(summary!), /^missing: .*05_train_the_winner/m);
    match(textsOf(summary!), /Found network: not tested yet/);
  });
});
