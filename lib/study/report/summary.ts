import { formatProbability } from "../../compare/compare-all";
import { formatSigned } from "../../compare/format-difference";
import { formatEstimate } from "../../evaluate/evaluation-table";
import type { ReportSection } from "../../report/report-contents";
import { attempt } from "../attempt";
import type { Study } from "../open-study";
import { tellPower } from "../planned-power";
import { statesPrimary } from "../primary";
import { readFacts } from "../study-facts";
import { factsOf, paragraph, sectionOf } from "./blocks";
import type { StudyEvaluation } from "./evaluated";
import type { StudyMaterial } from "./material";

/** What the study asks, and of whom the claim is. */
const claim =
  "Ahmed, Du and AlZoubi (MIDL 2020, arXiv 2005.13695) report that networks found by ENAS classify breast lesions in ultrasound images with an average accuracy of 89.3 %, surpassing hand-crafted networks, and that they are simpler and more efficient. Their 524 images are private, and folds, input size and baselines are not public. This study asks the same question with controls and intervals";

/** On which images: whether others can have them, too, decides what the answer is worth to them. */
function askedOn({ set, records }: Pick<Study, "set" | "records">): string {
  if (records.some(({ synthetic }) => synthetic === true))
    return "on computed images: it shows that everything works, and says nothing about patients.";
  if (set.access.kind === "own files")
    return `on images of its own (${set.title}), which others cannot have unless their owner gives them.`;
  return `on images that others can have, too: ${set.title}.`;
}

/** Of an accuracy of .893 on 524 images, each tested once: 1.96 √(p (1 - p) / n). */
const paperNote =
  "With 524 images tested once each, 89.3 % has a 95 % interval of about ± 2.6 points. A number of another data set does not stand beside it.";

/** Writes what the primary endpoint says, what is asked, and what else held and what did not. */
export function summarise(
  study: Pick<Study, "settings" | "found" | "path" | "set" | "records">,
  material: StudyMaterial,
  evaluation: StudyEvaluation,
): ReportSection[] {
  const { models } = evaluation;
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
    describePrimary(study, evaluation),
    sectionOf("question", "The question", [
      paragraph(`${claim}, ${askedOn(study)}`),
      paragraph(paperNote, "small"),
      factsOf({ Profile: purpose }),
    ]),
    sectionOf("summary", "Secondary: what else held, and what did not", [
      paragraph(
        "All of this is secondary to the primary endpoint: it was looked at beside it, by other measures and against other models.",
        "small",
      ),
      factsOf({ "Found network": line(found), "Best hand-crafted network by AUC": line(best) }),
      claims.length > 0
        ? [
            paragraph("The claim of the paper, point by point, by accuracy as it states: the found network"),
            factsOf(Object.fromEntries(claims.map(({ point, verdict, because }) => [point, tell(verdict, because)]))),
            paragraph('"Cannot be told" is not the same as no: numbers are missing or too unsure.', "small"),
          ]
        : paragraph(material.comparison.missing ?? "The claim has not been judged yet. Run 07_compare.", "missing"),
      found === undefined &&
        paragraph(material.found.missing ?? material.found.value.missing ?? "No network was tested.", "missing"),
    ]),
  ];
}

/** Writes the primary endpoint: the report's first sentence, from which its verdict follows. */
function describePrimary(
  study: Pick<Study, "settings" | "found" | "path">,
  { primary }: Pick<StudyEvaluation, "primary">,
): ReportSection {
  const { reference, margin } = study.settings.primary ?? {};
  const asked = `Asked beforehand, and kept in study.json: the area under the curve per patient (the mean over her images), compared within folds; its difference to ${reference ?? "the reference"}; a margin of ${String(margin)}.`;
  const later =
    "This study began before its file stated a primary endpoint: the endpoint was chosen when results could be known, and confirms nothing by itself.";
  const stated = attempt(() => statesPrimary(study)).value === true;
  const power = attempt(() => readFacts(study)).value?.power ?? null;
  const planned = power === null ? [] : [{ kind: "list" as const, points: tellPower({ value: power, missing: null }) }];
  if (primary.value === null) {
    return sectionOf("primary", "Primary endpoint", [
      paragraph(`The primary endpoint is not there yet. ${primary.missing}`, "missing"),
      paragraph(stated ? asked : later, stated ? "small" : "caution"),
      ...planned,
    ]);
  }
  const { sentence, verdict, p, equivalence, power: measured, notes, patients } = primary.value;
  const share = (value: number) => `${Math.round(100 * value)} %`;
  const many = (times: number) => Math.ceil(times * patients).toLocaleString("en-US");
  return sectionOf("primary", "Primary endpoint", [
    paragraph(sentence),
    factsOf({
      Verdict: verdict.toUpperCase(),
      "p of no difference": formatProbability(p),
      [`p of a difference of ${String(margin)} or more`]: formatProbability(equivalence?.p ?? null),
      "90 % interval for equivalence":
        equivalence === null ? null : `${formatSigned(equivalence.low)} to ${formatSigned(equivalence.high)}`,
    }),
    measured !== null &&
      factsOf({
        "Power, as it came out": `a difference of ${measured.detectable.toFixed(3)} with a power of ${share(measured.asked)}; one of ${String(margin)} with ${share(measured.powerAtMargin)}; equivalence, where there is no difference, with ${share(measured.powerOfEquivalence)}`,
        "Patients that would be needed": `${many(measured.casesForMargin)} for a difference of ${String(margin)}, ${many(measured.casesForEquivalence)} for equivalence`,
      }),
    { kind: "list", points: notes },
    paragraph('"Cannot be told" is not "equivalent": the second is shown, the first is open.', "small"),
    paragraph(stated ? asked : later, stated ? "small" : "caution"),
    ...planned,
  ]);
}

const areaOf = (evaluation: StudyEvaluation["models"][number]["evaluation"]) =>
  evaluation.pooled.measures.areaUnderCurve.value;

const tell = (verdict: string, because: string) => `${verdict.toUpperCase()}: ${because}`;
