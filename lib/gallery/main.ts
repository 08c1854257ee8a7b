/**
 * `npm run page`: the site of a study, and the page that draws boxes, from the terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { basename, resolve } from "node:path";

import { formatBytes } from "../files/free-space";
import { writePage } from "../release/page/write-page";
import { asConfigurationError, exitCodes, runToExitCode } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { resultsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { visibleText } from "../runtime/visible-text";
import { writeSite } from "./write-site";

const usage = `npm run page -- --study STUDY [--out FOLDER]   the site of a study: static files for a lab's web page, or a USB stick
npm run page -- --boxes FILE                  a page that draws the boxes of a set of images, where there is no network yet

  --study STUDY    the name of a folder in results, or its path
  --out FOLDER     where the site goes; it must not exist yet, or be empty. Default: results/STUDY-site
  --boxes FILE     the page's file, which ends in .html; an older page of that name is replaced, and no other file
  --help           prints this

The site's first page draws the found networks and compares them; beside it lie a page to try the network, the report, the card and the
network as ONNX, as far as the study has them. Ends with 0 where all is written, with 64 where the command is not understood, and with 1
where a file is damaged or cannot be written.
`;

const options = { study: { type: "string" }, out: { type: "string" }, boxes: { type: "string" } } as const;

/** What the command line says; null: the help is printed, and nothing else. */
export type PageArguments =
  | { readonly kind: "site"; readonly study: string; readonly folder: string }
  | { readonly kind: "boxes"; readonly file: string }
  | null;

/**
 * Reads the command line.
 *
 * @throws {WrongConfiguration} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): PageArguments {
  try {
    const { values } = readCommandLine("npm run page", options, parameters);
    if (values.help) return null;
    const { study, out, boxes } = values;
    if ((study === undefined) === (boxes === undefined))
      throw new Problem("Either --study or --boxes is to be given.", "npm run page -- --help says more.");
    if (boxes !== undefined && out !== undefined)
      throw new Problem("--out is for the site of a study.", "Name the page's file by --boxes FILE alone.");
    if (boxes !== undefined) return { kind: "boxes", file: resolve(boxes) };
    return { kind: "site", study: study!, folder: resolve(out ?? `${resultsRoot}/${basename(resolve(study!))}-site`) };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

/** Runs the command. */
export async function runPage(parameters: readonly string[]): Promise<number> {
  const say = (text: string) => process.stdout.write(`${visibleText(text)}\n`);
  return runToExitCode(async () => {
    const request = readArguments(parameters);
    if (request === null) process.stdout.write(usage);
    else if (request.kind === "boxes") {
      const bytes = await writePage(request.file, null);
      say(`${request.file}: ${formatBytes(bytes)}; open it in a browser.`);
    } else {
      const { links, missing } = await writeSite(request.study, request.folder);
      const files = ["index.html", ...links.map(({ file }) => file)];
      for (const one of missing) say(one);
      say(`${request.folder}: ${files.join(", ")}.`);
    }
    return exitCodes.done;
  });
}

if (require.main === module) runCommand(runPage);
