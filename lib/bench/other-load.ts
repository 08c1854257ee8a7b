import { cpus, type CpuInfo } from "node:os";
import { setTimeout } from "node:timers/promises";

/** From this share of the processors on, what else the machine does spoils the times. */
export const spoilingLoad = 0.1;

/**
 * Measures how busy the processors are, while all contenders wait: what is busy then is something else. It does not slow all
 * alike: programs whose threads wait for each other at every operation, as PyTorch's do, can take many times as long as soon
 * as one of their processors is taken away.
 *
 * @param times Says what the processors have done so far; default: the system's own figures.
 * @returns The share of all processors that was busy, 0 to 1.
 */
export async function measureOtherLoad(
  milliseconds: number,
  times: () => readonly Pick<CpuInfo, "times">[] = cpus,
): Promise<number> {
  const before = sum(times());
  await setTimeout(milliseconds);
  const after = sum(times());
  const all = after.all - before.all;
  return all > 0 ? 1 - (after.idle - before.idle) / all : 0;
}

function sum(processors: readonly Pick<CpuInfo, "times">[]): { idle: number; all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of processors) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
}
