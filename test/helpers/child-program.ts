import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";

import { projectRoot } from "../../lib/runtime/environment";

/** A program that runs in a process of its own. */
export interface ChildProgram {
  /** The process. */
  readonly process: ChildProcessWithoutNullStreams;
  /** Waits for the next line that it prints; null once it has ended. */
  nextLine(): Promise<string | null>;
  /** Waits until it has ended: its exit code, or the signal that ended it; and what it wrote to its error output. */
  readonly ended: Promise<{ readonly code: number | NodeJS.Signals | null; readonly errors: string }>;
}

/**
 * Starts a program that may `require` the library's sources, by paths from the project's root such as "./lib/runs/open-run.ts".
 *
 * @param code The program, in JavaScript.
 * @returns The program.
 */
export function startProgram(code: string): ChildProgram {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", code], { cwd: projectRoot });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return {
    process: child,
    async nextLine() {
      const { done, value } = await lines.next();
      return done === true ? null : value;
    },
    ended: new Promise((resolve) => {
      child.on("close", (code, signal) => {
        resolve({ code: code ?? signal, errors });
      });
    }),
  };
}
