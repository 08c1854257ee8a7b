import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { checkpointPath, leaveAside, listCheckpoints, readCheckpoint, type CheckpointNote } from "./checkpoint-files";
import { DamagedFile } from "./damaged-file";
import { hashMetricLines, mostMetricBytes, readMetricLines, type MetricLine } from "./metric-lines";
import { readOwnFile } from "./read-own-file";

/** From where a run is carried on. */
export interface ResumePoint {
  /** What its checkpoint says; null where it starts from the beginning. */
  readonly note: CheckpointNote | null;
  readonly lines: readonly MetricLine[];
  /** What was found damaged, in sentences. */
  readonly notices: readonly string[];
}

/**
 * Finds from where a run is carried on, and makes its folder so: checkpoints that cannot be used get another name, and
 * metrics.jsonl is cut back to what belongs to the checkpoint, for the lines after it will come again.
 *
 * The newest good checkpoint is used whose metrics are all there. Where the metrics are damaged for all good ones, the newest of
 * those is used, and the lines that can still be read stay: work of days is not done again for a line of a log.
 *
 * @param run The hash of the run.
 * @param renew Whether metrics.jsonl becomes a new file in any case, so that a former owner writes into the old one.
 * @param check Called before each change; what it throws stops that.
 * @throws {Problem} Where the folder cannot be read or written.
 */
export function findResumePoint(folder: string, run: string, renew: boolean, check: () => void): ResumePoint {
  const path = join(folder, "metrics.jsonl");
  const bytes = readOwnFile(path, mostMetricBytes);
  const { found, passed, notices } = choose(folder, run, bytes ?? new Uint8Array());
  for (const step of passed) {
    check();
    leaveAside(checkpointPath(folder, step));
  }
  if (found !== null && !found.whole) {
    notices.push(
      `${path} lacks lines that were there when the checkpoint of step ${found.note.step} was saved: what can be read of it stays, and what was found is kept as metrics.jsonl.left-aside.`,
    );
    check();
    if (bytes !== null) writeAtomically(`${path}.left-aside`, bytes, check);
  }
  const lines = found?.lines ?? [];
  const text = lines.map((line) => `${line.text}\n`).join("");
  if (renew || bytes === null || !Buffer.from(text).equals(bytes)) {
    check();
    writeAtomically(path, text, check);
  }
  return { note: found?.note ?? null, lines, notices };
}

interface Choice {
  readonly note: CheckpointNote;
  readonly lines: readonly MetricLine[];
  /** Whether all lines are there that were when it was saved. */
  readonly whole: boolean;
}

function choose(folder: string, run: string, bytes: Uint8Array) {
  const notices: string[] = [];
  const seen: { readonly step: number; readonly damaged: boolean }[] = [];
  let second: Choice | null = null;
  for (const step of listCheckpoints(folder)) {
    const note = readNote(folder, step, run, notices);
    if (note === undefined) continue;
    if (note !== null) {
      const { lines, broken } = readMetricLines(bytes.subarray(0, note.metricBytes));
      const whole = bytes.length >= note.metricBytes && broken === 0 && hashMetricLines(lines) === note.metricHash;
      if (whole) {
        if (second !== null) notices.push(describePassed(second.note.step));
        return { found: { note, lines, whole }, passed: seen.map((one) => one.step), notices };
      }
      second ??= { note, lines, whole };
    }
    seen.push({ step, damaged: note === null });
  }
  return { found: second, passed: seen.filter(({ damaged }) => damaged).map((one) => one.step), notices };
}

// Null where it is damaged; undefined where it went away since it was listed.
function readNote(folder: string, step: number, run: string, notices: string[]): CheckpointNote | null | undefined {
  try {
    return readCheckpoint(folder, step, run)?.note;
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    notices.push(`A checkpoint was left aside: ${error.what}`);
    return null;
  }
}

const describePassed = (step: number) =>
  `The checkpoint of step ${step} was left aside: metrics.jsonl lacks lines that belong to it.`;

/** Removes what writes that were cut short have left in a run's folder. Links are not followed. */
export function removeLeftovers(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) removeLeftovers(path);
      else if (/^\..{1,40}\.[0-9a-f]{12}\.partial$/.test(entry.name)) rmSync(path, { force: true });
    }
  } catch {
    // They take room and do no harm.
  }
}
