import { drawPrimary } from "../../compare/figures/draw-primary";
import { formatEstimate } from "../../evaluate/evaluation-table";
import type { ReportAnswer } from "../../report/report-contents";
import type { StudyEvaluation } from "./evaluated";
import { figureOf } from "./blocks";
import type { StudyMaterial } from "./material";

/** Writes what the report says first: the verdict of the primary endpoint, its sentence, and what the two networks are and cost. */
export function answerOf(material: StudyMaterial, { models, primary }: StudyEvaluation): ReportAnswer {
  const kept = material.comparison.value;
  if (primary.value === null) return { verdict: "Not there yet", sentence: primary.missing, facts: [], figure: null };
  const { found, reference, verdict, sentence } = primary.value;
  const facts = [found.model, reference.model].flatMap((model) => {
    const own = models.find(({ evaluation }) => evaluation.model === model);
    if (own === undefined) return [];
    const { accuracy } = own.evaluation.pooled.measures;
    const parameters = kept?.rows.find((row) => row.model === model)?.parameters ?? null;
    const size = parameters === null ? "" : `, ${parameters.toLocaleString("en-US")} parameters`;
    return [{ name: model, value: `accuracy ${formatEstimate(accuracy)}${size}` }];
  });
  return {
    verdict: `${found.model} against ${reference.model}: ${verdict}`,
    sentence: sentence.replace(/^Primary endpoint: (.)/, (_, first: string) => first.toUpperCase()),
    facts,
    figure: figureOf(
      drawPrimary(primary.value),
      "To the right of the line the found network is ahead, to the left it is behind; within the band it makes no difference.",
    ) as Extract<ReturnType<typeof figureOf>, { kind: "figure" }>,
  };
}
