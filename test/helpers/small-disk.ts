import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { skip } from "./skip";

/**
 * Runs something with a small disk of its own, which only an administrator can make; skips the test otherwise.
 *
 * @param context The test's `this`.
 * @param folder Where the disk is to appear.
 * @param size Its size as `mount` takes it: "1m".
 * @param run What to do with it.
 */
export async function onSmallDisk(
  context: Mocha.Context,
  folder: string,
  size: string,
  run: (disk: string) => void | Promise<void>,
): Promise<void> {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk], { stdio: "ignore" });
  } catch {
    skip(context, "a small disk can be mounted by an administrator only");
  }
  try {
    await run(disk);
  } finally {
    execFileSync("umount", [disk]);
  }
}

/**
 * Fills a disk to the last page.
 *
 * @param disk Its folder.
 */
export function fillDisk(disk: string): void {
  try {
    for (;;) appendFileSync(join(disk, "ballast"), Buffer.alloc(4096));
  } catch {
    // Full.
  }
}
