import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

import { explainFailure, fileProblem } from "../files/explain-failure";
import type { Clock } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { InUse } from "./exit-codes";
import { parseJson } from "./json";
import { describeSelf, isAlive, readOwner, type Owner } from "./owner";
import { readOwnFile } from "./read-own-file";

/** After how many seconds without a heartbeat an owner that cannot be seen from here is taken as dead. */
const silenceSeconds = 60;

/** How often the owner shows that it lives, in seconds. */
const beatSeconds = 10;

/** The right to write into a run's folder. One process at a time has it. */
export interface Lock {
  /** Which owner of the folder this is, counted from 1. */
  readonly epoch: number;
  /** Whose place it took, who had died or gone silent; null where the folder was free. */
  readonly tookOver: Owner | "unknown" | null;
  /**
   * Makes sure that the right is still held, and shows that its owner lives. Called right before each change of the folder.
   *
   * @throws {Problem} Where another process has taken over, or the lock was released.
   */
  readonly check: () => void;
  /** Gives the right back. May be called twice. */
  release(): void;
}

/** How a lock is taken. */
export interface LockOptions {
  readonly clock: Clock;
  /** Who takes it; default: this process. */
  readonly self?: Owner;
}

/**
 * Takes the right to write into a run's folder.
 *
 * Locks of the system are of no use on many network disks, so the folder `owner` holds a file for each owner: `000001.held`,
 * made by a hard link, which fails where the name is there. It names host, process and the process's start; `000001.free`
 * beside it says that the right was given back. Whoever has the highest number is the owner. To take over from a dead owner is
 * to make the next number: of many that try only one can. Numbers only rise, the highest file is never removed, and a
 * claim counts only where a second look still finds none higher: thus whoever was held up in between has lost, and sees it.
 *
 * An owner on this machine is dead when its process is gone, or its number belongs to a process that started at another moment.
 * Of one elsewhere only its heartbeat tells, the time of its file, which is compared with the time of a file that is
 * made now on the same disk: the machines' clocks need not agree.
 *
 * @throws {Problem} Where it has an owner, which is named; where the folder cannot be written.
 */
export function takeLock(folder: string, options: LockOptions): Lock {
  const { clock } = options;
  const self = options.self ?? describeSelf(clock.now());
  const place = join(folder, "owner");
  const text = `${JSON.stringify(self)}\n`;
  const candidate = join(place, `.${randomBytes(6).toString("hex")}.candidate`);
  try {
    mkdirSync(place, { recursive: true });
    for (;;) {
      const before = findHighest(place);
      // Written anew at each attempt: its time is "now" by the disk's clock.
      writeFileSync(candidate, text);
      const now = statSync(candidate, { throwIfNoEntry: false })?.mtimeMs;
      // An owner that cleans up has taken it.
      if (now === undefined) continue;
      const tookOver = requireDead(folder, place, before, self, now);
      const epoch = before.epoch + 1;
      if (!makeNew(candidate, join(place, nameOf(epoch, "held")), text)) continue;
      if (!isHighest(place, epoch)) continue;
      removeOlder(place, epoch);
      return holdLock({ folder, place, epoch, text, clock, tookOver });
    }
  } catch (error) {
    throw fileProblem(place, "written", error);
  } finally {
    removeQuietly(candidate);
  }
}

interface Held {
  readonly folder: string;
  readonly place: string;
  readonly epoch: number;
  readonly text: string;
  readonly clock: Clock;
  readonly tookOver: Owner | "unknown" | null;
}

function holdLock({ folder, place, epoch, text, clock, tookOver }: Held): Lock {
  const file = join(place, nameOf(epoch, "held"));
  let released = false;
  let lastBeat = clock.seconds();
  const beat = () => {
    lastBeat = clock.seconds();
    // Writing what is there already lets the disk set the time, by its own clock; a file that is gone is not made again.
    const handle = openSync(file, "r+");
    try {
      writeSync(handle, text, 0);
    } finally {
      closeSync(handle);
    }
  };
  const lock: Lock = {
    epoch,
    tookOver,
    check() {
      if (released) throw new Problem(`${folder} was closed.`, "Open the run again.");
      let highest;
      try {
        highest = findHighest(place);
      } catch (error) {
        throw fileProblem(place, "read", error);
      }
      if (highest.epoch !== epoch || highest.free) throw lost(folder, place, highest.epoch);
      if (clock.seconds() - lastBeat < beatSeconds) return;
      try {
        beat();
      } catch {
        // A beat that fails must not stop the work: the next write tells if the disk has gone.
      }
    },
    release() {
      if (released) return;
      clearInterval(timer);
      // Of a lock that is lost the number is below the highest, and a mark beside it means nothing.
      free(place, epoch);
      released = true;
    },
  };
  const timer = setInterval(() => {
    try {
      lock.check();
    } catch {
      // The next write says it to whoever writes.
    }
  }, beatSeconds * 1000);
  // Work that has ended must not be kept alive by its heartbeat.
  timer.unref();
  return lock;
}

