/**
 * `npm run evaluate`: computes every number from files of predictions, of whatever origin.
 *
 * @module
 */
import { basename } from "node:path";

import { showTable } from "../display/table";
import { measureUse, useTable, type ClinicalUse } from "../evaluate/clinical-use";
import { evaluatePredictions, type Evaluation } from "../evaluate/evaluation";
import { evaluationTable, foldTable, operatingPointTable } from "../evaluate/evaluation-table";
import { readForeignPredictions } from "../evaluate/prediction-file";
import type { PredictionSet } from "../evaluate/predictions";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { Problem } from "../runtime/problem";
import { compareAll, familyTable, type FamilyComparison } from "./compare-all";
import { compareNetBenefit, netBenefitTable, type NetBenefitDifference } from "./net-benefit-differences";
import { compareUnseen, unseenNotices, unseenTable, type UnseenComparison } from "./compare-unseen";
import { judgePrimary, type PrimaryEndpoint } from "./primary-endpoint";

const usage = `npm run evaluate -- [NAME=]FILE [[NAME=]FILE ...] [OPTION ...]

Computes measures, intervals, tests and operating points from predictions of whatever origin. Each FILE is a table of
comma-separated values with the columns id, label (0 benign, 1 malignant) and probability (of malignant). It may have
patient, which makes patients the unit; fold, the network that predicted the image; seed; logit; part (test or
validation); and model, where it holds several. NAME is the model; without it the column says that, else the file's name.

  --reference NAME    judges the primary endpoint: the first model, or --found, against this one
  --found NAME        the model that the others are held against; default: the first
  --seen FILE         the FILEs' folds each leave a group out, a device or a hospital: this has what one of the models says where folds
                      are drawn from all groups, and what it loses is told; as often as there are such
  --margin SHARE      how large a difference of the area matters; default: 0.01
  --replicates COUNT  how often patients are resampled; default: 2000
  --seed NUMBER       of the resampling; default: 1
  --json              prints all numbers as one JSON object and nothing else

For example:

  npm run evaluate -- results/bus-bra/bus-bra-quick/predictions/*.csv --found ENAS --reference "plain CNN"
  npm run evaluate -- ours=predictions/enas.csv theirs=their-network.csv --reference theirs
`;

/** What was computed from files of predictions. Plain data. */
export interface EvaluatedFiles {
  readonly evaluations: readonly (Omit<Evaluation, "cases"> & { readonly use: ClinicalUse })[];
  /** Net benefits less that of the found model; none where there is one model. */
  readonly benefits: readonly NetBenefitDifference[];
  /** The other models against the found one; null where there is one model. */
  readonly family: FamilyComparison | null;
  /** Null where no reference was named. */
  readonly primary: PrimaryEndpoint | null;
  /** What models lose on groups that were left out; none where nothing of them was named as seen. */
  readonly unseen: readonly UnseenComparison[];
}

/** A file of predictions, and what its model is called; null: as the file says. */
interface NamedFile {
  readonly name: string | null;
  readonly path: string;
}

/** What is asked for. */
export interface EvaluateCommand {
  readonly files: readonly NamedFile[];
  /** What models say where they had seen others of each group. */
  readonly seen: readonly NamedFile[];
  readonly found: string | null;
  readonly reference: string | null;
  readonly margin: number;
  readonly replicates: number;
  readonly seed: number;
  readonly json: boolean;
}

/**
 * Reads the parameters of `npm run evaluate`.
 *
 * @returns What is asked for; null for its help.
 * @throws {Problem} Where no file is named, an option is unknown, or a number is none.
 */
export function readEvaluateCommand(parameters: readonly string[]): EvaluateCommand | null {
  const text = { type: "string" } as const;
  const options = {
    found: text,
    reference: text,
    margin: text,
    replicates: text,
    seed: text,
    seen: { type: "string", multiple: true },
    json: { type: "boolean" },
  } as const;
  const { values, positionals } = readCommandLine("npm run evaluate", options, parameters, Infinity);
  if (values.help) return null;
  if (positionals.length === 0) {
    throw new Problem("No file of predictions was named.", "npm run evaluate -- --help says what it takes.");
  }
  const numberOf = (name: "margin" | "replicates" | "seed", standard: number): number => {
    const given = values[name];
    const value = given === undefined ? standard : Number(given);
    if (given?.trim() !== "" && Number.isFinite(value)) return value;
    throw new Problem(`--${name} is "${String(given)}", expected a number.`, `Give --${name} ${String(standard)}.`);
  };
  return {
    files: positionals.map(readFileName),
    seen: (values.seen ?? []).map(readFileName),
    found: values.found ?? null,
    reference: values.reference ?? null,
    margin: numberOf("margin", 0.01),
    replicates: numberOf("replicates", 2000),
    seed: numberOf("seed", 1),
    json: values.json ?? false,
  };
}

