/**
 * `npm run segment`: the lesions of a set outlined by networks that had not seen the patient, from the terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { join, resolve } from "node:path";

import { splitSet } from "../data/sets/split-set";
import { loadDataSet } from "../data/sets/load";
import { showTable } from "../display/table";
import { writeAtomically } from "../files/write-atomically";
import { parseJson } from "../runs/json";
import { asConfigurationError, exitCodes, runToExitCode } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine, readCount } from "../runtime/command-line";
import { dataRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { crossFit, learnedParts } from "./cross-fit";
import { evaluateOutlines, outlineTable } from "./evaluate-outlines";
import { writeOutlineTable } from "./outline-rows";
import { readOutlines } from "./outlines-folder";
import { checkSegmentation, type SegmentationOptions } from "./segmentation-options";

const usage = `npm run segment -- --dataset bus-bra --folder DIR   outlines all images of a set: on each fold a network learns, and outlines
                                                     the test part. What was begun goes on, what is done stays.

  --fold N         one fold alone, from 1
  --learn-from P   "all but test", or "training part": its validation images are measured after each epoch, not learned from;
                   default: all but test
  --options JSON   how the networks learn: '{ "epochs": 20 }'
  --list           only evaluates what is done, and trains nothing
  --root DIR       the folder with the data sets; default: SONONAS_DATA, else data/
  --help           prints this

DIR has a folder for each fold, with its training and the masks as PNG files; outlines.csv, a row an image; and evaluation.json.
Ends with 0 where all is done; with 64 where something was asked for that cannot be; with 85 where it was stopped and has saved: run it
again.
`;

const options = {
  dataset: { type: "string" },
  folder: { type: "string" },
  fold: { type: "string" },
  "learn-from": { type: "string" },
  options: { type: "string" },
  root: { type: "string" },
  list: { type: "boolean" },
} as const;

/** What the command line says. */
export interface SegmentArguments {
  /** Whether the help is printed, and nothing else. */
  readonly help: boolean;
  readonly dataset: string;
  /** An absolute path. */
  readonly folder: string;
  /** The one fold that is done; null: all. */
  readonly fold: number | null;
  readonly learnFrom: (typeof learnedParts)[number];
  readonly segmentation: SegmentationOptions;
  readonly root: string;
  /** Whether only what is done is evaluated. */
  readonly list: boolean;
}

/**
 * Reads the command line.
 *
 * @throws {WrongConfiguration} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): SegmentArguments {
  try {
    const { values } = readCommandLine("npm run segment", options, parameters);
    const { help = false, list = false, dataset = "", folder = "" } = values;
    for (const [name, value] of Object.entries({ dataset, folder }))
      if (value === "" && !help) throw new Problem(`--${name} is missing.`, "Name it; --help says more.");
    const given = values["learn-from"] ?? learnedParts[0];
    const learnFrom = learnedParts.find((part) => part === given);
    if (learnFrom === undefined)
      throw new Problem(
        `--learn-from is "${given}".`,
        `Choose among ${learnedParts.map((one) => `"${one}"`).join(", ")}.`,
      );
    const segmentation = readOptions(values.options);
    checkSegmentation(segmentation);
    return {
      ...{
        help,
        list,
        dataset,
        folder: resolve(folder),
        learnFrom,
        segmentation,
        fold: readCount("--fold", values.fold, null),
      },
      root: values.root === undefined ? dataRoot() : resolve(values.root),
    };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

function readOptions(text: string | undefined): SegmentationOptions {
  if (text === undefined) return {};
  try {
    return parseJson(text) as SegmentationOptions;
  } catch {
    throw new Problem(`--options is not JSON: ${text}.`, "Give an object: --options '{ \"epochs\": 20 }'.");
  }
}

/** Runs the command. */
export async function runSegment(parameters: readonly string[]): Promise<number> {
  return runToExitCode(async () => {
    const request = readArguments(parameters);
    if (request.help) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const { folder, fold, learnFrom, segmentation } = request;
    const loaded = await loadDataSet(request.dataset, { root: request.root });
    if (!request.list) {
      await crossFit(folder, loaded, splitSet(loaded), {
        ...{ segmentation, learnFrom, folds: fold === null ? null : [fold] },
      });
    }
    const { rows } = readOutlines(folder, loaded);
    writeOutlineTable(join(folder, "outlines.csv"), rows);
    const groups = evaluateOutlines(rows);
    writeAtomically(join(folder, "evaluation.json"), `${JSON.stringify(groups, null, 2)}\n`);
    showTable(outlineTable(groups), { caption: `${loaded.set.title}: ${folder}`, rows: groups.length });
    return exitCodes.done;
  });
}

if (require.main === module) runCommand(runSegment);
