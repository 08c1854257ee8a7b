import { renameSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { readText } from "../files/read-whole";
import { Problem } from "../runtime/problem";

/** A cell of a notebook file (nbformat 4). */
export interface NotebookCell {
  cell_type: "code" | "markdown" | "raw";
  id?: string;
  /** What tools remember of it. */
  metadata: Record<string, unknown>;
  /** Its text, as lines with their ends. */
  source: string[] | string;
  /** What it printed and showed, in code cells. */
  outputs?: unknown[];
  /** How many cells had been run before, in code cells. */
  execution_count?: number | null;
}

/** A notebook file (nbformat 4). */
export interface NotebookFile {
  cells: NotebookCell[];
  /** The kernel and the language, and what tools remember. */
  metadata: Record<string, unknown>;
  /** 4. */
  nbformat: number;
  /** 5 or newer: cells have identities. */
  nbformat_minor: number;
}

/** The notebook's metadata that is kept: what it takes to open and run it, and nothing of who ran it where. */
const metadata = {
  kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" },
  language_info: {
    codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    file_extension: ".ts",
    mimetype: "text/typescript",
    name: "typescript",
  },
};

/**
 * Reads a notebook file.
 *
 * @throws {Problem} Where it is not a notebook of format 4.
 */
export function readNotebook(file: string): NotebookFile {
  let notebook: NotebookFile;
  try {
    notebook = JSON.parse(readText(file)) as NotebookFile;
  } catch (error) {
    throw new Problem(
      `${basename(file)} cannot be read as a notebook: ${(error as Error).message}.`,
      "Restore it with `git checkout`.",
    );
  }
  const { nbformat, cells } = (notebook as Partial<NotebookFile> | null) ?? {};
  if (nbformat !== 4 || !Array.isArray(cells)) {
    throw new Problem(
      `${basename(file)} is a notebook of format ${nbformat ?? "none"}, expected 4.`,
      "Open it in JupyterLab and save it.",
    );
  }
  return notebook;
}

/** Writes a notebook as Jupyter does: keys in the order of the alphabet, one blank of indentation, a line end at the end of the file. */
export function formatNotebook(notebook: NotebookFile): string {
  return `${JSON.stringify(sortKeys(notebook), null, 1)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sortKeys(one)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Gives a clean copy of a notebook, without what running it left: outputs, counts, and what tools remember. */
export function cleanNotebook(notebook: NotebookFile): NotebookFile {
  const cells = notebook.cells.map((cell): NotebookCell => {
    const { cell_type, id, source } = cell;
    const kept = { cell_type, ...(id === undefined ? {} : { id }), metadata: {} };
    return cell_type === "code" ? { ...kept, execution_count: null, outputs: [], source } : { ...kept, source };
  });
  return { cells, metadata, nbformat: 4, nbformat_minor: notebook.nbformat_minor };
}

/** Says what running a notebook left in it, a line a finding; none where it is clean. */
export function findRemains(notebook: NotebookFile): string[] {
  const found: string[] = [];
  notebook.cells.forEach((cell, index) => {
    if ((cell.outputs?.length ?? 0) > 0) found.push(`cell ${index + 1} has outputs`);
    if (cell.execution_count !== undefined && cell.execution_count !== null)
      found.push(`cell ${index + 1} has an execution count`);
    if (Object.keys(cell.metadata).length > 0)
      found.push(`cell ${index + 1} has metadata: ${Object.keys(cell.metadata).join(", ")}`);
  });
  if (!isDeepStrictEqual(notebook.metadata, metadata)) found.push("the notebook's metadata is not the project's");
  return found;
}

/**
 * Cleans a notebook file in place, if it needs it. It is written beside and renamed.
 *
 * @returns Whether anything was taken out.
 * @throws {Problem} Where it is not a notebook.
 */
export function cleanNotebookFile(file: string): boolean {
  const notebook = readNotebook(file);
  if (findRemains(notebook).length === 0) return false;
  writeFileSync(`${file}.partial`, formatNotebook(cleanNotebook(notebook)));
  renameSync(`${file}.partial`, file);
  return true;
}
