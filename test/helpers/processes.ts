import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";

/**
 * How many kernels run that this process or one of its children started, also those whose parent is gone: they have its
 * environment, in which the folder of the cache is its own. From the system's own files or, on macOS, all of this project from ps.
 */
export function countKernels(): number {
  const kernel = `${projectRoot}/setup/notebook-kernel.cjs kernel`;
  const ours = `SONONAS_CACHE=${process.env.SONONAS_CACHE!}`;
  if (!existsSync("/proc/self")) {
    const commands = execFileSync("ps", ["-axo", "args"], { encoding: "utf8" }).split("\n");
    return commands.filter((command) => command.includes(kernel)).length;
  }
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.filter((id) => read(id, "cmdline").includes(kernel) && read(id, "environ").includes(ours)).length;
}

/** What the system tells of a process, empty where it has ended in the meantime. */
function read(id: string, what: "cmdline" | "environ"): string {
  try {
    return readFileSync(join("/proc", id, what), "utf8").replaceAll("\0", " ");
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
