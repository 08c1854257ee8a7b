/**
 * The process of one unit: started by `startUnit` with the plan's folder and the unit's number. It tells its parent how far it
 * is, and ends as `exitCodes` say.
 *
 * @module
 */
import "../runtime/say-failures";

import { Problem } from "../runtime/problem";
import { exitCodeOf, exitCodes } from "../runs/exit-codes";
import { hearSignals, listenForStop } from "../runs/stop";
import { formatEpoch, type TrainingWatch } from "../train/watch-training";
import { runUnit } from "./run-unit";

/** What the process of a unit tells its parent. */
export type UnitMessage =
  /** How many epochs are trained, and what the last one gave. */
  | { readonly kind: "epochs"; readonly epochs: number; readonly note: string }
  /** Why it ends. */
  | { readonly kind: "error"; readonly message: string };

/**
 * Makes a watch that sends each epoch on.
 *
 * @param send Sends a message.
 */
export function watchForParent(send: (message: UnitMessage) => void): TrainingWatch {
  return {
    begin(_done, _total, history) {
      send({ kind: "epochs", epochs: history.length, note: "" });
    },
    step: () => hearSignals(),
    epoch(history) {
      send({ kind: "epochs", epochs: history.length, note: formatEpoch(history.at(-1)!) });
    },
    end: () => undefined,
  };
}

/** Runs one unit, telling how far it is. */
export async function serveUnit(folder: string, number: number, send: (message: UnitMessage) => void): Promise<number> {
  try {
    await runUnit(folder, number, watchForParent(send));
    return exitCodes.done;
  } catch (error) {
    const message = error instanceof Problem ? error.message : ((error as Error).stack ?? String(error));
    send({ kind: "error", message });
    return exitCodeOf(error);
  }
}

async function main(): Promise<void> {
  const [folder, number] = process.argv.slice(2);
  // The whole time: a second signal while it saves must not end it.
  const stop = listenForStop();
  // Without a parent nobody asks for more: it saves and ends, so that the plan can be run again at once.
  const orphaned = () => process.kill(process.pid, "SIGTERM");
  process.on("disconnect", orphaned);
  const send = (message: UnitMessage) => {
    if (process.connected) process.send!(message, undefined, undefined, () => undefined);
  };
  process.exitCode = await serveUnit(folder!, Number(number), send);
  process.off("disconnect", orphaned);
  if (process.connected) process.disconnect();
  stop.end();
}

if (require.main === module) void main();
