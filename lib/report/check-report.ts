import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { ReportBlock, ReportContents, ReportSection } from "./report-contents";

/** What each kind of block may have; a value stands for a default, the other keys have to be there. */
const keysOf: Readonly<Record<ReportBlock["kind"], readonly string[]>> = {
  text: ["text", "tone"],
  list: ["points"],
  facts: ["facts"],
  table: ["caption", "rows", "note"],
  figure: ["figure", "caption", "alternative"],
  drawing: ["drawing", "caption"],
  pictures: ["pictures", "caption"],
  items: ["items"],
};

const optional: readonly string[] = ["tone", "note"];

/**
 * Fills a report with its defaults and checks it: a misspelt key would be a part of the report that is silently not there.
 *
 * @param report The report.
 * @returns The same with all keys.
 * @throws {Problem} Where a key is unknown or missing, an anchor is none or stands twice, or there is no section.
 */
export function checkReport(report: ReportContents): Required<ReportContents> {
  const filled = withDefaults<Required<ReportContents>>("A report", report, {
    title: "",
    subtitle: "",
    ribbon: null,
    made: new Date(NaN),
    sections: [],
    footer: "",
  });
  if (filled.title.trim() === "") throw new Problem("The report has no title.", "Give one.");
  if (!(filled.made instanceof Date) || Number.isNaN(filled.made.getTime())) {
    throw new Problem("The report does not say when it was made.", "Give made: the clock's now().");
  }
  if (filled.sections.length === 0) throw new Problem("The report has no section.", "Give at least one.");
  const anchors = new Set<string>();
  for (const section of filled.sections) {
    checkSection(section);
    if (anchors.has(section.anchor)) {
      throw new Problem(
        `Two sections of the report have the anchor "${section.anchor}".`,
        "Give each section an anchor of its own.",
      );
    }
    anchors.add(section.anchor);
  }
  return filled;
}

function checkSection(section: ReportSection): void {
  const { anchor, title, blocks } = withDefaults<ReportSection>("A section of a report", section, {
    anchor: "",
    title: "",
    blocks: [],
  });
  if (!/^[a-z][a-z0-9-]*$/.test(anchor)) {
    throw new Problem(
      `The section "${title}" has the anchor "${anchor}", expected lower-case letters, digits and hyphens, a letter first.`,
      'Give one such as "data".',
    );
  }
  if (title.trim() === "") throw new Problem(`The section "${anchor}" has no title.`, "Give one.");
  for (const block of blocks) checkBlock(block, title);
}

function checkBlock(block: ReportBlock, section: string): void {
  const { kind } = block;
  if (!Object.hasOwn(keysOf, kind)) {
    throw new Problem(
      `The section "${section}" has a block of the kind "${kind}".`,
      `There are ${Object.keys(keysOf).join(", ")}.`,
    );
  }
  const known = ["kind", ...keysOf[kind]];
  withDefaults(
    `A ${kind} of the section "${section}"`,
    block,
    Object.fromEntries(known.map((key) => [key, undefined])) as unknown as ReportBlock,
  );
  const missing = known.find((key) => !optional.includes(key) && !Object.hasOwn(block, key));
  if (missing === undefined) return;
  throw new Problem(
    `A ${kind} of the section "${section}" has no ${missing}.`,
    `It needs ${keysOf[kind].filter((key) => !optional.includes(key)).join(", ")}.`,
  );
}
