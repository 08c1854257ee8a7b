import { Problem } from "../runtime/problem";

/** How a command that does one unit of work ends, for whoever started it: a person, a pool, a cluster's scheduler. */
export const exitCodes = {
  /** All is done. */
  done: 0,
  /** The configuration is wrong: running it again cannot help. */
  wrongConfiguration: 64,
  /** It was stopped, and has saved: run it again to carry on. */
  saved: 85,
  /** Another process does this work: leave it to that one. Nothing has failed, and nothing was written. */
  inUse: 86,
  /** Something that this work needs is not done yet: run it again when that is. Nothing was written. */
  tooEarly: 87,
} as const;

/** What was asked for cannot be, however often it is tried: another configuration than the run's, a newer format. */
export class WrongConfiguration extends Problem {}

/**
 * Makes of a problem with what was given one that trying again cannot help; all else stays what it is.
 *
 * @param error What was thrown.
 * @returns What is to be thrown in its place.
 */
export function asConfigurationError(error: unknown): unknown {
  return error instanceof Problem && !(error instanceof WrongConfiguration)
    ? new WrongConfiguration(error.what, error.fix)
    : error;
}

/** Another process does the work that was asked for, or has taken it over. */
export class InUse extends Problem {}

/** Something that the work needs is not done yet. */
export class TooEarly extends Problem {}

/** Work was stopped from outside, by a signal. What catches it saves, and lets it go on up. */
export class Interrupted extends Problem {
  /** Makes the error of work that a signal has stopped. */
  constructor(readonly signal: NodeJS.Signals) {
    super(`The work was stopped (${signal}).`, "Run the same again to carry it on from its last checkpoint.");
  }
}

/**
 * Says how a command should end because of an error.
 *
 * @returns 85 where the work was interrupted, 86 where another process does it, 87 where what it needs is not done, 64 where the
 *   configuration is wrong, and 1 for all else.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return exitCodes.saved;
  if (error instanceof InUse) return exitCodes.inUse;
  if (error instanceof TooEarly) return exitCodes.tooEarly;
  return error instanceof WrongConfiguration ? exitCodes.wrongConfiguration : 1;
}

/**
 * Does what a command is there for. A problem is printed as its sentence, and told by the exit code; all else is thrown on.
 *
 * @param work What it does; gives the exit code.
 * @returns The exit code, of the work or of its problem.
 */
export async function runToExitCode(work: () => number | Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodeOf(error);
  }
}
