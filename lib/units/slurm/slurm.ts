import { spawn } from "node:child_process";

import { Problem } from "../../runtime/problem";
import { visibleText } from "../../runtime/visible-text";

/** A job of a study that is in the queue. */
export interface QueuedJob {
  /** The array: "12". */
  readonly job: string;
  /** The place in it, from 1. */
  readonly index: number;
  /** The chunk whose units it has. */
  readonly chunk: number;
  /** "PENDING", "RUNNING" and so on. */
  readonly state: string;
  /** Why it waits: "Dependency", "BeginTime". */
  readonly reason: string;
}

/** What became of a script that was handed to Slurm. */
export type Submitted =
  /** It is in the queue, by this number. */
  | { readonly job: string }
  /** Later: the user's jobs, or those of the cluster, are as many as they may be, or the controller does not answer. */
  | { readonly job: null; readonly why: "full" | "silent" };

/** The programs of Slurm. */
export interface Slurm {
  /** How many jobs an array may have. */
  arraySize(): Promise<number>;
  /**
   * Submits a script.
   *
   * @throws {Problem} Where it is refused, with Slurm's own words.
   */
  submit(script: string, size: number, atOnce: number | null, dependency: string | null): Promise<Submitted>;
  /**
   * Lists the jobs of a name that have not ended; null where the controller does not answer.
   *
   * @throws {Problem} Where there is no Slurm.
   */
  queue(jobName: string): Promise<QueuedJob[] | null>;
  /** Lets a job begin that waits for a time, or that was held as its node could not start it. */
  release(job: QueuedJob): Promise<void>;
  cancel(job: QueuedJob): Promise<void>;
}

/** The most jobs of an array where the cluster does not say: Slurm's default. */
const usualArraySize = 1001;

/** What Slurm says where a user may not have more jobs in the queue, or it cannot hold more. */
const full = /MaxSubmit|Job violates accounting|Reached limit|QOSMax\w*Submit|temporarily un/i;

/** What it says where its controller does not answer. */
const silent = /unable to contact|connection failure|timed out|zero bytes/i;

/** Milliseconds after which a program of Slurm is taken for one that nothing answers. */
const patience = 60_000;

interface Ran {
  readonly code: number | string;
  readonly out: string;
  readonly error: string;
}

/** Gives the Slurm of this machine, by the programs that are found in PATH. */
export function findSlurm(): Slurm {
  const id = ({ job, index }: QueuedJob) => `${job}_${index}`;
  return {
    async arraySize() {
      const { out } = await run("scontrol", ["show", "config"]);
      const size = Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(out)?.[1] ?? usualArraySize);
      // Places are counted from 1, and the size is the first that is too large.
      return Math.max(1, size - 1);
    },
    async submit(script, size, atOnce, dependency) {
      const array = `1-${size}${atOnce === null ? "" : `%${atOnce}`}`;
      const more = dependency === null ? [] : [`--dependency=${dependency}`];
      const { code, out, error } = await run("sbatch", ["--parsable", `--array=${array}`, ...more, script]);
      if (code === "ENOENT") throw missing("sbatch");
      const job = /^(\d+)/.exec(out)?.[1];
      if (code === 0 && job !== undefined) return { job };
      if (full.test(error)) return { job: null, why: "full" };
      if (code === "SIGTERM" || silent.test(error)) return { job: null, why: "silent" };
      const said = visibleText((error || out).replace(/^sbatch: (?:error: )?/gm, "").trim()).slice(0, 300);
      throw new Problem(`Slurm refuses the jobs: ${said || `sbatch ended with ${code}`}.`, adviceFor(said));
    },
    async queue(jobName) {
      const { code, out } = await run("squeue", ["--noheader", "--array", `--name=${jobName}`, "--format=%i|%T|%r|%k"]);
      if (code === "ENOENT") throw missing("squeue");
      return code === 0 ? readQueue(out) : null;
    },
    async release(job) {
      if (heldByFault.test(job.reason)) await run("scontrol", ["release", id(job)]);
      else await run("scontrol", ["update", `JobId=${id(job)}`, "StartTime=now"]);
    },
    async cancel(job) {
      await run("scancel", [id(job)]);
    },
  };
}

/** Why a job waits that a node could not start: nobody but its user lets it go on. */
const heldByFault = /launch.failed.requeued.held/;

/** Says whether a job waits only because it was put back into the queue. */
export const isPutBack = ({ reason }: Pick<QueuedJob, "reason">): boolean =>
  reason === "BeginTime" || heldByFault.test(reason);

/** Why jobs wait that begin by themselves, in time. */
const usualReason = /^(?:None|Priority|Resources|Dependency|BeginTime|JobArrayTaskLimit|Prolog|Cleaning)?$/;

/**
 * Says what keeps all jobs from beginning, in Slurm's own words, where it is no queue.
 *
 * @returns "Nodes required for job are DOWN, DRAINED …"; null where one runs, or a reason is the usual one.
 */
export function heldBackBy(jobs: readonly Pick<QueuedJob, "state" | "reason">[]): string | null {
  if (jobs.some(({ state }) => state !== "PENDING")) return null;
  return jobs.find(({ reason }) => !usualReason.test(reason) && !heldByFault.test(reason))?.reason ?? null;
}

const missing = (program: string) =>
  new Problem(
    `There is no ${program} on this machine.`,
    "Start it on a machine from which jobs are submitted, or use --print to write the scripts.",
  );

/** Reads what squeue prints, a job a line; what is no job of an array with the number of a chunk is none of ours. */
export function readQueue(text: string): QueuedJob[] {
  return text.split("\n").flatMap((line) => {
    const match = /^(\d+)_(\d+)\|(\w+)\|([^|]*)\|(\d+)$/.exec(line.trim());
    if (match === null) return [];
    const [, job, index, state, reason, chunk] = match as unknown as [string, string, string, string, string, string];
    return [{ job, index: Number(index), state, reason, chunk: Number(chunk) }];
  });
}

function adviceFor(said: string): string {
  if (/partition/i.test(said)) return "Give another --partition; `sinfo` lists those that there are.";
  if (/account/i.test(said)) return "Give the --account that you may use.";
  if (/time limit/i.test(said)) return "Give a shorter --time; `sinfo` says what a partition allows.";
  if (/node configuration|memory|cpu/i.test(said)) return "Ask for less with --memory, --threads or --gpus.";
  return "Correct what it says; --sbatch hands further options on.";
}

function run(program: string, parameters: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    // In a group of its own: Ctrl-C closes the table, and must not cut off what is being submitted.
    const child = spawn(program, parameters, { detached: true, stdio: ["ignore", "pipe", "pipe"], timeout: patience });
    const said = { out: "", error: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.error += text));
    child.on("error", ({ code }: NodeJS.ErrnoException) => {
      resolve({ code: code ?? 1, ...said });
    });
    child.on("close", (code, signal) => {
      resolve({ code: code ?? signal ?? 1, ...said });
    });
  });
}
