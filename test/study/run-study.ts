import { equal } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { projectNotebooks } from "../../lib/study/contents";
import type { NotebookFile } from "../../lib/study/notebook-file";

/** An output of a cell, as a notebook file keeps it. */
interface Output {
  name?: string;
  data?: Record<string, string | string[]>;
}

/** What `npm run study` left: the outputs of the first notebook, the executed files, and what it printed. */
export interface StudyOutputs {
  outputs: Output[];
  files: string[];
  printed: string;
}

/** `npm run study` with a folder for results of its own, which goes with the tests: the user's own are in the usual place. */
export function studyWithResults() {
  let results = "";
  before(() => {
    results = mkdtempSync(join(tmpdir(), "sononas-study-"));
  });
  after(() => {
    rmSync(results, { recursive: true, force: true });
  });
  const environment = () => ({ ...process.env, SONONAS_RESULTS: results });
  const run = (...parameters: string[]) =>
    spawnSync(process.execPath, ["dist/study/main.js", ...parameters], {
      ...{ cwd: projectRoot, encoding: "utf8", env: environment() },
    });

  /** Runs notebooks, the first of the study among them, and reads what came of it. */
  function outputs(...parameters: string[]): StudyOutputs {
    const { status, stdout, stderr } = run(...parameters);
    equal(status, 0, stderr);
    const folder = join(projectRoot, /The executed copies are in (\S+)\./.exec(stdout)![1]!);
    const { cells } = JSON.parse(readFileSync(join(folder, "00_start_here.ipynb"), "utf8")) as NotebookFile;
    return {
      outputs: cells.flatMap((cell) => (cell.outputs ?? []) as Output[]),
      files: readdirSync(folder).sort(),
      printed: stdout,
    };
  }

  return { environment, run, outputs, place: (...parts: string[]) => join(results, "phantom-smoke", ...parts) };
}

/** The pages among outputs, as HTML. */
export const pagesOf = (outputs: readonly Output[]) =>
  outputs.map(({ data }) => [data?.["text/html"] ?? []].flat().join(""));

/** Outputs without how long anything took, or would take: that is measured anew each time. */
export function withoutTime(outputs: readonly Output[]): Output[] {
  const lasting = outputs.filter(({ data }) => !String(data?.["text/plain"]).includes("on this machine"));
  return JSON.parse(JSON.stringify(lasting).replace(/took \d+s/g, "")) as Output[];
}

/** What stands in the project's notebooks. */
export const contentsOfNotebooks = () =>
  projectNotebooks.map((name) => readFileSync(join(notebooksRoot, name), "utf8"));
