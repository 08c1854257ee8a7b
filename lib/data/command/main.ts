/**
 * `npm run data`: the data sets, from the terminal.
 *
 * @module
 */
import "../../runtime/say-failures";

import { resolve } from "node:path";

import { tellProgressOf } from "../../display/progress";
import { showTable } from "../../display/table";
import { runCommand } from "../../runtime/command";
import { readCommandLine } from "../../runtime/command-line";
import { dataRoot, systemClock } from "../../runtime/environment";
import { Problem } from "../../runtime/problem";
import { auditSet } from "../audit/audit";
import { summariseAudit } from "../audit/summary";
import { readFolds } from "../audit/read-folds";
import { tellAudit } from "../audit/tell-audit";
import { countFindings, tableOfFindings } from "../audit/tell-findings";
import type { Description } from "../own/description";
import type { Survey } from "../own/survey";
import { tellSurvey } from "../own/tell-survey";
import type { DataSet } from "../sets/data-set";
import { findDataSet } from "../sets/registry";
import { describeOwn } from "./describe-own";
import { fetchSet } from "./fetch-set";
import type { OwnOptions } from "./import-own";
import { importSet } from "./import-set";
import { listSets, tableOfSets } from "../sets/list-sets";
import { readWords, saidOptions, saidUsage, saysAnything } from "./said-options";
import { dicomOptions, readDicomOptions, tellDicom } from "./tell-dicom";
import { tellDownloads } from "./tell-download";
import { verifySet } from "./verify-set";

const usage = `npm run data -- list                      the data sets, and which are on this machine
npm run data -- fetch NAME                downloads one; carries on where it was cut off; checks and unpacks it
npm run data -- import NAME PATH ...      brings in an archive or a folder that you have; NAME may be new
npm run data -- describe NAME             how a folder of your own is read, and with the options below, how it is to be
npm run data -- verify NAME               is it whole, as published?
npm run data -- audit NAME                what is in it, and what could fool a study

  --root DIR     the folder with the data sets, or the set's own; default: SONONAS_DATA, else data/
  --frames K     import: how many frames are taken of a DICOM loop, at equal distances; default: 1, its middle one
  --area AREA    import: what is kept of DICOM that does not say where the tissue is: LEFT,TOP,WIDTH,HEIGHT in pixels, or whole
  --key FILE     import: the key of the patients' pseudonyms, which stays with you; default: ~/.config/sononas/pseudonyms.key
  --from URL     fetch: another address to take the files from, by their names; sums are checked all the same
  --split FILE   audit: a split to be checked for leaks, too; a file that this project wrote, or a CSV file with the
                 columns image and part (train, validation, test) or image and fold; may be given several times
  --json         prints one JSON object on the last line
  --help         prints this

Of a folder of your own, import and describe say what every file is and how it is read. Where that is not clear, they ask:
${saidUsage}
What was said is kept in the set's sononas-set.json.

NAME is a name from the list; "folder" is a folder of your own, named by --root.
Ends with 0; with 1 where something is wrong, or verify finds something missing; with 130 where it was interrupted.
`;

/** What the command line says. */
export interface DataArguments {
  readonly action: "list" | "fetch" | "import" | "describe" | "verify" | "audit" | "help";
  /** The data set's name; empty for list and help. */
  readonly name: string;
  /** What is brought in; for import alone. */
  readonly paths: readonly string[];
  readonly root: string;
  /** Another address to fetch from; undefined for the canonical one. */
  readonly from: string | undefined;
  /** Files with splits to check. */
  readonly splits: readonly string[];
  /** What is said of a folder of one's own. */
  readonly said: Partial<Description>;
  /** How DICOM is brought in. */
  readonly dicom: NonNullable<OwnOptions["dicom"]>;
  /** Whether one JSON object is printed last. */
  readonly json: boolean;
}

const options = {
  root: { type: "string" },
  from: { type: "string" },
  split: { type: "string", multiple: true },
  json: { type: "boolean" },
  ...dicomOptions,
  ...saidOptions,
} as const;

const actions = ["list", "fetch", "import", "describe", "verify", "audit"] as const;

