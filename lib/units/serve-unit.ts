import { Problem } from "../runtime/problem";
import { exitCodeOf, exitCodes } from "../runs/exit-codes";
import { listenForStop } from "../runs/stop";
import type { UnitMessage } from "./unit-process";

/** Tells how far a unit is: how much is done of how much, null where that is not known, and what came last. */
export type TellProgress = (done: number, total: number | null, note: string) => void;

/**
 * Does a unit, telling how far it is, and why it ends where it fails.
 *
 * @returns The exit code of the contract.
 */
export async function serveUnit(
  work: (tell: TellProgress) => Promise<unknown>,
  send: (message: UnitMessage) => void,
): Promise<number> {
  try {
    await work((done, total, note) => {
      send({ kind: "progress", done, total, note });
    });
    return exitCodes.done;
  } catch (error) {
    const message = error instanceof Problem ? error.message : ((error as Error).stack ?? String(error));
    send({ kind: "error", message });
    return exitCodeOf(error);
  }
}

/**
 * Does a unit as this whole process, whoever started it: a pool that is its parent and is told by messages, or a cluster's
 * script, for whom lines are printed. It ends as the contract says.
 */
export async function serveAsProcess(work: (tell: TellProgress) => Promise<unknown>): Promise<void> {
  // The whole time: a second signal while it saves must not end it.
  const stop = listenForStop();
  // Without a parent nobody asks for more: it saves and ends, so that the same can be run again at once.
  const orphaned = () => process.kill(process.pid, "SIGTERM");
  const hasParent = process.connected;
  process.on("disconnect", orphaned);
  const send = (message: UnitMessage) => {
    if (process.connected) process.send!(message, undefined, undefined, () => undefined);
    else if (!hasParent) print(message);
  };
  process.exitCode = await serveUnit(work, send);
  process.off("disconnect", orphaned);
  if (process.connected) process.disconnect();
  stop.end();
}

function print(message: UnitMessage): void {
  if (message.kind === "error") process.stderr.write(`${message.message}\n`);
  else if (message.note !== "") process.stdout.write(`${message.note}\n`);
}
