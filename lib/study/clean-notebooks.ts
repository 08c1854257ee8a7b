/**
 * `npm run notebooks:clean`: takes out of the notebooks what running them left, before a commit. With `--check` it changes
 * nothing, and fails where there is something to take out.
 *
 * @module
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { notebooksRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { projectNotebooks } from "./contents";
import { cleanNotebookFile, findRemains, readNotebook } from "./notebook-file";

const usage = `npm run notebooks:clean               takes out of the project's notebooks what running them left
npm run notebooks:clean -- --check    changes nothing, and ends with 1 where there is something to take out

Notebooks of your own, which lie beside them, are left alone.
`;

/**
 * Cleans the project's notebooks in a folder, or checks that they are clean.
 *
 * @returns What was done, in a sentence.
 * @throws {Problem} Where they are checked and one is not clean, naming what is left in it.
 */
export function cleanNotebooks(folder: string, check: boolean): string {
  const names = readdirSync(folder)
    .filter((name) => projectNotebooks.includes(name))
    .sort();
  const clean = `All ${names.length} notebooks are clean.`;
  if (!check) {
    const cleaned = names.filter((name) => cleanNotebookFile(join(folder, name)));
    return cleaned.length === 0 ? clean : `Cleaned ${cleaned.join(", ")}.`;
  }
  const left = names.map((name) => ({ name, remains: findRemains(readNotebook(join(folder, name))) }));
  const first = left.find(({ remains }) => remains.length > 0);
  if (first !== undefined) {
    throw new Problem(
      `${first.name} was run and saved: ${first.remains.join(", ")}.`,
      "Run `npm run notebooks:clean` before a commit.",
    );
  }
  return clean;
}

if (require.main === module) {
  runCommand((parameters) => {
    const { values } = readCommandLine("npm run notebooks:clean", { check: { type: "boolean" } }, parameters);
    process.stdout.write(values.help ? usage : `${cleanNotebooks(notebooksRoot, values.check ?? false)}\n`);
    return 0;
  });
}
