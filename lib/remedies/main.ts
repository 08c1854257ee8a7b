/**
 * `npm run remedies`: what normalising, varying and choosing images is worth on devices or hospitals that networks have not seen, from the
 * terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { splitSetOptions } from "../data/sets/split-set";
import { asConfigurationError, exitCodes, runToExitCode } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { keepVariants } from "../variants/keep-variants";
import {
  readVariants,
  requireNames,
  variantsOptions,
  variantsUsage,
  type VariantsArguments,
} from "../variants/variants-arguments";
import { remedyNames } from "./remedies";
import { remediesTable, remedyRows } from "./remedies-table";
import { runRemedies, type RemediesRequest, type RunRemediesOptions } from "./run-remedies";

const usage = `npm run remedies -- --dataset bus-bra --split '{"leaveOut":"device"}' --folder DIR   trains networks plain, with each remedy against images
                                                    of other devices or hospitals alone, and with all together, everything else equal

  --split JSON     how the set is divided, as data.splitSet takes it; default: the set's own folds, or five of whole patients
  --without-shared leaves images out that an earlier one of several sets has (--dataset bus-bra+udiat)
  --remedy NAME    one alone, as often as there are such: ${remedyNames.join("; ")}
${variantsUsage}
DIR has a cross-validation for each remedy, predictions/NAME.csv for npm run evaluate, and remedies.csv and remedies.json: area, accuracy,
sensitivity and specificity per patient, on all folds and on each, with intervals over patients, and differences to the same network without
a remedy. Where the pixel size of an image is not known, nothing is brought to one scale.
Ends with 0 where all is done; with 1 where remedies are not done; with 64 where something was asked for that cannot be; with 85 where it was
stopped and has saved: run it again.
`;

const options = {
  ...variantsOptions,
  split: { type: "string" },
  remedy: { type: "string", multiple: true },
  "without-shared": { type: "boolean" },
} as const;

/** What the command line says; null: the help is printed, and nothing else. */
export type RemediesArguments =
  | (Pick<VariantsArguments, "folder"> & {
      readonly request: RemediesRequest;
      readonly options: RunRemediesOptions;
    })
  | null;

/**
 * Reads the command line.
 *
 * @throws {WrongConfiguration} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): RemediesArguments {
  try {
    const { values } = readCommandLine("npm run remedies", options, parameters);
    if (values.help) return null;
    const { remedy: remedies = null } = values;
    requireNames("remedy", remedies, remedyNames);
    const { folder, request, options: run } = readVariants(values);
    const onShared = values["without-shared"] === true ? "leave-out" : "stop";
    return { folder, request: { ...request, split: readSplit(values.split), onShared }, options: { ...run, remedies } };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

function readSplit(text: string | undefined): RemediesRequest["split"] {
  if (text === undefined) return {};
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = null;
  }
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Problem(`--split is ${text}, expected JSON.`, `For example: --split '{"leaveOut":"device"}'.`);
  return checkOptions("--split", splitSetOptions, given);
}

/** Runs the command. */
export async function runRemediesCommand(parameters: readonly string[]): Promise<number> {
  return runToExitCode(async () => {
    const given = readArguments(parameters);
    if (given === null) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const { folder, request } = given;
    const { sets, missing, notices } = await runRemedies(folder, request, given.options);
    const rows = remedyRows(sets);
    return keepVariants(folder, sets, {
      ...{ name: "remedies", content: { split: request.split, notices, missing, rows }, table: remediesTable(rows) },
      caption: `${request.dataset}: what remedies are worth on images of other devices or hospitals`,
      ...{ notices, missing },
    });
  });
}

if (require.main === module) runCommand(runRemediesCommand);
