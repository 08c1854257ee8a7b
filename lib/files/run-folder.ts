import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../runtime/problem";

/**
 * Makes the folder of a run, named after the moment it starts, so that folders sort by time. Two runs never share one:
 * where the name is taken, by a run of the same second, a number is added.
 *
 * @param parent The folder with all runs; it is made if need be.
 * @param kind What kind of run, "study".
 * @returns The folder's path: "…/2026-11-23T16-15-03-study", in UTC, with nothing that a file system refuses.
 * @throws {Problem} Where no folder can be made: the disk is full, or belongs to somebody else.
 */
export function makeRunFolder(parent: string, kind: string, moment: Date): string {
  const name = `${moment.toISOString().slice(0, 19).replaceAll(":", "-")}-${kind}`;
  try {
    mkdirSync(parent, { recursive: true });
    for (let number = 1; ; number++) {
      const folder = join(parent, number === 1 ? name : `${name}-${number}`);
      if (makeNew(folder)) return folder;
    }
  } catch (error) {
    const reason = (error as Error).message;
    throw new Problem(
      `No folder for the run can be made: ${reason}.`,
      "Free some space, or make the folder yours, and run the same command again.",
    );
  }
}

// Making it is what tells whether it is new: a look before would let two runs see the same gap.
function makeNew(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
