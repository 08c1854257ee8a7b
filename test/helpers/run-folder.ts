import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RunOptions } from "../../lib/runs/open-run";
import type { Run } from "../../lib/runs/run";
import type { SavedState } from "../../lib/runs/state";

/** Where temporary folders lie in memory, if there is such a place: a disk takes its time to flush. */
export const fastPlace: string = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A run for the tests. */
export const small: RunOptions = { kind: "test", configuration: { rate: 0.1 }, inputs: { split: "abc" } };

/** A small state that depends on a step. */
export function stateOf(step: number): SavedState {
  return {
    json: { sum: step * 7 },
    arrays: new Map([["w", { shape: [3], values: new Float32Array(3).fill(step / 3) }]]),
  };
}

/**
 * Works in a run as a training does: each step depends on the one before, records a metric, and every second step saves; a file is
 * written in the middle and one at the end.
 *
 * @param run The run.
 * @param steps How many steps in all.
 */
export function workOn(run: Run, steps = 6): void {
  const before = run.latest();
  let sum = before === null ? 1 : (before.state.json as { sum: number }).sum;
  for (let step = (before?.step ?? 0) + 1; step <= steps; step++) {
    sum = (sum * 31 + step) % 1009;
    run.record({ step, sum });
    if (step === 3) run.writeFile("early/three.txt", String(sum));
    if (step % 2 === 0) {
      const values = new Float32Array([sum, step]);
      run.saveCheckpoint(step, { json: { sum }, arrays: new Map([["w", { shape: [2], values }]]) });
    }
  }
  run.writeFile("model.json", JSON.stringify({ sum }));
  run.finish({ sum });
}

/** Hashes every file of a folder with its name, and links with what they lead to; times do not count. */
export function hashFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(folder, name);
    hash.update(`${name}\n`);
    if (lstatSync(path).isFile()) hash.update(readFileSync(path));
  }
  return hash.digest("hex");
}
