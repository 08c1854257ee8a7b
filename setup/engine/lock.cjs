"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { state } = require("../machine/places.cjs");

const file = path.join(state, "lock");

/** How often the owner touches the lock, and after how long an untouched one is taken over, in milliseconds. */
const beat = 1_000;
const abandoned = 5_000;

/**
 * Waits until no other set-up works on this project, and keeps others waiting until released. A lock whose owner died
 * is taken over after five seconds.
 *
 * @param {() => void} onWait Called once, where there is somebody to wait for.
 * @returns {Promise<() => void>} Releases the lock.
 */
async function takeLock(onWait) {
  fs.mkdirSync(state, { recursive: true });
  for (let waited = false; ;) {
    try {
      fs.closeSync(fs.openSync(file, "wx"));
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > abandoned) {
      fs.rmSync(file, { force: true });
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
    fs.rmSync(file, { force: true });
  };
}

module.exports = { takeLock };
