import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../../runtime/problem";

/** Names that a folder in the data's root may have: they are typed in commands. */
const goodName = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u;

/** The folder in a set's folder that holds downloads until all have come. */
export const unfinished = ".download.part";

/**
 * Makes the folder for a data set that is brought in.
 *
 * @returns The folder, empty or with what an earlier, unfinished download left.
 * @throws {Problem} Where the name is not fit for a folder, or the folder already holds something else.
 */
export function makeSetFolder(root: string, name: string): string {
  if (!goodName.test(name) || name.endsWith(".")) {
    throw new Problem(
      `"${name}" is no name for a data set.`,
      "Use letters, digits, spaces, dots and dashes, a letter or digit first.",
    );
  }
  const folder = join(root, name);
  if (existsSync(folder)) {
    const others = readdirSync(folder).filter((file) => file !== unfinished);
    if (others.length > 0 && !existsSync(join(folder, unfinished))) {
      throw new Problem(
        `${folder} already holds ${others.slice(0, 3).join(", ")}${others.length > 3 ? " and more" : ""}.`,
        "Nothing is written over: choose another name, or remove that folder first.",
      );
    }
  }
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Problem(
      `The folder ${folder} cannot be made (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`,
      "Name a folder that you may write to, with --root or SONONAS_DATA.",
    );
  }
  return folder;
}
