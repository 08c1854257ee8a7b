import { existsSync } from "node:fs";
import { join } from "node:path";

import { startProgress, type Progress } from "../display/progress";
import { poolStrategies } from "../trials/strategies/table";
import { readBenchmark } from "./benchmark";
import { readProtocol, stepOf, type Protocol } from "./protocol";
import { replayOnTable } from "./replay-on-table";
import { keepReplay, replayFile } from "./replay-outcome";
import type { StepWork } from "./run-step";

/**
 * Replays all strategies on the table, as a step of a benchmark's protocol says, and keeps what came out: the images that are put aside are
 * read here, once. Where it is there already nothing is read again.
 *
 * @param folder The benchmark's folder.
 * @param step The step's name.
 * @param progress What shows how far it is; null: nothing. Default: a bar.
 * @returns How much of it is done; none where the step replays nothing.
 * @throws {Problem} Where there is no such step, or the table lacks trainings or scores: nothing is read before it is whole.
 */
export async function runReplay(folder: string, step: string, progress?: Progress | null): Promise<StepWork> {
  const protocol = readProtocol(folder);
  const asked = stepOf(protocol, step).replay;
  const { total, done } = replayOf(folder, protocol, step);
  if (asked === undefined || done === total) return { total, done };
  const bar =
    progress === undefined ? startProgress({ title: `The step "${step}"`, total: poolStrategies.length }) : progress;
  keepReplay(folder, await replayOnTable(readBenchmark(folder), asked, bar));
  bar?.finish();
  return { total, done: total };
}

/**
 * Says whether the replays of a step are made.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where there is no such step.
 */
export function replayOf(folder: string, protocol: Protocol, step: string): StepWork {
  const total = stepOf(protocol, step).replay === undefined ? 0 : 1;
  return { total, done: existsSync(join(folder, replayFile)) ? total : 0 };
}
