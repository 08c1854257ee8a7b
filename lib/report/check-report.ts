import type * as v from "valibot";

import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { reportSchema, type ReportContents } from "./report-contents";

/**
 * Fills a report with its defaults and checks it: a misspelt key would be a part of the report that is silently not there.
 *
 * @throws {Problem} Where a key is unknown or missing, an anchor is none or stands twice, or there is no section.
 */
export function checkReport(report: ReportContents): v.InferOutput<typeof reportSchema> {
  const filled = checkOptions("A report", reportSchema, report);
  const anchors = filled.sections.map(({ anchor }) => anchor);
  const twice = anchors.find((anchor, place) => anchors.indexOf(anchor) < place);
  if (twice === undefined) return filled;
  throw new Problem(
    `Two sections of the report have the anchor "${twice}".`,
    "Give each section an anchor of its own.",
  );
}
