import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson } from "../runs/json";
import { readOwnFile } from "../runs/read-own-file";

/** What a unit has cost: the contents of its file `cost.json`. It differs from run to run, and no result depends on it. */
export interface UnitCost {
  /** Seconds of training, without interruptions; of work that was lost and done again, one time alone counts. */
  readonly trainingSeconds: number;
  /** Epochs that were trained. */
  readonly epochs: number;
  /** Numbers of the network that training changes, without an auxiliary head. */
  readonly parameters: number;
  /** Multiplications with a following addition for one image. */
  readonly multiplyAdds: number;
  /** The most memory that was resident in the process that finished the unit, in units of 2²⁰ bytes. */
  readonly peakMegabytes: number;
  /** Threads of that process. */
  readonly threads: number;
  /** Where it computed: "CPU" or "GPU". */
  readonly device: string;
}

const costFile = "cost.json";

/**
 * Writes what a unit has cost.
 *
 * @param folder The unit's folder.
 * @throws {Problem} Where it cannot be written.
 */
export function writeCost(folder: string, cost: UnitCost): void {
  writeAtomically(join(folder, costFile), `${JSON.stringify(cost, null, 2)}\n`);
}

/**
 * Reads what a unit has cost.
 *
 * @param folder The unit's folder.
 * @returns The cost; null where the file is missing.
 * @throws {Problem} Where the file is damaged.
 */
export function readCost(folder: string): UnitCost | null {
  const path = join(folder, costFile);
  const bytes = readOwnFile(path, 1e6);
  if (bytes === null) return null;
  const damaged = new Problem(`${path} does not say what a unit has cost.`, "Remove it: the results do not need it.");
  try {
    const cost: unknown = parseJson(new TextDecoder().decode(bytes));
    if (isCost(cost)) return cost;
  } catch {
    // Told below.
  }
  throw damaged;
}

function isCost(data: unknown): data is UnitCost {
  if (!isPlainObject(data)) return false;
  const { trainingSeconds, epochs, parameters, multiplyAdds, peakMegabytes, threads, device } = data;
  return (
    [trainingSeconds, epochs, parameters, multiplyAdds, peakMegabytes, threads].every(
      (value) => typeof value === "number",
    ) && typeof device === "string"
  );
}
