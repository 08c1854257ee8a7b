import { compareWithReader, suspicionOf } from "../../compare/reader";
import { readerTables } from "../../compare/reader-tables";
import type { ReportSection } from "../../report/report-contents";
import { attempt } from "../attempt";
import type { Study } from "../open-study";
import { paragraph, sectionOf, tableOf } from "./blocks";
import type { StudyEvaluation } from "./evaluated";

/** Writes how the networks stand beside the reader whose BI-RADS categories the set records; a sentence where it records none. */
export function describeReader(
  study: Pick<Study, "records">,
  { models }: Pick<StudyEvaluation, "models">,
  replicates: number,
): ReportSection {
  const title = "A reader beside the networks";
  if (!study.records.some(({ birads }) => suspicionOf(birads) !== null)) {
    return sectionOf("reader", title, [paragraph("The set records no BI-RADS category: there is no reader.", "small")]);
  }
  if (models.length === 0) {
    return sectionOf("reader", title, [paragraph("No network was tested. Run 05_train_the_winner.", "missing")]);
  }
  const { value, missing } = attempt(() =>
    compareWithReader(
      models.map(({ predictions }) => predictions),
      study.records,
      { replicates },
    ),
  );
  if (value === null) return sectionOf("reader", title, [paragraph(missing, "missing")]);
  const { areas, points, added } = readerTables(value);
  const { cases, malignant, undecided } = value;
  return sectionOf("reader", title, [
    value.notes.map((note) => paragraph(note, "caution")),
    tableOf(
      `Areas within folds over ${cases} patients, ${malignant} with a malignant lesion`,
      areas,
      `A patient counts with her highest category and the mean of her images. Category 4 alone, where a biopsy is decided on: ${undecided.cases} patients, ${undecided.malignant} with a malignant lesion. Intervals by Obuchowski's estimator, or DeLong's.`,
    ),
    tableOf(
      "At the reader's operating points: the network's sensitivity at his specificity, and its specificity at his sensitivity",
      points,
      "Intervals by bootstrap over patients within folds, of the differences too.",
    ),
    tableOf(
      "Whether a network adds to the reader",
      added,
      "Logistic models per patient: p by the ratio of likelihoods of category and network against the category alone; areas of models fitted on the other folds.",
    ),
  ]);
}
