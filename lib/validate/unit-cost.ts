import { join } from "node:path";

import * as v from "valibot";

import { writeAtomically } from "../files/write-atomically";
import { number, text } from "../runtime/option-values";
import { checkStored } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { parseJson } from "../runs/json";
import { readOwnFile } from "../runs/read-own-file";

const costSchema = v.object({
  /** Seconds of training, without interruptions; of work that was lost and done again, one time alone counts. */
  trainingSeconds: number(),
  /**
   * Processor seconds of the process that finished the unit, loading included; absent in what older versions wrote. Unlike
   * seconds on the clock they hardly depend on what else the machine does.
   */
  processorSeconds: v.optional(number()),
  epochs: number(),
  /** Numbers of the network that training changes, without an auxiliary head. */
  parameters: number(),
  /** Multiplications with a following addition for one image. */
  multiplyAdds: number(),
  /** The most memory that was resident in the process that finished the unit, in units of 2²⁰ bytes. */
  peakMegabytes: number(),
  threads: number(),
  /** Where it computed: "CPU" or "GPU". */
  device: text(),
});

/**
 * What a unit has cost: the contents of its file `cost.json`. It differs from run to run, and no result depends on it.
 *
 * @interface
 */
export type UnitCost = v.InferOutput<typeof costSchema>;

const costFile = "cost.json";

const fix = "Remove it: the results do not need it.";

/**
 * Writes what a unit has cost.
 *
 * @throws {Problem} Where it cannot be written.
 */
export function writeCost(folder: string, cost: UnitCost): void {
  writeAtomically(join(folder, costFile), `${JSON.stringify(cost, null, 2)}\n`);
}

/**
 * Reads what a unit has cost.
 *
 * @returns The cost; null where the file is missing.
 * @throws {Problem} Where the file is damaged.
 */
export function readCost(folder: string): UnitCost | null {
  const path = join(folder, costFile);
  const bytes = readOwnFile(path, 1e6);
  if (bytes === null) return null;
  let cost: unknown;
  try {
    cost = parseJson(new TextDecoder().decode(bytes));
  } catch {
    throw new Problem(`${path} does not say what a unit has cost: it is no JSON.`, fix);
  }
  return checkStored(path, costSchema, cost, fix);
}
