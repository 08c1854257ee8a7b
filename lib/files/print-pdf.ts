import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { projectRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { writeAtomically } from "./write-atomically";

const run = promisify(execFile);

/**
 * Prints a page to a PDF file, as `npm run report:pdf` prints a report. The set-up's own program does it, which has the browser.
 *
 * @param file The file, "found.pdf".
 * @param html The page; its style says how large the paper is: `@page { size: 200mm 100mm; margin: 0 }`.
 * @throws {Problem} Where no Chromium is installed, it fails, or the file cannot be written.
 */
export async function printPdf(file: string, html: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sononas-print-"));
  try {
    const [page, printed] = [join(folder, "page.html"), join(folder, "page.pdf")];
    writeFileSync(page, html);
    try {
      await run(process.execPath, [join(projectRoot, "setup", "print-page.cjs"), page, printed]);
    } catch (error) {
      const said = String((error as { stderr?: string }).stderr ?? error).trim();
      throw new Problem(`${file} could not be printed: ${said}`, "Do that, or write an SVG file instead.");
    }
    writeAtomically(file, readFileSync(printed));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
