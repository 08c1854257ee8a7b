import * as v from "valibot";

import type { ReportContents } from "../report/report-contents";
import { withStills } from "../report/draw-stills";
import { writeReport } from "../report/write-report";
import { systemClock, type Clock } from "../runtime/environment";
import { flag, listOf, nullable, passed, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { placeOf } from "./layout";
import type { Study } from "./open-study";
import { answerOf } from "./report/answer";
import { describeBeside } from "./report/beside-section";
import { describeComparison } from "./report/comparison-section";
import { describeData } from "./report/data-section";
import { describeErrors, describeSubgroups } from "./report/error-section";
import { evaluateStudy } from "./report/evaluated";
import { withKept } from "./report/kept-blocks";
import { describeExternal } from "./report/external-section";
import { describeLimits } from "./report/limits";
import { readMaterial } from "./report/material";
import { listReportingItems } from "./report/reporting-items";
import { describeReader } from "./report/reader-section";
import { describeReproduction } from "./report/reproduction";
import { describeSearch } from "./report/search-section";
import { checkStatements, type AuthorStatements } from "./report/statements";
import { summarise } from "./report/summary";
import { describeTraining } from "./report/training-section";

const reportOptions = v.strictObject({
  /** What only the author can say; default: nothing, and the report says that it is not reported. */
  statements: v.optional(passed<Partial<AuthorStatements>>("the author's statements"), {}),
  /**
   * How many of the found network's worst errors are shown as pictures, from 0; default: 0. Whoever gets the report gets the
   * pictures: the licence of the data set must allow it.
   */
  images: v.optional(wholeNumber(), 0),
  /** How often patients are resampled for intervals that `07_compare` has not kept, from 100; default: 2000. */
  replicates: v.optional(wholeNumber({ from: 100 }), 2000),
  /**
   * Other studies of the same images that stand beside this one, in a section of their own: their folders, or the names of these in
   * `results`. Default: none.
   */
  beside: v.optional(listOf(text("a study"), { different: true }), []),
  /**
   * Whether each figure is also there as a picture, for viewers that run no script, and for paper: some seconds, where there is a Chromium.
   * Default: true.
   */
  stills: v.optional(flag(), true),
  /** The file; default: null, `report.html` in the study's folder. */
  file: v.optional(nullable(text("a file")), null),
  /** Tells the time; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
});

/**
 * How a study's report is made.
 *
 * @interface
 */
export type StudyReportOptions = v.InferOutput<typeof reportOptions>;

/** A report that was written. */
export interface WrittenReport {
  readonly file: string;
  readonly bytes: number;
  readonly contents: ReportContents;
}

/**
 * Writes the report of a study, from its folder alone: question, what held and what did not, data, search, training, comparison,
 * subgroups, errors, limits, and how to do it again. What the folder does not hold yet is a sentence in the report that names the
 * notebook to run.
 *
 * @throws {Problem} Where an option is unknown or out of range, or the file cannot be written.
 */
export async function reportStudy(study: Study, options: Partial<StudyReportOptions> = {}): Promise<WrittenReport> {
  const settings = checkOptions("reportStudy", reportOptions, options);
  const file = settings.file ?? placeOf(study, "report");
  const composed = await composeReport(study, settings);
  const contents = settings.stills ? await withStills(composed) : composed;
  return { file, bytes: writeReport(file, contents), contents };
}

async function composeReport(study: Study, options: StudyReportOptions): Promise<ReportContents> {
  const { images, replicates, clock, beside } = options;
  const statements = checkStatements(options.statements);
  const material = readMaterial(study);
  const evaluation = evaluateStudy(study, material, replicates);
  const synthetic = study.records.some((record) => record.synthetic === true);
  const warnings = [
    ...(study.settings.results ? [] : [`Profile ${study.profile}: numbers are not results`]),
    ...(synthetic ? ["synthetic images"] : []),
  ];
  return {
    title: `Breast-ultrasound networks found by search: ${study.name}`,
    subtitle: `A study of a diagnostic model on ${study.dataset}, profile ${study.profile}${statements.authors === null ? "" : `. ${statements.authors}`}`,
    ribbon: warnings.length === 0 ? null : warnings.join(" · "),
    made: clock.now(),
    answer: answerOf(material, evaluation),
    sections: withKept(
      [
        ...summarise(study, material, evaluation),
        describeData(study),
        await describeSearch(study, material),
        describeTraining(study, material),
        describeComparison(study, material, evaluation),
        ...(beside.length === 0 ? [] : [describeBeside(study, beside, replicates)]),
        describeReader(study, evaluation, replicates),
        await describeExternal(study, images),
        describeSubgroups(study, material, evaluation, replicates),
        await describeErrors(study, evaluation, images),
        describeLimits(study, evaluation),
        describeReproduction(study, material),
        listReportingItems(study, material, evaluation, statements),
      ],
      material.comparison.value,
    ),
    footer: "SonoNAS is research software, not a medical device. Not to be used for diagnosis or treatment.",
  };
}
