import { mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes the folder of a run, named after the moment it starts, so that folders sort by time. Two runs never share one:
 * where the name is taken, by a run of the same second, a number is added.
 *
 * @param parent The folder with all runs; it is made if need be.
 * @param kind What kind of run, "study".
 * @param moment When it starts.
 * @returns The folder's path: "…/2026-11-23T16-15-03-study", in UTC, with nothing that a file system refuses.
 */
export function makeRunFolder(parent: string, kind: string, moment: Date): string {
  const name = `${moment.toISOString().slice(0, 19).replaceAll(":", "-")}-${kind}`;
  mkdirSync(parent, { recursive: true });
  for (let number = 1; ; number++) {
    const folder = join(parent, number === 1 ? name : `${name}-${number}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
