import { execFileSync } from "node:child_process";

import { projectRoot } from "../../lib/runtime/environment";

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
