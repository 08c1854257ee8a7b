import { closeSync, existsSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { heldErrorsFile } from "./environment";

/** The compiled part: puts what is written to the descriptor of errors into a file, by native code too, and back. */
interface HeldErrors {
  hold(descriptor: number): void;
  release(): void;
}

/** The descriptor of errors. */
const errors = 2;

/**
 * What TensorFlow's library writes whenever it is loaded, before anybody can tell it not to: that its log is not set up yet, and
 * what it thinks worth knowing ("I0000 …"), which `TF_CPP_MIN_LOG_LEVEL` hides later.
 */
const greeting = /^(?:WARNING: All log messages before absl::InitializeLog\(\)|I\d{4} )/;

/**
 * Takes TensorFlow's greeting out of what was written while it was loaded; all else stays, as errors do.
 *
 * @param written Lines.
 */
export function withoutGreeting(written: string): string {
  return written
    .split(/(?<=\n)/)
    .filter((line) => !greeting.test(line))
    .join("");
}

/**
 * Loads something native that writes a greeting to the descriptor of errors, and lets through what else it writes: a process that
 * crashes meanwhile says all of it. Without the compiled part everything is let through.
 *
 * @param load Loads it.
 * @param file The compiled part; default: where the set-up puts it.
 * @throws Whatever loading throws.
 */
export function loadQuietly(load: () => void, file: string = heldErrorsFile): void {
  const held = openHeld(file);
  if (held === null) {
    load();
    return;
  }
  try {
    load();
  } finally {
    held.end();
  }
}

// Anything that fails here must not keep TensorFlow from being loaded.
function openHeld(file: string): { end(): void } | null {
  if (!existsSync(file)) return null;
  let folder: string | null = null;
  try {
    const native = createRequire(__filename)(file) as HeldErrors;
    folder = mkdtempSync(join(tmpdir(), "sononas-"));
    const descriptor = openSync(join(folder, "errors"), "w+");
    native.hold(descriptor);
    return {
      end() {
        native.release();
        const bytes = Buffer.alloc(fstatSync(descriptor).size);
        readSync(descriptor, bytes, 0, bytes.length, 0);
        closeSync(descriptor);
        const rest = withoutGreeting(bytes.toString());
        if (rest !== "") writeSync(errors, rest);
      },
    };
  } catch {
    return null;
  } finally {
    // Its descriptor is open: nothing of it is left behind, however the process ends.
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
