import { fork } from "node:child_process";
import { extname } from "node:path";

import { environmentWithThreads } from "../runtime/environment";
import { visibleText } from "../runtime/visible-text";
import { exitCodes } from "../runs/exit-codes";

/** What the process of a unit tells its parent. */
export type UnitMessage =
  /** How far it is, in what it counts itself, and what came last. */
  | { readonly kind: "progress"; readonly done: number; readonly total: number | null; readonly note: string }
  /** Why it ends. */
  | { readonly kind: "error"; readonly message: string };

/** How the process of a unit ended. */
export type UnitEnd =
  /** The unit is done. */
  | { readonly kind: "done" }
  /** It was asked to stop, and has saved as much as it had. */
  | { readonly kind: "saved" }
  /** It failed. */
  | {
      readonly kind: "failed";
      readonly message: string;
      readonly wrongConfiguration: boolean;
      /** Whether nothing is wrong, and another process has the unit. */
      readonly inUse: boolean;
      /** Whether the process said so itself, and has kept it where it belongs. */
      readonly told: boolean;
    };

/** A process that runs a unit. */
export interface UnitProcess {
  readonly ended: Promise<UnitEnd>;
  /** Its number in the system; undefined where it could not be started. */
  readonly pid: number | undefined;

  /** Asks it to save and to end. */
  stop(): void;
}

/** What is started. */
export interface UnitStart {
  /** The file that does a unit, by its path without an ending: it is there compiled or as it is written. */
  readonly entry: string;
  readonly parameters: readonly string[];
  readonly threads: number;
  /** Told how far it is. */
  readonly onProgress: (progress: Extract<UnitMessage, { kind: "progress" }>) => void;
}

/** How much is kept of what a process complains of. */
const keptCharacters = 4_000;

/** The signals by which a process ends that was asked to, before it listens. */
const polite: readonly (string | null)[] = ["SIGINT", "SIGTERM", "SIGUSR1"];

/** Starts a process that runs one unit: each has TensorFlow, its threads and its memory to itself. */
export function startUnit({ entry, parameters, threads, onProgress }: UnitStart): UnitProcess {
  const form = extname(__filename);
  const child = fork(`${entry}${form}`, parameters, {
    env: environmentWithThreads(threads),
    execArgv: form === ".ts" ? ["--require", require.resolve("tsx/cjs")] : [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaints = "";
  let told: string | null = null;
  child.stderr!.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-keptCharacters)));
  child.on("message", (message: UnitMessage) => {
    if (message.kind === "progress") onProgress(message);
    else told = message.message;
  });
  return {
    pid: child.pid,
    stop: () => void child.kill("SIGTERM"),
    ended: new Promise((resolve) => {
      child.on("error", (error) => {
        resolve(failed(`Its process cannot be started: ${error.message}.`, false));
      });
      child.on("close", (code, signal) => {
        if (code === exitCodes.done) resolve({ kind: "done" });
        else if (code === exitCodes.saved || polite.includes(signal)) resolve({ kind: "saved" });
        else if (told !== null)
          resolve({
            ...failed(told, true),
            ...{ wrongConfiguration: code === exitCodes.wrongConfiguration, inUse: code === exitCodes.inUse },
          });
        else resolve(failed(describeEnd(code, signal, complaints), false));
      });
    }),
  };
}

function failed(message: string, told: boolean): Extract<UnitEnd, { kind: "failed" }> {
  return { kind: "failed", message, wrongConfiguration: false, inUse: false, told };
}

/**
 * Says how a process ended that did not say so itself.
 *
 * @param code Its exit code; null where a signal ended it.
 */
export function describeEnd(code: number | null, signal: string | null, complaints: string): string {
  if (signal === "SIGKILL") {
    return "Its process was killed, as systems do when memory runs out. Run the same again: the unit goes on from its checkpoint.";
  }
  const how = signal === null ? `with ${String(code)}` : `by ${signal}`;
  // What TensorFlow says of itself when it is loaded is no reason, and of a stack the error stands above its calls.
  const lines = complaints
    .split("\n")
    .filter((line) => !/^\s*$|^(?:WARNING: All log|[IW]\d{4} |\d{4}-\d\d-\d\d .*: [IW] )|^\s+at /.test(line));
  const reason = [...lines].reverse().find((line) => /Error|cannot|Fatal/.test(line)) ?? lines.at(-1) ?? "";
  return `Its process ended ${how} without a reason. ${visibleText(reason.trim())}`.trim();
}
