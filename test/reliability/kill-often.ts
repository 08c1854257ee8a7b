import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { environmentWithThreads } from "../../lib/runtime/environment";
import { createRandom, type RandomGenerator } from "../../lib/runtime/random";

/** Work in a folder that goes on where it was cut off, and is killed. */
export interface KilledWork {
  /**
   * The program that does it: `node … PROGRAM FOLDER`. It tells its parent "begun" when it begins, and anything else right
   * before it saves something.
   */
  readonly program: string;
  /** How often it saves. */
  readonly saves: number;
  /** How long it takes without its start, about, in milliseconds: when it is killed where no saving is aimed at. */
  readonly duration: number;
  /** Writes down all that came of it, to the bit, but for times. */
  readonly digest: (folder: string) => string;
}

/** What came of the kills. */
export interface KillReport {
  /** Kills by SIGKILL while the work was going on. */
  readonly kills: number;
  /** Those of them that came while something was being saved, as far as the parent can aim. */
  readonly aimed: number;
  /** Works that came to their end between kills, or after the last. */
  readonly finished: number;
  /** Those of them that left the same as work that was left alone. */
  readonly equal: number;
}

/**
 * Kills work at moments drawn by chance, half of them while something is being saved.
 *
 * @param work The work.
 * @param count How many kills.
 * @param folder An empty folder.
 * @param random The source of chance.
 * @returns What came of it.
 */
export async function killOften(
  work: KilledWork,
  count: number,
  folder: string,
  random: RandomGenerator,
): Promise<KillReport> {
  const [alone, killed] = [join(folder, "alone"), join(folder, "killed")];
  await live(work.program, alone, null);
  const expected = work.digest(alone);
  let [kills, aimed, finished, equal] = [0, 0, 0, 0];
  for (;;) {
    const aim = random.uniform() < 0.5;
    const last = kills >= count;
    const death = last
      ? null
      : aim
        ? { saves: random.integer(1, work.saves), after: random.uniform(0, 3) }
        : { saves: 0, after: random.uniform(0, work.duration) };
    if (await live(work.program, killed, death)) {
      finished += 1;
      if (work.digest(killed) === expected) equal += 1;
      if (last) return { kills, aimed, finished, equal };
      rmSync(killed, { recursive: true });
    } else {
      kills += 1;
      if (aim) aimed += 1;
    }
  }
}

// One process, until its end or its death: so many milliseconds after its beginning, or after it began to save.
async function live(program: string, folder: string, death: { saves: number; after: number } | null): Promise<boolean> {
  const child = fork(program, [folder], {
    env: environmentWithThreads(1),
    execArgv: ["--require", require.resolve("tsx/cjs")],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaints = "";
  child.stderr!.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)));
  let saves = 0;
  child.on("message", (what) => {
    if (what !== "begun") saves += 1;
    if (saves === death?.saves) void setTimeout(death.after).then(() => child.kill("SIGKILL"));
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on("close", (code, signal) => {
      resolve([code, signal]);
    });
  });
  if (signal === "SIGKILL") return false;
  if (code !== 0) throw new Error(`The work ended with ${String(code ?? signal)}: ${complaints}`);
  return true;
}

/**
 * Kills work as often as the command's first argument says, and prints what came of it.
 *
 * @param work The work.
 * @param name What it is: "search".
 */
export async function reportKills(work: KilledWork, name: string): Promise<void> {
  const count = Number(process.argv[2] ?? 20);
  const folder = mkdtempSync(join(tmpdir(), "sononas kills "));
  try {
    const { kills, aimed, finished, equal } = await killOften(work, count, folder, createRandom(1));
    process.stdout.write(
      `${name}: ${kills} kills, ${aimed} of them aimed at saving: ${equal} of ${finished} equal to the one left alone\n`,
    );
    if (equal < finished) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
