import * as v from "valibot";

import { listOf, nullable, passed, pattern, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { ReportBlock, ReportContents } from "./report-contents";

// What each kind of block has; what is in it is looked at by what writes it.
const there = passed<unknown>("what it shows");

const block = v.variant("kind", [
  v.strictObject({ kind: kind("text"), text: there, tone: v.optional(there) }),
  v.strictObject({ kind: kind("list"), points: there }),
  v.strictObject({ kind: kind("facts"), facts: there }),
  v.strictObject({ kind: kind("table"), caption: there, rows: there, note: v.optional(there) }),
  v.strictObject({ kind: kind("figure"), figure: there, caption: there, alternative: there }),
  v.strictObject({ kind: kind("drawing"), drawing: there, caption: there }),
  v.strictObject({ kind: kind("pictures"), pictures: there, caption: there }),
  v.strictObject({ kind: kind("items"), items: there }),
]);

const reportSchema = v.strictObject({
  title: text(),
  subtitle: v.optional(v.string(), ""),
  ribbon: v.optional(nullable(v.string()), null),
  made: v.date("when it was made: the clock's now()"),
  sections: listOf(
    v.strictObject({
      anchor: pattern(/^[a-z][a-z0-9-]*$/, "lower-case letters, digits and hyphens, a letter first"),
      title: text(),
      blocks: listOf(block),
    }),
    { least: 1 },
  ),
  footer: v.optional(v.string(), ""),
});

/**
 * Fills a report with its defaults and checks it: a misspelt key would be a part of the report that is silently not there.
 *
 * @throws {Problem} Where a key is unknown or missing, an anchor is none or stands twice, or there is no section.
 */
export function checkReport(report: ReportContents): Required<ReportContents> {
  const filled = checkOptions("A report", reportSchema, report) as Required<ReportContents>;
  const anchors = filled.sections.map(({ anchor }) => anchor);
  const twice = anchors.find((anchor, place) => anchors.indexOf(anchor) < place);
  if (twice === undefined) return filled;
  throw new Problem(
    `Two sections of the report have the anchor "${twice}".`,
    "Give each section an anchor of its own.",
  );
}

// A kind that is not among the report's blocks does not compile.
function kind<Kind extends ReportBlock["kind"]>(name: Kind) {
  return v.literal(name);
}
