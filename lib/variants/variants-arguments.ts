import { resolve } from "node:path";

import { readCount } from "../runtime/command-line";
import { dataRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { profileNames, type ProfileName } from "../study/study-settings";
import { checkPlan, type StudyModel } from "../validate/plan";
import { foundModel } from "./found-model";
import type { VariantsRequest } from "./plan-variant";
import type { RunVariantsOptions } from "./run-variants";

/** The options that every command has that trains networks in several variants. */
export const variantsOptions = {
  dataset: { type: "string" },
  folder: { type: "string" },
  found: { type: "string" },
  network: { type: "string", multiple: true },
  seed: { type: "string", multiple: true },
  fold: { type: "string", multiple: true },
  profile: { type: "string" },
  workers: { type: "string" },
  list: { type: "boolean" },
  root: { type: "string" },
} as const;

/** What is said of them in a command's help. */
export const variantsUsage = `  --folder DIR     where all of it is kept; what was begun goes on, what is done stays
  --network NAME   a hand-crafted network, as often as there are such; default: plain CNN
  --found DIR      the found network of a study, by the study's folder: results/bus-bra-overnight
  --profile NAME   whose training and size of images is taken: ${profileNames.join(", ")}; default: overnight
  --seed N         a seed, as often as there are such; default: the profile's
  --fold N         a fold, from 1, as often as there are such; default: the profile's
  --workers N      trainings at a time; default: 1
  --list           only tells what is done, and trains nothing
  --root DIR       the folder with the data sets; default: SONONAS_DATA, else data/
  --help           prints this
`;

/** These options, as a command line gives them. */
export interface VariantsValues {
  readonly dataset?: string;
  readonly folder?: string;
  readonly found?: string;
  readonly network?: readonly string[];
  readonly seed?: readonly string[];
  readonly fold?: readonly string[];
  readonly profile?: string;
  readonly workers?: string;
  readonly list?: boolean;
  readonly root?: string;
}

/** What they ask for. */
export interface VariantsArguments {
  /** Where all of it is kept. */
  readonly folder: string;
  readonly request: VariantsRequest;
  readonly options: RunVariantsOptions;
}

/**
 * Reads the options that every such command has.
 *
 * @throws {Problem} Where one is missing, or a network, profile or number is none.
 */
export function readVariants(values: VariantsValues): VariantsArguments {
  const { dataset, folder, profile = "overnight" } = values;
  if (!profileNames.includes(profile as ProfileName))
    throw new Problem(`There is no profile "${profile}".`, `There are ${profileNames.join(", ")}.`);
  const counts = (option: string, texts: readonly string[] | undefined) =>
    texts === undefined ? null : texts.map((text) => readCount(option, text, 1));
  const request: VariantsRequest = {
    ...{ dataset: requireOption("dataset", dataset), profile: profile as ProfileName },
    root: values.root === undefined ? dataRoot() : resolve(values.root),
    models: modelsOf(values.network, values.found),
    ...{ seeds: counts("--seed", values.seed), folds: counts("--fold", values.fold) },
  };
  checkPlan({ dataset: request.dataset, models: request.models });
  return {
    ...{ folder: resolve(requireOption("folder", folder)), request },
    options: { list: values.list ?? false, workers: readCount("--workers", values.workers, 1) },
  };
}

/**
 * Requires an option of a command line.
 *
 * @param name Its name, without dashes.
 * @throws {Problem} Where it is not there, or empty.
 */
export function requireOption(name: string, value: string | undefined): string {
  if (value !== undefined && value !== "") return value;
  throw new Problem(`--${name} is missing.`, "Name it; --help says more.");
}

/**
 * Requires that each name is one of those that there are.
 *
 * @param what What they are names of: "input".
 * @param given The names; null or none: nothing is asked for by name.
 * @throws {Problem} Where one is not there; says which there are.
 */
export function requireNames(what: string, given: readonly string[] | null, names: readonly string[]): void {
  const unknown = given?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Problem(`There is no ${what} "${unknown}".`, `There are: ${names.join("; ")}.`);
}

function modelsOf(networks: readonly string[] | undefined, found: string | undefined): StudyModel[] {
  const named = networks ?? (found === undefined ? ["plain CNN"] : []);
  return [
    ...(found === undefined ? [] : [foundModel(resolve(found))]),
    ...named.map((name) => ({ name, kind: "hand-crafted", network: { kind: "hand-crafted", name } }) as const),
  ];
}
