import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { fileProblem } from "../../files/explain-failure";
import { readText } from "../../files/read-whole";
import { makeFolder, writeAtomically } from "../../files/write-atomically";
import type { Unit } from "../unit";
import { chunksOf, dependencyOf, type Place } from "./chunks";
import type { Resources } from "./sbatch-options";
import { chunkFile, writeScript, type ScriptPlace } from "./script";
import type { Slurm } from "./slurm";

/** What is submitted. */
export interface Submission {
  /** Each after all that it needs. */
  readonly units: readonly Pick<Unit, "name" | "needs" | "threads">[];
  readonly place: ScriptPlace;
  readonly resources: Resources;
  readonly slurm: Pick<Slurm, "submit">;
  /** How many jobs an array may have. */
  readonly arraySize: number;
  /** Where units are in the queue already; those that are submitted are added. */
  readonly queued: Map<string, Place>;
  /** Whether no more are to be submitted. */
  readonly stopped: () => boolean;
}

/** What was submitted. */
export interface SubmittedUnits {
  readonly names: readonly string[];
  /** Why the others were not: there is no room for more jobs, or the controller does not answer. Null where none is left. */
  readonly why: "full" | "silent" | null;
}

/**
 * Writes the scripts of units and submits them.
 *
 * @returns Which were; those left out are for a later call.
 * @throws {Problem} Where a file cannot be written, or Slurm refuses a script.
 */
export async function submitUnits(submission: Submission): Promise<SubmittedUnits> {
  const { units, place, resources, slurm, arraySize, queued, stopped } = submission;
  const logs = join(place.scripts, "logs");
  try {
    makeFolder(logs);
  } catch (error) {
    throw fileProblem(logs, "made", error);
  }
  const names: string[] = [];
  const chunks = chunksOf(units, new Set(queued.keys()), arraySize, lastChunk(place.scripts) + 1);
  for (const chunk of chunks) {
    if (stopped()) break;
    const script = join(place.scripts, chunkFile(chunk.number, "sh"));
    // First: what squeue shows of the chunk must be understood by whoever looks, also where this process ends now.
    writeAtomically(join(place.scripts, chunkFile(chunk.number, "txt")), `${chunk.units.join("\n")}\n`);
    writeAtomically(script, writeScript(place, chunk, resources));
    const size = chunk.units.length;
    const submitted = await slurm.submit(script, size, resources.atOnce, dependencyOf(chunk.needs, queued));
    if (submitted.job === null) return { names, why: submitted.why };
    const { job } = submitted;
    for (const [index, name] of chunk.units.entries()) queued.set(name, { job, index: index + 1, size });
    names.push(...chunk.units);
  }
  return { names, why: null };
}

/** Reads the units of a chunk; none where the file is gone. */
export function readChunk(scripts: string, number: number): string[] {
  const path = join(scripts, chunkFile(number, "txt"));
  return existsSync(path)
    ? readText(path)
        .split("\n")
        .filter((line) => line !== "")
    : [];
}

function lastChunk(scripts: string): number {
  return readdirSync(scripts).reduce(
    (last, name) => Math.max(last, Number(/^chunk-(\d+)\.txt$/.exec(name)?.[1] ?? 0)),
    0,
  );
}
