import { formatEstimate } from "../../evaluate/evaluation-table";
import type { ReportSection } from "../../report/report-contents";
import type { Study } from "../open-study";
import { factsOf, paragraph, sectionOf } from "./blocks";
import type { StudyEvaluation } from "./evaluated";
import type { StudyMaterial } from "./material";

/** What the study asks, and of whom the claim is. */
const claim =
  "Ahmed, Du and AlZoubi (MIDL 2020, arXiv 2005.13695) report that networks found by ENAS classify breast lesions in ultrasound images with an average accuracy of 89.3 %, surpassing hand-crafted networks, and that they are simpler and more efficient. Their 524 images are private, and folds, input size and baselines are not public. This study asks the same question with open data, controls and intervals.";

/** Of an accuracy of .893 on 524 images, each tested once: 1.96 √(p (1 - p) / n). */
const paperNote =
  "With 524 images tested once each, 89.3 % has a 95 % interval of about ± 2.6 points. A number of another data set does not stand beside it.";

/** Writes what is asked, and what held and what did not. */
export function summarise(
  study: Pick<Study, "settings">,
  material: StudyMaterial,
  { models }: StudyEvaluation,
): ReportSection[] {
  const claims = material.comparison.value?.claims ?? [];
  const { purpose } = study.settings;
  const found = models.find(({ kind }) => kind === "found");
  const best = [...models]
    .filter(({ kind }) => kind === "hand-crafted")
    .sort((a, b) => (areaOf(b.evaluation) ?? 0) - (areaOf(a.evaluation) ?? 0))[0];
  const line = (one: typeof found) =>
    one === undefined
      ? "not tested yet"
      : `${one.evaluation.model}: accuracy ${formatEstimate(one.evaluation.pooled.measures.accuracy)}, AUC ${formatEstimate(one.evaluation.pooled.measures.areaUnderCurve)}`;
  return [
    sectionOf("question", "The question", [
      paragraph(claim),
      paragraph(paperNote, "small"),
      factsOf({ Profile: purpose }),
    ]),
    sectionOf("summary", "Summary: what held, and what did not", [
      factsOf({ "Found network": line(found), "Best hand-crafted network by AUC": line(best) }),
      claims.length > 0
        ? [
            paragraph("The claim, point by point: the found network"),
            factsOf(Object.fromEntries(claims.map(({ point, verdict, because }) => [point, tell(verdict, because)]))),
            paragraph('"Cannot be told" is not the same as no: numbers are missing or too unsure.', "small"),
          ]
        : paragraph(material.comparison.missing ?? "The claim has not been judged yet. Run 07_compare.", "missing"),
      found === undefined &&
        paragraph(material.found.missing ?? material.found.value.missing ?? "No network was tested.", "missing"),
    ]),
  ];
}

const areaOf = (evaluation: StudyEvaluation["models"][number]["evaluation"]) =>
  evaluation.pooled.measures.areaUnderCurve.value;

const tell = (verdict: string, because: string) => `${verdict.toUpperCase()}: ${because}`;
