"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { state } = require("../machine/places.cjs");

const file = path.join(state, "lock");

/** How often the owner touches the lock, in milliseconds. */
const beat = 1_000;

/**
 * After how long without a touch the lock of an owner that cannot be seen from here is taken over, in milliseconds: one on another
 * machine or in another container, or one that has not written its name. A loaded machine may hold a process up for long.
 */
const abandoned = 120_000;

/** @param {() => string} read */
function orNothing(read) {
  try {
    return read();
  } catch {
    return "";
  }
}

/**
 * What the number of a process is unique in: the start of the machine, and the container.
 *
 * @returns {string}
 */
function placeOfProcesses() {
  const boot = orNothing(() => fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  return [os.hostname(), boot, orNothing(() => fs.readlinkSync("/proc/self/ns/pid"))].join(" ");
}

/**
 * When a process started, as Linux counts: numbers are given out again, moments are not. Empty where the system does not tell.
 *
 * @param {number} pid
 * @returns {string}
 */
function startOf(pid) {
  // The 20th of the fields after the command's name, which may hold spaces and brackets (man 5 proc).
  const stat = orNothing(() => fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

/**
 * Who holds the lock.
 *
 * @typedef {{ place: string, pid: number, start: string }} Holder
 */

/**
 * Says whether a holder lives.
 *
 * @param {Holder} holder
 * @returns {boolean | null} Null where that cannot be seen from here.
 */
function isAlive({ place, pid, start }) {
  if (place !== placeOfProcesses() || !Number.isInteger(pid) || pid < 1) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, and lives.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH") return false;
  }
  return startOf(pid) === start;
}

/**
 * Looks at the lock.
 *
 * @returns {{ text: string, free: boolean } | null} What stands in it, and whether its owner has died; null where nobody has it.
 */
function look() {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  const text = orNothing(() => fs.readFileSync(file, "utf8"));
  /** @type {boolean | null} */
  let alive = null;
  try {
    alive = isAlive(JSON.parse(text));
  } catch {
    // It has no name yet, or is of an older version.
  }
  return { text, free: alive === false || (alive === null && Date.now() - stat.mtimeMs > abandoned) };
}

/**
 * Takes away the lock of one that has died, and no other: of several that find it so, one alone is to go on.
 *
 * @param {string} text What stood in it.
 */
function takeAway(text) {
  const aside = `${file}.${process.pid}.partial`;
  try {
    fs.renameSync(file, aside);
  } catch {
    // Another has taken it away.
    return;
  }
  if (orNothing(() => fs.readFileSync(aside, "utf8")) === text) fs.rmSync(aside, { force: true });
  // Another did so before, and has it now.
  else fs.renameSync(aside, file);
}

/**
 * Waits until no other set-up works on this project, and keeps others waiting until released. The lock of an owner that died on this
 * machine is taken over; of one that lives never, however long it is held up.
 *
 * @param {() => void} onWait Called once, where there is somebody to wait for.
 * @returns {Promise<() => void>} Releases the lock.
 */
async function takeLock(onWait) {
  fs.mkdirSync(state, { recursive: true });
  const mine = JSON.stringify({ place: placeOfProcesses(), pid: process.pid, start: startOf(process.pid) });
  for (let waited = false; ;) {
    const held = look();
    if (held === null) {
      try {
        fs.writeFileSync(file, mine, { flag: "wx" });
        break;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") continue;
        // On a full disk the name is written, and nothing behind it.
        if (orNothing(() => fs.readFileSync(file, "utf8")) === "") fs.rmSync(file, { force: true });
        throw error;
      }
    }
    if (held.free) {
      takeAway(held.text);
      continue;
    }
    if (!waited) onWait();
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const heart = setInterval(() => {
    try {
      fs.utimesSync(file, new Date(), new Date());
    } catch {
      // Somebody removed .setup: the step that is running will say so.
    }
  }, beat);
  return () => {
    clearInterval(heart);
    if (orNothing(() => fs.readFileSync(file, "utf8")) === mine) fs.rmSync(file, { force: true });
  };
}

module.exports = { takeLock };
