import { existsSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { skip } from "./skip";

/** The folder in which some have images of patients: beside the project, and never in it. */
const root = join(projectRoot, "..", "shared", "data");

/**
 * Finds a data set beside the project; a test of which there are no images is skipped.
 *
 * @param context The test's `this`.
 * @param name The data set's folder: "bus-bra".
 * @returns The root of all data sets, for loading it by its name.
 */
export function rootWith(context: Mocha.Context, name: string): string {
  if (!existsSync(join(root, name))) skip(context, `${name} is not in ${root}`);
  return root;
}
