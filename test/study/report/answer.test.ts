import { deepEqual, equal, match, ok } from "node:assert/strict";

import { drawPrimary } from "../../../lib/compare/figures/draw-primary";
import { answerOf } from "../../../lib/study/report/answer";
import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { readMaterial } from "../../../lib/study/report/material";
import { filledStudy, noEvaluation } from "../helpers";

describe("answerOf(material, evaluation)", () => {
  const made = filledStudy();

  it("is the verdict of the primary endpoint with its sentence, what both networks cost, and the figure of their difference", () => {
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(made.study, material, 100);
    const { value } = evaluation.primary;
    const { verdict, sentence, facts, figure } = answerOf(material, evaluation);
    equal(verdict, `ENAS against ${value!.reference.model}: ${value!.verdict}`);
    equal(`Primary endpoint: o${sentence.slice(1)}`, value!.sentence);
    const row = material.comparison.value!.rows.find(({ model }) => model === "ENAS")!;
    deepEqual(
      facts!.map(({ name }) => name),
      ["ENAS", value!.reference.model],
    );
    match(facts![0]!.value, /^accuracy \S+ \[/);
    ok(row.parameters === null || facts![0]!.value.endsWith(`${row.parameters.toLocaleString("en-US")} parameters`));
    deepEqual(figure!.figure, drawPrimary(value!), "the figure has the numbers of the sentence");
  });

  it("says what is missing where nothing was tested", () => {
    const answer = answerOf(readMaterial(made.study), noEvaluation);
    deepEqual(answer, { verdict: "Not there yet", sentence: "Nothing was tested.", facts: [], figure: null });
  });
});
