import { InUse, Interrupted, TooEarly, WrongConfiguration } from "../runs/exit-codes";
import { Problem } from "../runtime/problem";
import { noteFailure } from "./unit-folder";

/**
 * Does a unit's work, and notes in its folder why it failed, where it does.
 *
 * @throws {Error} What the work throws.
 */
export async function keepingFailure<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // Where another process has the unit, its folder is no place to write into.
    if (!(error instanceof Interrupted || error instanceof InUse || error instanceof TooEarly))
      noteFailure(folder, messageOf(error), error instanceof WrongConfiguration);
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Problem ? error.message : ((error as Error).stack ?? String(error));
}
