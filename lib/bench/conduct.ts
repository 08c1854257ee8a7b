import { setTimeout } from "node:timers/promises";

import { Problem } from "../runtime/problem";
import { stemOf } from "./case-network";
import { setting, update, type CaseName, type ContenderName, type ImageSize } from "./cases";
import { startWorker, type Worker, type WorkerCommand } from "./worker-process";

/** What a contender did in a case. */
export interface Performance {
  readonly contender: ContenderName;
  /** What computed, in its own words. */
  readonly about: string;
  readonly parameters: number;
  /** The wall time of each step, in order, in milliseconds; step i of all contenders has the same architecture. */
  readonly milliseconds: readonly number[];
  readonly losses: readonly number[];
  /** The most memory that was resident in its process, in units of 2²⁰ bytes. */
  readonly peakRssMb: number;
}

/** What was measured in a case. */
export interface Conducted {
  readonly performances: readonly Performance[];
  /** How busy the machine was with something else, the greater of the shares before and after the rounds, 0 to 1. */
  readonly otherLoad: number;
}

/** How a case is measured. */
export interface Conducting {
  readonly commands: readonly WorkerCommand[];
  readonly case: CaseName;
  readonly size: ImageSize;
  /** Steps of each that are measured, from 1. */
  readonly rounds: number;
  /** Steps of each before these, over other architectures, that are not counted. */
  readonly warmUp: number;
  /**
   * Pause before each step, in milliseconds: threads of the contender before, PyTorch's for one, spin for a while when their
   * step is done, on a processor that the next one needs.
   */
  readonly rest: number;
  readonly threads: number;
  /** Measures how busy the machine is, 0 to 1; asked while all contenders wait, before the rounds and after them. */
  readonly measureLoad: () => Promise<number>;
  readonly onProgress: (text: string) => void;
  /** Ends all workers when it is aborted. */
  readonly signal: AbortSignal;
}

/**
 * Measures the contenders in one case. Each has a process of its own for it. They are asked for one step each in turn, so
 * that whatever else the machine does meets all of them alike, and all but one wait.
 *
 * @returns What each did. All processes have ended.
 * @throws {Problem} Where one fails or ends, was interrupted, or has a network of another size than the others.
 */
export async function conductCase(conducting: Conducting): Promise<Conducted> {
  const { commands, rounds, warmUp, signal, onProgress } = conducting;
  const workers = commands.map(startWorker);
  const killAll = () => {
    for (const worker of workers) worker.kill();
  };
  signal.addEventListener("abort", killAll);
  try {
    if (signal.aborted) killAll();
    // One after the other: preparing takes measurements of its own.
    const performances: (Performance & { milliseconds: number[]; losses: number[]; peakRssMb: number })[] = [];
    for (const worker of workers) {
      onProgress(`${worker.contender} gets ready`);
      const { parameters, about } = await prepare(worker, conducting);
      const { contender } = worker;
      performances.push({ contender, about, parameters, milliseconds: [], losses: [], peakRssMb: 0 });
    }
    checkSameNetwork(performances);
    const loadBefore = await conducting.measureLoad();
    for (let number = 0; number < warmUp + rounds; number++) {
      onProgress(number < warmUp ? `warm-up ${number + 1}/${warmUp}` : `round ${number - warmUp + 1}/${rounds}`);
      for (const [index, worker] of workers.entries()) {
        await setTimeout(conducting.rest);
        const { milliseconds, loss } = await worker.ask<"step">({ ask: "step", number });
        if (number < warmUp) continue;
        performances[index]!.milliseconds.push(milliseconds);
        performances[index]!.losses.push(loss);
      }
    }
    const otherLoad = Math.max(loadBefore, await conducting.measureLoad());
    for (const [index, worker] of workers.entries()) {
      const { peakRssMb } = await worker.ask<"end">({ ask: "end" });
      performances[index] = { ...performances[index]!, peakRssMb };
    }
    return { performances, otherLoad };
  } finally {
    signal.removeEventListener("abort", killAll);
    killAll();
  }
}

function prepare(worker: Worker, { case: name, size, threads }: Conducting) {
  const { batch, channels, classes } = setting;
  const network = { batch, channels, classes, stem: stemOf(size), update };
  return worker.ask<"prepare">({ ask: "prepare", case: name, size, threads, ...network });
}

function checkSameNetwork(performances: readonly Performance[]): void {
  if (new Set(performances.map(({ parameters }) => parameters)).size <= 1) return;
  const counts = performances.map(({ contender, parameters }) => `${contender} has ${parameters} parameters`);
  throw new Problem(
    `The contenders have different networks: ${counts.join(", ")}.`,
    "Their times cannot be compared; mend the one that differs.",
  );
}
