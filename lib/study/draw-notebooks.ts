import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { projectRoot } from "../runtime/environment";

const run = promisify(execFile);

/**
 * Puts a picture beside every figure of executed notebooks: whatever runs no script shows that, as the pages of repositories, editors that
 * do not trust a notebook, and nbconvert do. The set-up's own program draws them, which has the browser.
 *
 * @param files The notebooks.
 * @returns What to tell where they could not be drawn, and the notebooks are as they were; null where they were drawn.
 */
export async function drawNotebooks(files: readonly string[]): Promise<string | null> {
  if (files.length === 0) return null;
  const script = join(projectRoot, "setup", "draw-notebook.cjs");
  try {
    await run(process.execPath, [script, "--in-place", ...files], { cwd: projectRoot });
    return null;
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? error).trim();
    return `The figures of the executed copies show only where scripts run: ${said.split("\n")[0]!}`;
  }
}
