/**
 * `npm run apply`: a released model on a folder of images, from the terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { resolve } from "node:path";

import { dicomOptions, readDicomOptions } from "../data/command/tell-dicom";
import { readWords, saidOptions } from "../data/command/said-options";
import { asConfigurationError, exitCodes, runToExitCode } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { Problem } from "../runtime/problem";
import { applyRelease, type ApplyOptions } from "./apply-release";
import { summariseApplied, tellApplied } from "./tell-applied";

const usage = `npm run apply -- --model DIR --images DIR    what a released model says of the images in a folder

  --out DIR        where predictions.csv and heat-maps go; default: results/apply-<name of the images' folder>
  --boxes TABLE    where the lesions are: CSV or XLSX with the columns image and x, y, width, height or x1, y1, x2, y2, in pixels
                   of the original, and pixelSize, in millimetres, where the network looks at a part in millimetres; default: a table
                   that lies in the folder. A mask beside an image is used before its box
  --finder DIR     a network that finds lesions that nobody has drawn, as npm run segment leaves it: DIR/fold-1/training; default: the
                   release's own, where it has one. Outlines go to outlines/, and a box or mask that is given is used before them
  --frames K       how many frames are taken of a DICOM loop, at equal distances; default: 1, its middle one
  --area AREA      what is kept of DICOM that does not say where the tissue is: LEFT,TOP,WIDTH,HEIGHT in pixels, or whole
  --map FIELD=COLUMN, --masks HOW, --table FILE, --bits N, --leave-out PATTERN
                   how the folder is read, as npm run data -- import takes it: npm run data -- --help
  --help           prints this

Every file below the folder gets a row in predictions.csv. The same command goes on where it was cut off, and does anew what has
changed. Research software, not a medical device: not for the care of a patient.
Ends with 0 where images were predicted, also where others were refused; with 64 where there is no release or no image, or the
folder of results is another's: trying again cannot help; with 85 where it was stopped and has saved: run it again; with 86 where
another process has it; with 1 where no image could be predicted, or anything else failed.
`;

const { map, masks, table, bits, "leave-out": leaveOut } = saidOptions;
const { frames, area } = dicomOptions;
const options = {
  model: { type: "string" },
  images: { type: "string" },
  out: { type: "string" },
  boxes: { type: "string" },
  finder: { type: "string" },
  ...{ map, masks, table, bits, frames, area },
  "leave-out": leaveOut,
} as const;

/** What the command line says; null: the help is printed, and nothing else. */
export type ApplyArguments = { readonly model: string; readonly images: string; readonly options: ApplyOptions } | null;

/**
 * Reads the command line.
 *
 * @throws {WrongConfiguration} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): ApplyArguments {
  try {
    const { values } = readCommandLine("npm run apply", options, parameters);
    if (values.help) return null;
    const { model, images, out, boxes, finder } = values;
    for (const [name, value] of Object.entries({ model, images })) {
      if (value === undefined) throw new Problem(`--${name} is missing.`, "Name the folder; --help says more.");
    }
    return {
      model: resolve(model!),
      images: resolve(images!),
      options: {
        said: readWords(values),
        ...readDicomOptions(values),
        ...(out !== undefined && { out: resolve(out) }),
        ...(boxes !== undefined && { boxes: resolve(boxes) }),
        ...(finder !== undefined && { finder: resolve(finder) }),
      },
    };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

/** Runs the command. */
export async function runApply(parameters: readonly string[]): Promise<number> {
  return runToExitCode(async () => {
    const request = readArguments(parameters);
    if (request === null) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const applied = await applyRelease(request.model, request.images, request.options);
    tellApplied(applied, 20);
    process.stdout.write(`${summariseApplied(applied)}\n`);
    return applied.rows.some(({ fate }) => fate === "predicted") ? exitCodes.done : 1;
  });
}

if (require.main === module) runCommand(runApply);