function readFileName(given: string): NamedFile {
  const named = /^([^/\\=]+)=(.+)$/.exec(given);
  return { name: named?.[1] ?? null, path: named?.[2] ?? given };
}

// A name that was given goes before the one in the file, which can only be said of one model.
function readNamed({ name, path }: NamedFile): PredictionSet[] {
  const sets = readForeignPredictions(path, name ?? basename(path).replace(/\.[^.]*$/, ""));
  if (name === null) return sets;
  if (sets.length === 1) return [{ ...sets[0]!, model: name }];
  throw new Problem(
    `${path} is named "${name}" and holds ${sets.length} models: ${sets.map(({ model }) => model).join(", ")}.`,
    "Name it without NAME=, or give a file of one model.",
  );
}

/**
 * Computes every number from files of predictions.
 *
 * @throws {Problem} Where a file cannot be read, two models have one name, models were not tested on the same images, or a named
 *   model is not there.
 */
export function evaluateFiles(command: EvaluateCommand): EvaluatedFiles {
  const { files, reference, margin, replicates, seed } = command;
  const read = (list: typeof files) => list.flatMap(readNamed);
  const [sets, seen] = [read(files), read(command.seen)];
  const found = command.found ?? sets[0]!.model;
  checkNamed(sets, found, reference);
  return {
    evaluations: sets.map((set) => {
      const evaluation = evaluatePredictions(set, { replicates, seed });
      const { cases: _, ...rest } = evaluation;
      return { ...rest, use: measureUse(evaluation) };
    }),
    benefits: sets.length < 2 ? [] : compareNetBenefit(sets, { reference: found, replicates, seed }),
    family: sets.length < 2 ? null : compareAll(sets, { reference: found, replicates, seed }),
    primary: reference === null ? null : judgePrimary(sets, { found, reference, margin }),
    unseen: seen.flatMap((one) =>
      compareUnseen(one, setNamed(sets, one.model), { unit: "patients", replicates, seed }),
    ),
  };
}

function setNamed(sets: readonly PredictionSet[], model: string): PredictionSet {
  const set = sets.find((one) => one.model === model);
  if (set !== undefined) return set;
  throw new Problem(
    `--seen has "${model}", which is none of the models: ${sets.map((one) => one.model).join(", ")}.`,
    "Name the file as the model is: --seen NAME=FILE.",
  );
}

function checkNamed(sets: readonly PredictionSet[], found: string, reference: string | null): void {
  const names = sets.map(({ model }) => model);
  for (const [option, name] of [
    ["found", found],
    ["reference", reference],
  ] as const) {
    if (name === null || names.includes(name)) continue;
    throw new Problem(
      `--${option} is "${name}", which is none of the models: ${names.join(", ")}.`,
      "Name one of these.",
    );
  }
  if (found !== reference) return;
  throw new Problem(
    `"${found}" is both the model that is judged and its reference.`,
    "Name another with --found or --reference.",
  );
}

function tell({ evaluations, benefits, family, primary, unseen }: EvaluatedFiles): void {
  const whole = evaluations as unknown as readonly Evaluation[];
  if (primary !== null) {
    process.stdout.write(`${[primary.sentence, ...primary.notes].join("\n")}\n\n`);
  }
  const measures = ["areaUnderCurve", "accuracy", "sensitivity", "specificity", "brierScore"] as const;
  const show = (rows: Parameters<typeof showTable>[0], caption: string) => {
    showTable(rows, { caption });
  };
  show(evaluationTable(whole, { scope: "patients", measures }), "Per patient; areas within folds");
  show(evaluationTable(whole, { measures }), "Per image; areas within folds, intervals over patients");
  const folds = foldTable(whole);
  if (folds.length > evaluations.length) show(folds, "By fold, per image");
  if (unseen.length > 0) show(unseenTable(unseen), "On groups that were left out, per patient");
  if (family !== null) show(familyTable(family), `Against ${family.reference}`);
  show(operatingPointTable(whole), "Operating points");
  show(useTable(evaluations.map(({ use }) => use)), "Calibration and predictive values, per patient");
  if (benefits.length > 0) show(netBenefitTable(benefits), `Net benefit per patient, minus ${family!.reference}`);
  const notices = [...new Set([...evaluations.flatMap((one) => one.notices), ...unseenNotices(unseen)])];
  if (notices.length > 0) process.stdout.write(`${notices.join("\n")}\n`);
}

function main(parameters: readonly string[]): number {
  const command = readEvaluateCommand(parameters);
  if (command === null) {
    process.stdout.write(usage);
    return 0;
  }
  const evaluated = evaluateFiles(command);
  if (command.json) process.stdout.write(`${JSON.stringify(evaluated)}\n`);
  else tell(evaluated);
  return 0;
}

if (require.main === module) runCommand(main);
