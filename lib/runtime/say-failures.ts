/**
 * Loaded first by every command: what fails before the command itself can tell of it, while its parts are loaded above all, is
 * told in a sentence where the machine is the cause, and not as a stack of calls.
 *
 * @module
 */

/** What the machine refuses, by the system's codes. */
const reasons: Readonly<Record<string, string>> = {
  EMFILE: "it may open no more files: raise the limit (ulimit -n)",
  ENFILE: "no program on this machine may open more files: close others",
  ENOMEM: "there is no memory left: close other programs, or raise the limit (ulimit -v)",
  ENOSPC: "the disk is full: free some space",
  EAGAIN: "it may start no more processes: close other programs, or raise the limit (ulimit -u)",
  ERR_DLOPEN_FAILED:
    "a compiled part cannot be loaded: memory or open files may be limited (ulimit -v, ulimit -n), or npm run setup has to be run again",
};

/**
 * Says in a sentence why the machine ended a command.
 *
 * @returns The sentence; null where the machine is not the cause.
 */
export function sayFailure(error: unknown): string | null {
  const { code, message = "" } = (error ?? {}) as { code?: unknown; message?: string };
  const known = typeof code === "string" && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  const told = /allocation failed|out of memory/i.test(message)
    ? reasons.ENOMEM
    : /^Could not load the .* module/.test(message)
      ? reasons.ERR_DLOPEN_FAILED
      : undefined;
  const reason = known ?? told;
  if (reason === undefined) return null;
  return `The command cannot go on: ${reason} (${message.split("\n")[0]!.slice(0, 200)}).`;
}

/** Prints why a command fails: a sentence where the machine is the cause, else all that the error says. */
export function printFailure(error: unknown): void {
  console.error(sayFailure(error) ?? error);
}

// Only in a command that has loaded it itself: what is loaded for a test or a notebook leaves the process as it is.
if (require.main?.children.includes(module) === true) {
  process.on("uncaughtException", (error) => {
    printFailure(error);
    process.exit(1);
  });
}
