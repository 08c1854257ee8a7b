import { readCount } from "../runtime/command-line";
import { nearestOf } from "../runtime/nearest";
import { Problem } from "../runtime/problem";
import { checkResources, readMinutes, readWords, type Resources } from "../units/slurm/sbatch-options";
import type { ProfileName } from "./study-settings";

/** The options of `npm run study` that say where and how its units are done. */
export const unitOptions = {
  on: { type: "string" },
  workers: { type: "string" },
  threads: { type: "string" },
  print: { type: "boolean" },
  list: { type: "boolean" },
  unit: { type: "string" },
  time: { type: "string" },
  memory: { type: "string" },
  partition: { type: "string" },
  account: { type: "string" },
  gpus: { type: "string" },
  sbatch: { type: "string" },
} as const;

/** The lines of the command's help about them. */
export const unitUsage = `  --workers N        first does all units of the study on this machine, N processes at a time
  --on slurm         the same by a cluster: submits what is not done, and shows how far it is; Ctrl-C closes the table,
                     and the jobs go on; the same command opens it again
  --print            with --on slurm or --on kubernetes: writes scripts, and starts nothing
  --list             lists the units and how far they are
  --unit NAME        does one unit alone; ends with 0: done, 64: wrong, 85: saved, 86: in use, 87: too early, else 1
  --threads N        threads of each process; a study keeps those that it was begun with
  --time T, --memory M, --partition P, --account A, --gpus N, --sbatch "--qos=long ..."
                     what a cluster gives each unit: minutes, "4G"; the last is handed to sbatch as it is`;

const places = ["here", "slurm", "kubernetes"] as const;

/** What a cluster gives a unit of each profile, where nothing else is said. */
const usual: Readonly<Record<ProfileName, { readonly minutes: number; readonly memory: string }>> = {
  smoke: { minutes: 30, memory: "1500M" },
  quick: { minutes: 120, memory: "2G" },
  overnight: { minutes: 480, memory: "4G" },
  "overnight-masks": { minutes: 480, memory: "4G" },
  "overnight-enas": { minutes: 480, memory: "4G" },
  paper: { minutes: 1440, memory: "6G" },
  "paper-524": { minutes: 720, memory: "6G" },
};

/** Where and how the units of a study are done. */
export interface UnitRequest {
  readonly on: (typeof places)[number];
  /** Processes at a time; null: the study's own number here, as many as there is room for on a cluster. */
  readonly workers: number | null;
  /** Threads of each; null: by the place. */
  readonly threads: number | null;
  /** Whether scripts are written, and nothing is started. */
  readonly print: boolean;
  /** Whether units are listed alone. */
  readonly list: boolean;
  /** The unit that is done alone. */
  readonly unit: string | null;
  readonly resources: (profile: ProfileName) => Resources;
}

type Given = { readonly [Name in keyof typeof unitOptions]?: string | boolean | undefined };

/**
 * Reads where and how units are done.
 *
 * @returns The request; null where nothing is said of units: notebooks do them then.
 * @throws {Problem} Where a value is none, or options do not go together.
 */
export function readUnitOptions(given: Given): UnitRequest | null {
  const said = Object.keys(unitOptions).filter((name) => given[name as keyof Given] !== undefined);
  if (said.length === 0) return null;
  const text = (name: keyof Given) => (given[name] === undefined ? null : String(given[name]));
  const on = places.find((one) => one === (text("on") ?? "here"));
  if (on === undefined) {
    const meant = nearestOf(text("on")!, places);
    throw new Problem(
      `--on is "${text("on")!}", expected ${places.join(", ")}.`,
      meant === null ? "Give one of them." : `Did you mean "${meant}"?`,
    );
  }
  const forClusters = ["print", "time", "memory", "partition", "account", "gpus", "sbatch"];
  const lost = said.find((name) => forClusters.includes(name));
  if (on === "here" && lost !== undefined)
    throw new Problem(`--${lost} is for a cluster, and the units are done here.`, "Give --on slurm too.");
  if (on === "kubernetes" && given.print !== true)
    throw new Problem("A job for Kubernetes can only be printed: it was not tried there.", "Give --print too.");
  const count = (name: "workers" | "threads" | "gpus") => readCount(`--${name}`, text(name) ?? undefined, null);
  const [workers, threads, gpus] = [count("workers"), count("threads"), text("gpus") === "0" ? 0 : count("gpus")];
  const [time, words] = [text("time"), text("sbatch")];
  const minutes = time === null ? null : readMinutes(time);
  const others = words === null ? [] : readWords(words);
  return {
    ...{ on, workers, threads, print: given.print === true, list: given.list === true, unit: text("unit") },
    resources: (profile) =>
      checkResources({
        minutes: minutes ?? usual[profile].minutes,
        memory: text("memory") ?? usual[profile].memory,
        ...{ partition: text("partition"), account: text("account"), gpus: gpus ?? 0, atOnce: workers, others },
      }),
  };
}
