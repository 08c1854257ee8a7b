import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";

/** How many of this project's kernels run on this machine, from the system's own files or, on macOS, from ps. */
export function countKernels(): number {
  const kernel = `${projectRoot}/setup/notebook-kernel.cjs kernel`;
  const processes = existsSync("/proc/self")
    ? readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map(commandOf)
    : execFileSync("ps", ["-axo", "args"], { encoding: "utf8" }).split("\n");
  return processes.filter((command) => command.includes(kernel)).length;
}

/** A process's program and arguments, empty where it has ended in the meantime. */
function commandOf(id: string): string {
  try {
    return readFileSync(join("/proc", id, "cmdline"), "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Runs code in a process of its own and parses what it prints. */
export function inNewProcess(code: string, env: NodeJS.ProcessEnv = {}): unknown {
  const printed = execFileSync(process.execPath, ["-e", code], {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return JSON.parse(printed);
}
