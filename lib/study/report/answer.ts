import { formatEstimate } from "../../evaluate/evaluation-table";
import type { ReportAnswer } from "../../report/report-contents";
import type { StudyEvaluation } from "./evaluated";
import { figureOf } from "./blocks";
import type { StudyMaterial } from "./material";

/** The kept figure that shows the answer: each model's difference to the found network, with its interval. */
const shownBy = "differences-area";

/** Writes what the report says first: the verdict of the primary endpoint, its sentence, and what the two networks are and cost. */
export function answerOf(material: StudyMaterial, { models, primary }: StudyEvaluation): ReportAnswer {
  const kept = material.comparison.value;
  const figure = kept?.figures.find(({ name }) => name === shownBy);
  const shown =
    figure === undefined
      ? null
      : figureOf(figure.figure, "To the left of the line the found network is ahead, to the right it is behind.");
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
    ...{ facts, figure: shown as Extract<typeof shown, { kind: "figure" }> },
  };
}
