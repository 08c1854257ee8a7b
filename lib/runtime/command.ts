import { printFailure } from "./say-failures";

/**
 * Runs a command of the terminal to its end: a problem is printed as its sentence, and the exit code says how it went.
 *
 * @param command Takes the arguments after the program's name and gives the exit code.
 */
export function runCommand(command: (parameters: readonly string[]) => number | Promise<number>): void {
  // Started in a promise, so that a command that throws at once ends as one that rejects.
  Promise.resolve(process.argv.slice(2))
    .then(command)
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error: unknown) => {
        printFailure(error);
        process.exitCode = 1;
      },
    );
}
