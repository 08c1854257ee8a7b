/**
 * `npm run inputs`: what an expert's box and outline, found ones, or none are worth to networks, from the terminal.
 *
 * @module
 */
import "../runtime/say-failures";

import { join, resolve } from "node:path";

import { showTable } from "../display/table";
import { publishPredictions } from "../evaluate/prediction-file";
import { folderNameOf } from "../files/folder-name";
import { writeAtomically } from "../files/write-atomically";
import { tableText } from "../files/table-text";
import { asConfigurationError, exitCodeOf, exitCodes } from "../runs/exit-codes";
import { runCommand } from "../runtime/command";
import { readCommandLine, readCount } from "../runtime/command-line";
import { dataRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { profileNames, type ProfileName } from "../study/study-settings";
import { checkPlan, type StudyModel } from "../validate/plan";
import { foundModel } from "./found-model";
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
  --folder DIR     where all of it is kept; what was begun goes on, what is done stays
  --network NAME   a hand-crafted network, as often as there are such; default: plain CNN
  --found DIR      the found network of a study, by the study's folder: results/bus-bra-overnight
  --input NAME     one input alone, as often as there are such:
                   ${nameInputs()}
  --profile NAME   whose training and size of images is taken: ${profileNames.join(", ")}; default: overnight
  --seed N         a seed, as often as there are such; default: the profile's
  --fold N         a fold, from 1, as often as there are such; default: the profile's
  --workers N      trainings at a time; default: 1
  --list           only tells what is done, and trains nothing
  --root DIR       the folder with the data sets; default: SONONAS_DATA, else data/
  --help           prints this

DIR has a cross-validation for each input, predictions/NAME.csv for npm run evaluate, and inputs.csv and inputs.json: areas and accuracy with
intervals over patients, and differences to the same network with the expert's box. Images in which nothing was found are left out of all inputs, and counted.
Ends with 0 where all is done; with 1 where inputs are not done; with 64 where something was asked for that cannot be; with 85 where it was
stopped and has saved: run it again.
`;

const options = {
  dataset: { type: "string" },
  outlines: { type: "string" },
  folder: { type: "string" },
  found: { type: "string" },
  network: { type: "string", multiple: true },
  input: { type: "string", multiple: true },
  seed: { type: "string", multiple: true },
  fold: { type: "string", multiple: true },
  profile: { type: "string" },
  workers: { type: "string" },
  list: { type: "boolean" },
  root: { type: "string" },
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
    const { dataset = "", outlines = "", folder = "", profile = "overnight", input: inputs = null } = values;
    for (const [name, value] of Object.entries({ dataset, outlines, folder }))
      if (value === "") throw new Problem(`--${name} is missing.`, "Name it; --help says more.");
    if (!profileNames.includes(profile as ProfileName))
      throw new Problem(`There is no profile "${profile}".`, `There are ${profileNames.join(", ")}.`);
    const unknown = inputs?.find((one) => !inputArms.some(({ name }) => name === one));
    if (unknown !== undefined)
      throw new Problem(
        `There is no input "${unknown}".`,
        `There are: ${inputArms.map(({ name }) => name).join("; ")}.`,
      );
    const counts = (option: string, texts: readonly string[] | undefined) =>
      texts === undefined ? null : texts.map((text) => readCount(option, text, 1));
    const request: InputsRequest = {
      ...{ dataset, outlines: resolve(outlines), profile: profile as ProfileName },
      root: values.root === undefined ? dataRoot() : resolve(values.root),
      models: modelsOf(values.network, values.found),
      ...{ seeds: counts("--seed", values.seed), folds: counts("--fold", values.fold) },
    };
    checkPlan({ dataset, models: request.models });
    return {
      ...{ folder: resolve(folder), request },
      options: { inputs, list: values.list ?? false, workers: readCount("--workers", values.workers, 1) },
    };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

function modelsOf(networks: readonly string[] | undefined, found: string | undefined): StudyModel[] {
  const named = networks ?? (found === undefined ? ["plain CNN"] : []);
  return [
    ...(found === undefined ? [] : [foundModel(resolve(found))]),
    ...named.map((name) => ({ name, kind: "hand-crafted", network: { kind: "hand-crafted", name } }) as const),
  ];
}

/** Runs the command. */
export async function runInputsCommand(parameters: readonly string[]): Promise<number> {
  try {
    const given = readArguments(parameters);
    if (given === null) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const { folder, request } = given;
    const { sets, nothingFound, missing } = await runInputs(folder, request, given.options);
    for (const { input, predictions } of sets) {
      const model = `${predictions.model}, ${input}`;
      publishPredictions(join(folder, "predictions", `${folderNameOf(model)}.csv`), { ...predictions, model });
    }
    const rows = inputRows(sets);
    const table = inputsTable(rows);
    writeAtomically(join(folder, "inputs.json"), `${JSON.stringify({ nothingFound, missing, rows }, null, 1)}\n`);
    if (table.length > 0) {
      const columns = Object.keys(table[0]!);
      const cells = table.map((row) => columns.map((column) => row[column] as string | number | null));
      writeAtomically(join(folder, "inputs.csv"), tableText(columns, cells));
      showTable(table, { caption: `${request.dataset}: what networks are given`, rows: table.length });
    }
    process.stdout.write(`In ${nothingFound} images nothing was found: they are left out of all inputs.\n`);
    if (missing.length === 0) return exitCodes.done;
    process.stdout.write(`Not done: ${missing.join("; ")}.\n`);
    return 1;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodeOf(error);
  }
}

if (require.main === module) runCommand(runInputsCommand);