/**
 * Reads the command line.
 *
 * @returns What it says; paths are absolute.
 * @throws {Problem} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): DataArguments {
  const { values, positionals } = readCommandLine("npm run data", options, parameters, Infinity);
  const root = values.root === undefined ? dataRoot() : resolve(values.root);
  const common = {
    root,
    from: values.from,
    splits: values.split ?? [],
    said: readWords(values),
    dicom: readDicomOptions(values),
    json: values.json ?? false,
  };
  const [action, name = "", ...paths] = positionals;
  if (values.help || action === undefined) return { action: "help", name: "", paths: [], ...common };
  const known = actions.find((one) => one === action);
  if (known === undefined) throw new Problem(`npm run data has no "${action}".`, `It has ${actions.join(", ")}.`);
  if (known === "list") {
    if (name !== "") throw new Problem(`"list" takes no name, but was given "${name}".`, "Leave it out.");
  } else if (name === "")
    throw new Problem(`"${known}" needs the name of a data set.`, `For example: npm run data -- ${known} bus-bra`);
  if (known === "import" && paths.length === 0)
    throw new Problem(
      "Nothing to import was named.",
      `For example: npm run data -- import ${name} path/of/archive.zip`,
    );
  if (known !== "import" && paths.length > 0)
    throw new Problem(
      `"${known}" takes one name, but was given ${[name, ...paths].join(" ")} too.`,
      "Put names with spaces in quotes.",
    );
  if (saysAnything(common.said) && known !== "import" && known !== "describe")
    throw new Problem(`"${known}" takes no words on how a folder is read.`, "Give them to import or describe.");
  return { action: known, name, paths: paths.map((path) => resolve(path)), ...common };
}

// What each action prints, and what it gives as JSON.
async function run(request: DataArguments): Promise<{ code: number; result: object }> {
  const { action, name, root } = request;
  switch (action) {
    case "help":
      process.stdout.write(usage);
      return { code: 0, result: {} };
    case "list": {
      const sets = listSets(root);
      process.stdout.write(`Data sets in ${root}:\n\n`);
      showTable(tableOfSets(sets));
      process.stdout.write(
        "\nnpm run data -- --help says how to get one. Citations and licences are in the JSON: add --json.\n",
      );
      return { code: 0, result: { root, sets } };
    }
    case "fetch":
      return { code: 0, result: await fetch(request) };
    case "import": {
      const imported = await importSet(name, request.paths, root, {
        said: request.said,
        dicom: { ...request.dicom, onLook: tellDicom },
        onSurvey: (survey) => {
          tellOwn(survey, request.paths.join(", "));
        },
      });
      process.stdout.write(`${imported.name} is now in ${imported.found}.\n`);
      return { code: 0, result: imported };
    }
    case "describe": {
      const { folder, survey } = await describeOwn(name, root, request.said);
      tellOwn(survey, folder);
      if (saysAnything(request.said)) process.stdout.write(`\nWhat was said is kept in ${folder}.\n`);
      const { files, classes, description } = survey;
      return { code: 0, result: { folder, files, classes, description } };
    }
    case "verify": {
      const set = findDataSet(name, root);
      const verification = await verifySet(set, root, tellProgressOf(`look at ${name}`));
      showTable(verification.checks.map(({ check, good, found }) => ({ check, good: good ? "yes" : "NO", found })));
      if (verification.findings.length > 0) showTable(tableOfFindings(verification.findings), { rows: 30 });
      process.stdout.write(`\n${sayVerified(set, verification.good)}\n`);
      return { code: verification.good ? 0 : 1, result: { dataset: set.name, ...verification } };
    }
    case "audit": {
      const splits = request.splits.map((path) => readFolds(resolve(path)));
      const audit = await auditSet(findDataSet(name, root), {
        root,
        splits,
        onProgress: tellProgressOf(`look at ${name}`),
      });
      tellAudit(audit);
      const foreign = audit.findings.some(({ check }) => check === "split of other images");
      return { code: foreign ? 1 : 0, result: summariseAudit(audit) };
    }
  }
}

function tellOwn(survey: Survey, name: string): void {
  tellSurvey(survey, name);
  if (survey.findings.length === 0) return;
  showTable(countFindings(survey.findings), { caption: "What was noticed", rows: 30 });
  const errors = survey.findings.filter(({ severity }) => severity === "error").length;
  if (errors > 0) process.stdout.write("A study stops at errors, or leaves such images out, as you say then.\n");
}

// A folder of one's own was never published: there is nothing that it could be held against.
function sayVerified({ title, expected }: DataSet, good: boolean): string {
  if (expected === null) return good ? `${title} can be read, all of it.` : `${title} cannot be read whole.`;
  return good ? `${title} is whole.` : `${title} is not as published.`;
}

async function fetch({ name, root, from }: DataArguments): Promise<object> {
  const set = findDataSet(name);
  const teller = tellDownloads();
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      interruption.abort();
    });
  }
  try {
    const folder = await fetchSet(set, {
      root,
      clock: systemClock,
      signal: interruption.signal,
      ...(from !== undefined && { from }),
      onProgress: (file, done, total) => {
        teller.tell(file, done, total);
      },
    });
    teller.finish();
    process.stdout.write(
      `\n${set.title} is now in ${folder}.\nPlease cite: ${set.citation}\nLicence: ${set.licence}\n`,
    );
    return { dataset: set.name, folder };
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stdout.write("\n");
    throw new Interrupted(
      `Interrupted. What came so far is kept: npm run data -- fetch ${set.name} goes on from there.`,
    );
  }
}

class Interrupted extends Error {}

/** Runs the command. */
async function runData(parameters: readonly string[]): Promise<number> {
  const request = readArguments(parameters);
  try {
    const { code, result } = await run(request);
    if (request.json && request.action !== "help")
      process.stdout.write(`${JSON.stringify({ command: request.action, ...result })}\n`);
    return code;
  } catch (error) {
    if (!(error instanceof Interrupted) && !(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    if (request.json) process.stdout.write(`${JSON.stringify({ command: request.action, error: error.message })}\n`);
    return error instanceof Interrupted ? 130 : 1;
  }
}

if (require.main === module) runCommand(runData);
