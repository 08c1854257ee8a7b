import type { QueuedJob, Slurm } from "../../../lib/units/slurm/slurm";
import { readText } from "../../../lib/files/read-whole";

/** What became of a job of a pretended Slurm. */
export interface PretendedJob extends QueuedJob {
  readonly unit: string;
  readonly after: readonly string[];
}

/** A Slurm of this process: what is submitted stays in a list, and a test says what runs and ends. */
export function pretendSlurm({ most = 1000, room = Infinity }: { most?: number; room?: number } = {}) {
  const jobs: PretendedJob[] = [];
  const submitted: string[] = [];
  const dependencies: (string | null)[] = [];
  const cancelled: string[] = [];
  const released: string[] = [];
  let last = 0;
  /** Whether its queue cannot be asked; whether nothing can be handed to it. */
  const state = { silent: false, unreachable: false };
  const id = ({ job, index }: Pick<QueuedJob, "job" | "index">) => `${job}_${index}`;
  const slurm: Slurm = {
    arraySize: () => Promise.resolve(most),
    submit(script, size, _atOnce, dependency) {
      if (jobs.length + size > room) return Promise.resolve({ job: null, why: "full" });
      if (state.unreachable) return Promise.resolve({ job: null, why: "silent" });
      const job = String(++last);
      const units = readText(script.replace(/sh$/, "txt")).trim().split("\n");
      const chunk = Number(/chunk-(\d+)/.exec(script)![1]);
      const after = (dependency ?? "").split(":").slice(1);
      dependencies.push(dependency);
      for (const [index, unit] of units.entries()) {
        submitted.push(unit);
        jobs.push({ job, index: index + 1, chunk, state: "PENDING", reason: "Priority", unit, after });
      }
      return Promise.resolve({ job });
    },
    queue: () => Promise.resolve(state.silent ? null : [...jobs]),
    release(job) {
      released.push(id(job));
      return Promise.resolve();
    },
    cancel(job) {
      cancelled.push(id(job));
      jobs.splice(
        jobs.findIndex((one) => id(one) === id(job)),
        1,
      );
      return Promise.resolve();
    },
  };
  /** Changes what is said of a unit's job. */
  const set = (unit: string, change: Partial<PretendedJob>) => {
    const index = jobs.findIndex((job) => job.unit === unit);
    jobs[index] = { ...jobs[index]!, ...change };
  };
  /** Takes the job of a unit out of the queue. */
  const end = (unit: string) =>
    jobs.splice(
      jobs.findIndex((job) => job.unit === unit),
      1,
    );
  /** The jobs whose dependencies have all ended. */
  const ready = () =>
    jobs.filter(({ after }) =>
      after.every((one) => !jobs.some((job) => (one.includes("_") ? id(job) === one : job.job === one))),
    );
  return { slurm, jobs, submitted, dependencies, cancelled, released, state, set, end, ready };
}
