import type { ChildProcess } from "node:child_process";

import { Problem } from "../runtime/problem";

/** The exit code of a process that was interrupted, by the shell's custom: 128 and the signal's number. */
const interrupted = 130;

/**
 * Waits until a process of the project's own Python has ended and closed its outputs.
 *
 * @param child The process, just started.
 * @returns Its exit code; 130 where an interruption ended it, 1 where another signal did.
 * @throws {Problem} Where it could not be started.
 */
export function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", () => {
      reject(new Problem("The project's Python environment is missing or broken.", "Run `npm run setup`."));
    });
    child.on("close", (code, signal) => {
      resolve(code ?? (signal === "SIGINT" ? interrupted : 1));
    });
  });
}
