/**
 * The one place that reads the clock, the environment's variables and the folders of this machine. Everything else is
 * given what it needs, so that it can be tested and repeated.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

import tensorflowVariables from "./tensorflow-variables.json";

/** The folder that holds the project's package.json, found from this file and never from where a command was started. */
export const projectRoot: string = findProjectRoot(__dirname);

/** The folder with the notebooks. */
export const notebooksRoot: string = join(projectRoot, "notebooks");

/** The folder with the project's own TensorFlow kernels, compiled by the set-up; it may be empty, or not be there. */
export const kernelsFolder: string = join(projectRoot, ".setup", "kernels");

/** What holds errors back while TensorFlow is loaded, compiled by the set-up; it may not be there. */
export const heldErrorsFile: string = join(projectRoot, ".setup", "held-errors.node");

/** The folder in which every run leaves a folder of its own: `SONONAS_RESULTS`, or `results/` in the project. */
export const resultsRoot: string = resolve(projectRoot, readVariable("SONONAS_RESULTS") ?? "results");

/** The Python of the project's own virtual environment, which the set-up makes. */
export const environmentPython: string =
  process.platform === "win32"
    ? join(projectRoot, ".venv", "Scripts", "python.exe")
    : join(projectRoot, ".venv", "bin", "python");

/**
 * The variables of the environment that the project reads, all of them optional.
 *
 * - `SONONAS_DATA`: the folder with the data sets, a relative path starting at the project; default: `data/`.
 * - `SONONAS_CACHE`: the folder for what can be made again, prepared images above all; default: `.cache/`.
 * - `SONONAS_RESULTS`: the folder for what runs and studies leave behind; default: `results/`.
 * - `SONONAS_THREADS`: how many threads one TensorFlow operation may use, from 1; default: one for each processor.
 *   Results are repeatable to the bit only at the same number.
 * - `SONONAS_KERNELS`: whose kernels compute a network. `own`: the project's, and an error where they cannot be used;
 *   `tensorflow`: TensorFlow's; `avx512`, `avx2` or `portable`: the project's for that kind of processor, to get the same bits
 *   on others. Default: the project's fastest where they can be used, else TensorFlow's.
 * - `SONONAS_STUDY`: which study notebooks belong to, as JSON, set by `npm run study` and `npm run lab`; `SONONAS_PROFILE` and
 *   `SONONAS_DATASET` name its profile and data set alone. Default: the study that was chosen in a notebook.
 */
export type Variable =
  | "SONONAS_DATA"
  | "SONONAS_CACHE"
  | "SONONAS_RESULTS"
  | "SONONAS_THREADS"
  | "SONONAS_KERNELS"
  | "SONONAS_STUDY"
  | "SONONAS_PROFILE"
  | "SONONAS_DATASET";

/** The variables that TensorFlow's library reads when it is loaded. */
export type TensorflowVariable = keyof typeof tensorflowVariables | "TF_NUM_INTRAOP_THREADS" | "TF_NUM_INTEROP_THREADS";

/** Reads a variable of the environment; undefined where it is unset or empty. */
export function readVariable(name: Variable | TensorflowVariable): string | undefined {
  const value = process.env[name];
  return value === undefined || value === "" ? undefined : value;
}

/**
 * Sets the variables that TensorFlow reads when it is loaded; too late afterwards. What the user has set stands.
 *
 * @param threads How many threads one operation may use, from 1; TensorFlow's default: one for each processor.
 */
export function setTensorflowVariables(threads?: number): void {
  for (const [name, value] of Object.entries(tensorflowVariables)) process.env[name] ??= value;
  if (threads === undefined) return;
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
}

/** The folder with the data sets: `SONONAS_DATA`, or `data/` in the project; it need not exist yet. */
export function dataRoot(): string {
  return resolve(projectRoot, readVariable("SONONAS_DATA") ?? "data");
}

/** The folder for what can be made again: `SONONAS_CACHE`, or `.cache/` in the project; it need not exist yet. */
export function cacheRoot(): string {
  return resolve(projectRoot, readVariable("SONONAS_CACHE") ?? ".cache");
}

/** The file with the key of the pseudonyms: with its user's own settings, outside of the project and of all results. */
export function pseudonymKeyFile(): string {
  return join(homedir(), ".config", "sononas", "pseudonyms.key");
}

/**
 * The environment in which the project's Jupyter is started: its own kernels come before any that the user has installed
 * elsewhere under the same name.
 *
 * @param study The study that notebooks are to belong to; default: the one that is chosen for all.
 */
export function jupyterEnvironment(
  study: { readonly profile: string; readonly dataset: string; readonly changes?: object } | null = null,
): Record<string, string | undefined> {
  const own = join(projectRoot, ".venv", "share", "jupyter");
  const others = process.env.JUPYTER_PATH;
  return {
    ...process.env,
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_PATH: others ? `${own}${delimiter}${others}` : own,
    ...(study === null ? {} : { SONONAS_STUDY: JSON.stringify(study) }),
  };
}

/** The environment for a process of this library that is to compute with a number of threads, from 1. */
export function environmentWithThreads(threads: number): Record<string, string | undefined> {
  return { ...process.env, SONONAS_THREADS: String(threads) };
}

/** Says whether this process runs as the administrator of a Unix system. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** A source of the time, so that a test can bring its own. */
export interface Clock {
  /** The time of day, for file names and records. */
  now(): Date;
  /** Seconds since some fixed moment, never running backwards, for durations. */
  seconds(): number;
}

/** This machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  seconds: () => performance.now() / 1000,
};

/**
 * Says how many seconds processors have worked for this process so far, all threads together.
 */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What this machine is, as far as it bears on results and speed. */
export interface Machine {
  /** Operating system and processor architecture, as Node names them: "linux-x64". */
  readonly platform: string;
  /** The processor's name, "unknown processor" where the system does not tell. */
  readonly processor: string;
  /** How many processors this process may use. */
  readonly processors: number;
  /** Node's version, "20.20.2". */
  readonly node: string;
}

/** Describes this machine. */
export function describeMachine(): Machine {
  return {
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown processor",
    processors: availableParallelism(),
    node: process.versions.node,
  };
}

/**
 * Reads the version of an installed package, or of this project.
 *
 * @param name The package's name, "danfojs-node"; "sononas" is this project.
 * @returns Its version, "not installed" where there is none.
 */
export function packageVersion(name: string): string {
  const folder = name === "sononas" ? projectRoot : join(projectRoot, "node_modules", ...name.split("/"));
  const file = join(folder, "package.json");
  if (!existsSync(file)) return "not installed";
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}

function findProjectRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "sononas")
      return folder;
    if (dirname(folder) === folder) throw new Error(`No package.json of sononas was found in ${start} or above it.`);
  }
}
