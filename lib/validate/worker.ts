/**
 * The process of one unit: started with the plan's folder and the unit's number. It tells its parent how many epochs are trained,
 * and ends as `exitCodes` say.
 *
 * @module
 */
import "../runtime/say-failures";

import { hearSignals } from "../runs/stop";
import { formatEpoch, type TrainingWatch } from "../train/watch-training";
import { serveAsProcess, type TellProgress } from "../units/serve-unit";
import { runUnit } from "./run-unit";

/** Makes a watch that tells each epoch. */
export function watchToTell(tell: TellProgress): TrainingWatch {
  return {
    begin(_done, _total, history) {
      tell(history.length, null, "");
    },
    step: () => hearSignals(),
    epoch(history) {
      tell(history.length, null, formatEpoch(history.at(-1)!));
    },
    end: () => undefined,
  };
}

async function main(): Promise<void> {
  const [folder, number] = process.argv.slice(2);
  await serveAsProcess((tell) => runUnit(folder!, Number(number), watchToTell(tell)));
}

if (require.main === module) void main();
