/**
 * `npm run release`: a released network for whoever has no Node, from the terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { resolve } from "node:path";

import { asConfigurationError, exitCodeOf, exitCodes } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { Problem } from "../runtime/problem";
import { visibleText } from "../runtime/visible-text";
import { loadRelease } from "./load-release";

const usage = `npm run release -- RELEASE_FOLDER --onnx TARGET    a released network for other programs

  --onnx TARGET    writes a folder with model.onnx, the Python that prepares images for it, and the cards
  --help           prints this

RELEASE_FOLDER is what a study left as "release". TARGET must not exist yet, or be an empty folder. Research software, not a medical device.
Ends with 0 where all is written; with 64 where the command is not understood; with 1 where the release is damaged, or TARGET cannot
be written.
`;

const options = { onnx: { type: "string" } } as const;

/** What the command line says; null: the help is printed, and nothing else. */
export type ReleaseArguments = { readonly release: string; readonly onnx: string } | null;

/**
 * Reads the command line.
 *
 * @throws {WrongConfiguration} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): ReleaseArguments {
  try {
    const { values, positionals } = readCommandLine("npm run release", options, parameters, 1);
    if (values.help) return null;
    const [release] = positionals;
    if (release === undefined)
      throw new Problem("No release was named.", "Name its folder: npm run release -- FOLDER --onnx TARGET");
    if (values.onnx === undefined)
      throw new Problem("What is to be written was not said.", "Say it: --onnx TARGET; --help says more.");
    return { release: resolve(release), onnx: resolve(values.onnx) };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

/** Runs the command. */
export async function runRelease(parameters: readonly string[]): Promise<number> {
  try {
    const request = readArguments(parameters);
    if (request === null) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const release = await loadRelease(request.release);
    try {
      await release.toOnnx(request.onnx);
      const { name, version } = release.card;
      process.stdout.write(visibleText(`${name} ${version} was written to ${request.onnx}: model.onnx, predict.py.\n`));
    } finally {
      release.dispose();
    }
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodeOf(error);
  }
}

if (require.main === module) runCommand(runRelease);
