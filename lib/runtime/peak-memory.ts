import { existsSync, readFileSync } from "node:fs";

/**
 * Says the most memory that was resident in this process so far.
 *
 * @param statusFile Where the system tells it, on Linux; elsewhere there is no such file, and Node's own figure is taken. On
 *   Linux that one may be the parent's, from before the process had become its own.
 * @returns Units of 2²⁰ bytes.
 */
export function peakResidentMegabytes(statusFile = "/proc/self/status"): number {
  const told = existsSync(statusFile) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(statusFile, "utf8")) : null;
  return (told === null ? process.resourceUsage().maxRSS : Number(told[1])) / 1024;
}