const nameOf = (epoch: number, state: "held" | "free") => `${String(epoch).padStart(6, "0")}.${state}`;

function findHighest(place: string): { readonly epoch: number; readonly free: boolean } {
  const found = readdirSync(place).map((name) => /^(\d{6,15})\.(held|free)$/.exec(name));
  const epochs = found.map((match) => (match?.[2] === "held" ? Number(match[1]) : 0));
  const epoch = epochs.reduce((one, other) => Math.max(one, other), 0);
  return { epoch, free: found.some((match) => match?.[2] === "free" && Number(match[1]) === epoch) };
}

// Whose place may be taken: null where there is no owner. Throws where there is one that lives.
function requireDead(
  folder: string,
  place: string,
  { epoch, free }: { readonly epoch: number; readonly free: boolean },
  self: Owner,
  now: number,
): Owner | "unknown" | null {
  if (epoch === 0 || free) return null;
  const file = join(place, nameOf(epoch, "held"));
  const stat = statSync(file, { throwIfNoEntry: false });
  const owner = stat === undefined ? null : readHeld(file);
  // Gone in the meantime: somebody with a higher number has removed it, whom the making of the next finds. It may also have
  // gone after the first look, and then it is no file that says nothing yet.
  if (stat === undefined || (owner === null && !existsSync(file))) return "unknown";
  const alive = owner === null ? null : isAlive(owner, self);
  const silence = (now - stat.mtimeMs) / 1000;
  if (alive === false || (alive === null && silence > silenceSeconds)) return owner ?? "unknown";
  throw inUse(folder, owner, self, alive, silence);
}

function readHeld(file: string): Owner | null {
  try {
    return readOwner(parseJson(new TextDecoder().decode(readOwnFile(file, 10_000) ?? new Uint8Array())));
  } catch {
    // Half written, where the disk has no hard links, or something else: its time tells.
    return null;
  }
}

function inUse(folder: string, owner: Owner | null, self: Owner, alive: boolean | null, silence: number): InUse {
  const who = owner === null ? "a process that has not said its name yet" : describeOwner(owner);
  if (alive === null) {
    const left = Math.max(1, Math.ceil(silenceSeconds - silence));
    return new InUse(
      `${folder} is in use by ${who}, which showed that it lives ${Math.max(0, Math.round(silence))} s ago.`,
      `Wait for it, or stop it there; if it has died, this run can be taken over in ${left} s.`,
    );
  }
  if (owner?.pid === self.pid) {
    return new InUse(
      `${folder} is open in this very process already, since ${owner.since}.`,
      "Close the run there first; in a notebook whose cell has lost it, restart the kernel.",
    );
  }
  return new InUse(`${folder} is in use by ${who}.`, "Wait for it, stop it, or choose another folder.");
}

function lost(folder: string, place: string, epoch: number): InUse {
  const owner = readHeld(join(place, nameOf(epoch, "held")));
  const who = owner === null ? "another process" : describeOwner(owner);
  return new InUse(
    `${folder} was taken over by ${who}, as this process had shown no life for more than ${silenceSeconds} s. Nothing more was written by this one.`,
    "Let the other one go on.",
  );
}

/**
 * Names an owner in a message.
 *
 * @returns "process 123 on mona, since 2026-11-24T08:00:00.000Z", without anything that a terminal would obey.
 */
export function describeOwner(owner: Owner): string {
  return `process ${owner.pid} on ${owner.host}, since ${owner.since}`.replace(/[\x00-\x1f\x7f-\x9f]/g, "?");
}

// A link is made whole or not at all. Where the disk has none, the file is made first and filled then.
function makeNew(candidate: string, path: string, text: string): boolean {
  try {
    linkSync(candidate, path);
    return true;
  } catch (error) {
    const { code } = explainFailure(error);
    // ENOENT: an owner that cleans up has taken the candidate.
    if (code === "EEXIST" || code === "ENOENT") return false;
    if (!["EMLINK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM", "EXDEV"].includes(code ?? "")) throw error;
  }
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (explainFailure(error).code === "EEXIST") return false;
    throw error;
  }
}

function isHighest(place: string, epoch: number): boolean {
  try {
    return findHighest(place).epoch === epoch;
  } catch (error) {
    // What nobody holds must not look held until this process ends.
    free(place, epoch);
    throw error;
  }
}

function free(place: string, epoch: number): void {
  try {
    // It is empty: a name alone can be written on a full disk too.
    writeFileSync(join(place, nameOf(epoch, "free")), "", { flag: "wx" });
  } catch {
    // Then this process's end frees it.
  }
}

function removeOlder(place: string, epoch: number): void {
  try {
    for (const name of readdirSync(place)) {
      const match = /^(\d{6,15})\.(held|free)$/.exec(name);
      if (name.endsWith(".candidate") || (match !== null && Number(match[1]) < epoch)) removeQuietly(join(place, name));
    }
  } catch {
    // They do no harm.
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It does no harm: older numbers count for nothing.
  }
}
