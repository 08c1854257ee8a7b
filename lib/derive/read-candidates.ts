import { basename } from "node:path";

import { parseJson } from "../runs/json";
import { readRun } from "../runs/read-run";
import { Problem } from "../runtime/problem";
import { upgradeStored } from "../space/upgrade";
import type { Candidate } from "./candidate";

/** The file of a derivation's and of a control's folder with every architecture that was scored. */
export const candidatesFile = "candidates.json";

/** The architectures of a derivation or of a random control that is done. Plain data. */
export interface KeptCandidates {
  /** The architectures, the best first. */
  readonly candidates: readonly Candidate[];
  /** The hash of the run's outcome: the same for the same architectures with the same scores. */
  readonly outcome: string;
}

/**
 * Reads the architectures of a derivation or of a random control from its folder alone.
 *
 * @throws {Problem} Where the folder has neither, or it is not done.
 */
export function readCandidates(folder: string): KeptCandidates {
  const run = readRun(folder);
  if (!["derivation", "random control"].includes(run.kind)) {
    throw new Problem(
      `${folder} holds a run of the kind "${run.kind}", expected a derivation or a random control.`,
      "Give the folder of one.",
    );
  }
  const bytes = run.outcome === null ? null : run.readFile(candidatesFile);
  if (bytes === null) {
    throw new Problem(
      `The ${run.kind} in ${basename(folder)} is not done.`,
      "Run it to its end first: the call that began it goes on.",
    );
  }
  return { candidates: candidatesOf(bytes), outcome: run.outcome!.hash };
}

/** Reads the contents of {@link candidatesFile}, of any version. */
export function candidatesOf(bytes: Uint8Array): Candidate[] {
  return upgradeStored(parseJson(new TextDecoder().decode(bytes))) as unknown as Candidate[];
}
