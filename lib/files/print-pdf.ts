import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { readVariable, runsAsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { writeAtomically } from "./write-atomically";

const run = promisify(execFile);

/** The usual names of Chromium, where SONONAS_BROWSER names none. */
const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;

/** A page of figures takes seconds; one that takes longer hangs. */
const mostSeconds = 120;

/**
 * Prints a page to a PDF file by the Chromium that is installed, without a network: its texts stay texts, its lines lines.
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
    await runBrowser([
      ...["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
      // Chromium's sandbox does not work for an administrator, as whom containers run.
      ...(runsAsRoot() ? ["--no-sandbox"] : []),
      ...["--host-resolver-rules=MAP * ~NOTFOUND", `--user-data-dir=${join(folder, "profile")}`],
      ...["--no-pdf-header-footer", `--print-to-pdf=${printed}`, pathToFileURL(page).href],
    ]);
    writeAtomically(file, readFileSync(printed));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runBrowser(parameters: readonly string[]): Promise<void> {
  const own = readVariable("SONONAS_BROWSER");
  for (const name of own === undefined ? browsers : [own]) {
    try {
      await run(name, parameters, { timeout: 1000 * mostSeconds });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      const said = String((error as { stderr?: string }).stderr ?? error).trim();
      throw new Problem(
        `${name} could not print: ${said.split("\n").at(-1)!}`,
        "Update it, or write an SVG file instead.",
      );
    }
  }
  throw new Problem(
    own === undefined
      ? "No Chromium is installed, which prints PDF files."
      : `SONONAS_BROWSER names ${own}, which is not there.`,
    own === undefined
      ? "Install one, for example with `sudo apt install chromium`, or write an SVG file."
      : "Correct it.",
  );
}
