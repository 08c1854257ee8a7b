/**
 * `npm run release`: a released network for whoever has no Node, from the terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { resolve } from "node:path";

import { formatBytes } from "../files/free-space";
import { asConfigurationError, exitCodes, runToExitCode } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { Problem } from "../runtime/problem";
import { visibleText } from "../runtime/visible-text";
import { loadRelease, type LoadedRelease } from "./load-release";

const usage = `npm run release -- RELEASE_FOLDER --onnx FOLDER    a released network for other programs
npm run release -- RELEASE_FOLDER --page FILE      the same as a page for whoever has nothing but a browser

  --onnx FOLDER    writes a folder with model.onnx, the Python that prepares images for it, and the cards
  --page FILE      writes one HTML file that works from the disk and without a network: FILE ends in .html
  --with FOLDER    another release that the page asks too, to see whether they agree, of another fold or seed; may be said more than once
  --help           prints this

RELEASE_FOLDER is what a study left as "release". FOLDER must not exist yet, or be empty; an older page named FILE is replaced, and no
other file. Both can be asked for at once. Research software, not a medical device.
Ends with 0 where all is written; with 64 where the command is not understood; with 1 where the release is damaged, or something
cannot be written.
`;

const options = {
  onnx: { type: "string" },
  page: { type: "string" },
  with: { type: "string", multiple: true },
} as const;

/** What the command line says; null: the help is printed, and nothing else. */
export type ReleaseArguments = {
  readonly release: string;
  /** The folder for ONNX; null: none is wanted. */
  readonly onnx: string | null;
  /** The file of the page; null: none is wanted. */
  readonly page: string | null;
  /** The folders of releases that the page asks too. */
  readonly others: readonly string[];
} | null;

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
      throw new Problem("No release was named.", "Name its folder: npm run release -- FOLDER --page page.html");
    const { onnx, page } = values;
    if (onnx === undefined && page === undefined)
      throw new Problem(
        "What is to be written was not said.",
        "Say it: --page FILE or --onnx FOLDER; --help says more.",
      );
    const others = values.with ?? [];
    if (others.length > 0 && page === undefined)
      throw new Problem("--with is for a page.", "Say where that goes: --page FILE");
    const place = (given: string | undefined) => (given === undefined ? null : resolve(given));
    return {
      release: resolve(release),
      onnx: place(onnx),
      page: place(page),
      others: others.map((one) => resolve(one)),
    };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

async function writePageOf(release: LoadedRelease, file: string, folders: readonly string[]): Promise<number> {
  const others: LoadedRelease[] = [];
  try {
    for (const folder of folders) others.push(await loadRelease(folder));
    return await release.toPage(file, others);
  } finally {
    for (const other of others) other.dispose();
  }
}

/** Runs the command. */
export async function runRelease(parameters: readonly string[]): Promise<number> {
  return runToExitCode(async () => {
    const request = readArguments(parameters);
    if (request === null) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const release = await loadRelease(request.release);
    try {
      const { name, version } = release.card;
      const say = (text: string) =>
        process.stdout.write(`${visibleText(`${name} ${version} was written to ${text}`)}\n`);
      if (request.onnx !== null) {
        await release.toOnnx(request.onnx);
        say(`${request.onnx}: model.onnx, predict.py.`);
      }
      if (request.page !== null) {
        const bytes = await writePageOf(release, request.page, request.others);
        say(`${request.page}: ${formatBytes(bytes)}; open it in a browser.`);
      }
    } finally {
      release.dispose();
    }
    return exitCodes.done;
  });
}

if (require.main === module) runCommand(runRelease);
