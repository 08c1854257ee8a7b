import { basename } from "node:path";

import type { ReportSection } from "../../report/report-contents";
import { attempt } from "../attempt";
import { compareStudies } from "../compare-studies";
import type { Study } from "../open-study";
import { figureOf, paragraph, sectionOf, tableOf } from "./blocks";

/**
 * Writes other studies of the same images beside this one: their models in one table, differences paired over the same patients, and what
 * the studies were set to otherwise.
 *
 * @param others Their folders, or names of folders in `results`.
 * @param replicates How often patients are resampled.
 * A study that cannot be compared is left out, with a sentence.
 */
export function describeBeside(study: Study, others: readonly string[], replicates: number): ReportSection {
  const compared = attempt(() => compareStudies([study, ...others], { reference: basename(study.path()), replicates }));
  if (compared.value === null)
    return sectionOf("beside", "Beside other studies", [paragraph(compared.missing, "missing")]);
  const { studies, table, figure, settings, notices } = compared.value;
  return sectionOf("beside", "Beside other studies", [
    notices.map((notice) => paragraph(notice, "caution")),
    studies.length > 1 && tableOf(`${studies.join(", ")}, side by side`, table),
    figure !== null &&
      studies.length > 1 &&
      figureOf(figure, "A model has the same colour in every study; the marker is the study's."),
    settings.length > 0 && tableOf("What the studies were set to otherwise", settings),
  ]);
}
