import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

import * as v from "valibot";

import { explainFailure } from "../files/explain-failure";
import { nullable, wholeNumber } from "../runtime/option-values";

const word = () => v.pipe(v.string(), v.maxLength(300));

const ownerSchema = v.object({
  host: word(),
  /** What the process's number is unique in: the start of the machine and the container; empty where the system does not tell. */
  place: word(),
  pid: wholeNumber({ from: 1 }),
  /** When the process started, as the system counts; null where it does not tell. Numbers are given out again, moments are not. */
  processStart: nullable(word()),
  /** The time of day at which it took the run, as ISO 8601 in UTC. */
  since: word(),
});

/** A process, so named that no other is taken for it, on another machine or after a restart. */
export type Owner = Readonly<v.InferOutput<typeof ownerSchema>>;

/** Names this process. */
export function describeSelf(since: Date): Owner {
  const { pid } = process;
  return { host: hostname(), place: findPlace(), pid, processStart: findProcessStart(pid), since: since.toISOString() };
}

/**
 * Says whether a process lives, as far as it can be known from here.
 *
 * @returns Null where it is on another machine, or in another container: only its heartbeat tells then.
 */
export function isAlive(owner: Owner, self: Owner): boolean | null {
  if (owner.host !== self.host || owner.place !== self.place) return null;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, and lives.
    if (explainFailure(error).code === "ESRCH") return false;
  }
  const start = findProcessStart(owner.pid);
  return start === null || owner.processStart === null || start === owner.processStart;
}

/** Reads an owner that was written as JSON; null where it is none. */
export function readOwner(data: unknown): Owner | null {
  return v.is(ownerSchema, data) ? data : null;
}

// In a container the numbers count from 1 again, under a host's name that may be the same.
function findPlace(): string {
  try {
    const start = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${start} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

function findProcessStart(pid: number): string | null {
  if (process.platform === "win32") return null;
  try {
    // The fields after the command's name, which may hold spaces and brackets; the 20th is the start (man 5 proc).
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return process.platform === "linux" ? null : askProcessStart(pid);
  }
}

function askProcessStart(pid: number): string | null {
  try {
    const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
    return started === "" ? null : started;
  } catch {
    return null;
  }
}
