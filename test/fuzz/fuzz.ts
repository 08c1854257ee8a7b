import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { outcomes, type Job, type Outcome, type Told, type WorkerOrder } from "./outcomes";

/** How readers are tried. */
export interface FuzzOptions {
  readonly seed: number;
  /** Mutants of each format. */
  readonly count: number;
  /** The formats, by name. */
  readonly formats: readonly string[];
  /** For how many seconds one mutant may be read, preparations included. */
  readonly seconds: number;
  readonly onFormat?: (name: string) => void;
}

/** What came of the mutants of one format. */
export type FuzzRow = Readonly<Record<Outcome, number>> & {
  readonly format: string;
  readonly mutants: number;
  /** The longest that one took, in milliseconds. */
  readonly slowest: number;
};

/** A mutant of which came what should not. */
export interface BadMutant extends Job {
  readonly outcome: Outcome;
  readonly message: string;
  /** In base 64; empty where the process that read it is gone. */
  readonly bytes: string;
}

/** What came of all. */
export interface FuzzResult {
  readonly rows: readonly FuzzRow[];
  readonly bad: readonly BadMutant[];
}

/**
 * Lets every reader read mutants of whole files, in a process of its own that is ended where it takes too long.
 *
 * @returns A row for each format, and the mutants of which came what should not.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const jobs: Job[] = options.formats.flatMap((format) =>
    Array.from({ length: options.count }, (_, index) => ({ format, index })),
  );
  const found: { outcome: Outcome; milliseconds: number }[] = [];
  const bad: BadMutant[] = [];
  const folder = mkdtempSync(join(tmpdir(), "sononas fuzz "));
  try {
    for (let from = 0; from < jobs.length; from = found.length) {
      await runWorker(
        { seed: options.seed, folder, jobs, from },
        options.seconds,
        (outcome, message, milliseconds, bytes) => {
          const job = jobs[found.length]!;
          if (job.index === 0) options.onFormat?.(job.format);
          found.push({ outcome, milliseconds });
          if (outcome !== "read" && outcome !== "refused by name") bad.push({ ...job, outcome, message, bytes });
        },
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const rows = options.formats.map((format, place) => {
    const own = found.slice(place * options.count, (place + 1) * options.count);
    const counts = Object.fromEntries(
      outcomes.map((name) => [name, own.filter(({ outcome }) => outcome === name).length]),
    ) as Record<Outcome, number>;
    const slowest = Math.round(own.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0));
    return { format, mutants: own.length, ...counts, slowest };
  });
  return { rows, bad };
}

type Note = (outcome: Outcome, message: string, milliseconds: number, bytes: string) => void;

// Runs until all is done, or one mutant ends the process or is ended with it; that one is noted, and the next worker goes on.
async function runWorker(order: WorkerOrder, seconds: number, note: Note): Promise<void> {
  const worker: ChildProcess = fork(join(__dirname, "worker.ts"), {
    cwd: projectRoot,
    execArgv: ["--require", "tsx/cjs", "--require", "./lib/runtime/prepare-tensorflow.ts", "--max-old-space-size=1500"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { ...process.env, SONONAS_THREADS: "1" },
  });
  let errors = "";
  worker.stderr!.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
  const state = { reading: false, late: false, failure: null as string | null };
  let timer: NodeJS.Timeout | undefined;
  const watch = (limit: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state.late = true;
      worker.kill("SIGKILL");
    }, limit * 1000);
  };
  await new Promise<void>((resolve) => {
    worker.on("message", (told: Told) => {
      if (told.kind === "begun") {
        state.reading = true;
        watch(seconds);
      } else if (told.kind === "ended") {
        state.reading = false;
        // Whole files of the next format may have to be made first.
        watch(120);
        note(told.outcome, told.message, told.milliseconds, told.bytes);
      } else {
        state.failure = told.message;
      }
    });
    worker.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
    watch(120);
    worker.send(order);
  });
  const { reading, late, failure } = state;
  if (failure !== null || (late && !reading)) throw new Error(`The worker could not go on: ${failure ?? errors}`);
  if (reading) note(late ? "endless" : "crash", late ? `longer than ${seconds} s` : errors, seconds * 1000, "");
}
