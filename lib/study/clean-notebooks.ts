/**
 * `npm run notebooks:clean`: takes out of the committed notebooks what running them left.
 *
 * @module
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot } from "../runtime/environment";
import { cleanNotebookFile } from "./notebook-file";

const names = readdirSync(notebooksRoot).filter((name) => name.endsWith(".ipynb"));
const cleaned = names.filter((name) => cleanNotebookFile(join(notebooksRoot, name)));
process.stdout.write(
  cleaned.length === 0 ? `All ${names.length} notebooks are clean.\n` : `Cleaned ${cleaned.join(", ")}.\n`,
);
