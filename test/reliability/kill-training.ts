/**
 * Kills a training again and again, and compares what comes out with that of one that was left alone:
 * `npx tsx test/reliability/kill-training.ts 100`.
 *
 * @module
 */
import { join } from "node:path";

import type { RandomGenerator } from "../../lib/runtime/random";
import { readOutcome } from "../../lib/runs/outcome";
import { killOften, reportKills, type KilledWork, type KillReport } from "./kill-often";

/** A training that is saved after each epoch; the outcome of its run covers weights, metrics and result. */
const killedTraining: KilledWork = {
  program: join(__dirname, "train-once.ts"),
  saves: 2,
  duration: 150,
  digest: (folder) => readOutcome(folder)!.hash,
};

/**
 * Kills trainings at moments drawn by chance, half of them while an epoch is being saved.
 *
 * @param count How many kills.
 * @param folder An empty folder.
 * @param random The source of chance.
 * @returns What came of it.
 */
export function killTraining(count: number, folder: string, random: RandomGenerator): Promise<KillReport> {
  return killOften(killedTraining, count, folder, random);
}

if (require.main === module) void reportKills(killedTraining, "training");
