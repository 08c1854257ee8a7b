import { join } from "node:path";

import { writeAtomically } from "../../files/write-atomically";
import type { Unit } from "../unit";
import type { Resources } from "./sbatch-options";
import { quoted, type ScriptPlace } from "./script";
import { submitUnits } from "./submit-units";

/** The most jobs of an array by Slurm's default. */
const usualArraySize = 1000;

/**
 * Writes the scripts of units, and one that submits them in their order; nothing is submitted.
 *
 * @param units Those that are to be done, each after all that it needs.
 * @returns The path of the script that submits them.
 * @throws {Problem} Where a file cannot be written.
 */
export async function printScripts(units: readonly Unit[], place: ScriptPlace, resources: Resources): Promise<string> {
  const lines: string[] = [];
  const slurm = {
    submit(script: string, size: number, atOnce: number | null, dependency: string | null) {
      const job = `job${lines.length + 1}`;
      const array = `--array=1-${size}${atOnce === null ? "" : `%${atOnce}`}`;
      const after = dependency === null ? "" : ` --dependency="${dependency}"`;
      lines.push(`${job}=$(sbatch --parsable ${array}${after} ${quoted(script)})`);
      return Promise.resolve({ job: `\${${job}}` });
    },
  };
  const stopped = () => false;
  await submitUnits({ units, place, resources, slurm, arraySize: usualArraySize, queued: new Map(), stopped });
  const path = join(place.scripts, "submit.sh");
  writeAtomically(path, `#!/bin/bash\nset -e\n${lines.join("\n")}\n`);
  return path;
}
