/**
 * `npm run inputs`: what an expert's box and outline, found ones, or none are worth to networks, from the terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { resolve } from "node:path";

import { asConfigurationError, exitCodes, runToExitCode } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { keepVariants } from "../variants/keep-variants";
import {
  readVariants,
  requireNames,
  requireOption,
  variantsOptions,
  variantsUsage,
} from "../variants/variants-arguments";
import { inputArms } from "./input-arms";
import type { InputsRequest } from "./input-plans";
import { inputRows, inputsTable } from "./input-rows";
import { runInputs, type RunInputsOptions } from "./run-inputs";

/** Names the inputs, one kind of outlines a line. */
function nameInputs(): string {
  const kinds = [...new Set(inputArms.map(({ outlines }) => outlines))];
  const lines = kinds.map((kind) => inputArms.flatMap(({ outlines, name }) => (outlines === kind ? [name] : [])));
  return lines.map((names) => names.join("; ")).join(`;\n${" ".repeat(19)}`);
}

const usage = `npm run inputs -- --dataset bus-bra --outlines DIR --folder DIR   trains networks on each input, everything else equal: the expert's
                                                    box and outline; found ones; the expert's to learn from and found ones to be tested
                                                    on; with and without disturbed ones in training; and the whole picture

  --outlines DIR   the folder of npm run segment, with all folds
  --input NAME     one input alone, as often as there are such:
                   ${nameInputs()}
${variantsUsage}
DIR has a cross-validation for each input, predictions/NAME.csv for npm run evaluate, and inputs.csv and inputs.json: areas and accuracy with
intervals over patients, and differences to the same network with the expert's box. Images in which nothing was found are left out of all inputs, and counted.
Ends with 0 where all is done; with 1 where inputs are not done; with 64 where something was asked for that cannot be; with 85 where it was
stopped and has saved: run it again.
`;

const options = {
  ...variantsOptions,
  outlines: { type: "string" },
  input: { type: "string", multiple: true },
} as const;

/** What the command line says; null: the help is printed, and nothing else. */
export type InputsArguments = {
  readonly folder: string;
  readonly request: InputsRequest;
  readonly options: RunInputsOptions;
} | null;

/**
 * Reads the command line.
 *
 * @throws {WrongConfiguration} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): InputsArguments {
  try {
    const { values } = readCommandLine("npm run inputs", options, parameters);
    if (values.help) return null;
    const { outlines, input: inputs = null } = values;
    const { folder, request, options: run } = readVariants(values);
    requireNames(
      "input",
      inputs,
      inputArms.map(({ name }) => name),
    );
    return {
      ...{ folder, request: { ...request, outlines: resolve(requireOption("outlines", outlines)) } },
      options: { ...run, inputs },
    };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

/** Runs the command. */
export async function runInputsCommand(parameters: readonly string[]): Promise<number> {
  return runToExitCode(async () => {
    const given = readArguments(parameters);
    if (given === null) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const { folder, request } = given;
    const { sets, nothingFound, missing } = await runInputs(folder, request, given.options);
    const rows = inputRows(sets);
    return keepVariants(folder, sets, {
      ...{ name: "inputs", content: { nothingFound, missing, rows }, table: inputsTable(rows), missing },
      caption: `${request.dataset}: what networks are given`,
      notices: [`In ${nothingFound} images nothing was found: they are left out of all inputs.`],
    });
  });
}

if (require.main === module) runCommand(runInputsCommand);
