import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { renderReport } from "./render-report";
import type { ReportContents } from "./report-contents";

/** The most bytes that a report may have: what mail programs still send. */
const mostBytes = 8_000_000;

/**
 * Writes a report as one HTML file that opens without a server and without a network, and prints.
 *
 * @param file The file; its folder is made where it is missing, and what was there is replaced.
 * @returns How many bytes it has, up to 8,000,000.
 * @throws {Problem} Where something is wrong with the contents, the file would be larger, or it cannot be written. What was there
 *   is then as it was.
 */
export function writeReport(file: string, report: ReportContents): number {
  const page = Buffer.from(renderReport(report));
  if (page.length > mostBytes) {
    throw new Problem(
      `The report would have ${page.length} bytes, more than ${mostBytes}.`,
      "Leave out figures with many points, or pictures.",
    );
  }
  writeAtomically(file, page);
  return page.length;
}
