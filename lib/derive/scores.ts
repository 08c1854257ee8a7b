import { join } from "node:path";

import { Problem } from "../runtime/problem";
import { openRun, type RunOptions } from "../runs/open-run";
import { readRun } from "../runs/read-run";
import { listenForStop, type StopListener } from "../runs/stop";
import type { Candidate } from "./candidate";
import { candidatesFile, candidatesOf } from "./read-candidates";

/** Gives the folder, within that of a derivation or a control, of what the shared weights say of its architectures. */
export const scoresFolder = (folder: string): string => join(folder, "scores");

/**
 * Scores architectures with a search's shared weights in a run of its own, so that each can be trained by a process of its own
 * afterwards. What is done is not done again.
 *
 * @param folder That of the derivation or of the control.
 * @param score Scores them; where it is cut off, it begins anew.
 * @returns The architectures, in the order in which they were found.
 */
export async function scoreInRun(
  folder: string,
  { configuration, inputs }: Pick<RunOptions, "configuration" | "inputs">,
  score: (stop: StopListener) => Promise<Candidate[]>,
): Promise<Candidate[]> {
  const run = openRun(scoresFolder(folder), { kind: "scores", configuration, inputs });
  const stop = listenForStop();
  try {
    const done = run.finished ? run.readFile(candidatesFile) : null;
    if (done !== null) return candidatesOf(done);
    const candidates = await score(stop);
    run.writeFile(candidatesFile, `${JSON.stringify(candidates, null, 1)}\n`);
    run.finish({ scored: candidates.length });
    return candidates;
  } finally {
    stop.end();
    run.close();
  }
}

/**
 * Reads what {@link scoreInRun} gave, also while others read it.
 *
 * @param folder That of the derivation or of the control.
 * @throws {Problem} Where it is not done.
 */
export function readScores(folder: string): Candidate[] {
  const place = scoresFolder(folder);
  const bytes = readRun(place).finished ? readRun(place).readFile(candidatesFile) : null;
  if (bytes !== null) return candidatesOf(bytes);
  throw new Problem(
    `The architectures in ${folder} are not scored yet.`,
    "Score them first: the call that began it goes on.",
  );
}
