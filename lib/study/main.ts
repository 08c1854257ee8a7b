/**
 * `npm run study`: executes the notebooks in order, without a screen. The executed copies go to a folder of their own in
 * `results/`; the notebooks themselves stay clean.
 *
 * @module
 */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

import { makeRunFolder } from "../files/run-folder";
import { makeFolder } from "../files/write-atomically";
import { runCommand } from "../runtime/command";
import { notebooksRoot, projectRoot, resultsRoot, systemClock } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { tellProgress } from "./progress-lines";
import { runNotebook, type NotebookEvent } from "./run-notebook";
import { settingsOf } from "./settings-of";
import { profileNames, type ProfileName, type StudyChoice } from "./study-settings";

/** Exit codes: all cells ran; one failed or could not be started; interrupted from the keyboard. */
const exitCodes = { done: 0, failed: 1, interrupted: 130 };

/** Milliseconds between two looks at the clock while a cell runs. */
const tick = 1_000;

const usage = `npm run study [-- --profile PROFILE --dataset SET] [NOTEBOOK ...]

Executes the notebooks in notebooks/ in order, or the named ones ("00_start_here"), and stops at the first cell that
fails. What is done is not done again: the same command goes on where it was cut off.

  --profile PROFILE  ${profileNames.join(", ")}; default: smoke
  --dataset SET      a data set that \`npm run data -- list\` names, also one that you brought in; default: phantom

Results, the executed notebooks and report.html go to results/<set>-<profile>/. Without options the notebooks run as they
stand, and the executed copies go to results/<time>-study/.
`;

/** What a command asks for. */
export interface StudyCommand {
  /** The study; null: what stands in the notebooks. */
  readonly study: StudyChoice | null;
  /** The notebooks; empty: all. */
  readonly notebooks: readonly string[];
}

/**
 * Reads the parameters of `npm run study`.
 *
 * @param parameters What stands after the command.
 * @returns What it asks for.
 * @throws {Problem} Where an option is unknown or has no value, there is no such profile, or the data set's name is a path.
 */
export function readCommand(parameters: readonly string[]): StudyCommand {
  const given: { profile?: string; dataset?: string } = {};
  const notebooks: string[] = [];
  for (let place = 0; place < parameters.length; place++) {
    const parameter = parameters[place]!;
    if (parameter === "--profile" || parameter === "--dataset") {
      const value = parameters[++place];
      if (value === undefined || value === "" || value.startsWith("-"))
        throw new Problem(`${parameter} has no value.`, "See `npm run study -- --help`.");
      given[parameter.slice(2) as "profile" | "dataset"] = value;
    } else if (parameter.startsWith("-")) {
      throw new Problem(`npm run study has no option ${parameter}.`, "See `npm run study -- --help`.");
    } else notebooks.push(parameter);
  }
  if (given.profile === undefined && given.dataset === undefined) return { study: null, notebooks };
  const study = { profile: (given.profile ?? "smoke") as ProfileName, dataset: given.dataset ?? "phantom" };
  settingsOf(study);
  // It names the folder of the results too.
  if (/[/\\]|^\./.test(study.dataset)) {
    throw new Problem(
      `"${study.dataset}" is no name of a data set.`,
      "`npm run data -- list` names those that there are; `npm run data -- import NAME PATH` brings in a folder of your own.",
    );
  }
  return { study, notebooks };
}

/**
 * Picks the notebooks to run.
 *
 * @param names Their names, with or without the ending; none for all.
 * @param present The notebooks that there are, in order.
 * @returns Names with the ending, in the order of the study.
 * @throws {Problem} Where one is not there.
 */
export function pickNotebooks(names: readonly string[], present: readonly string[]): string[] {
  const wanted = names.map((name) => (name.endsWith(".ipynb") ? name : `${name}.ipynb`));
  const missing = wanted.find((name) => !present.includes(name));
  if (missing !== undefined)
    throw new Problem(`There is no notebook ${missing} in notebooks/.`, `There are: ${present.join(", ")}.`);
  return wanted.length === 0 ? [...present] : present.filter((name) => wanted.includes(name));
}

/**
 * Takes the kernel's own frames out of an error's stack: what is left are the reader's cells and the library.
 *
 * @param text What a failed cell printed.
 * @returns The text without those lines.
 */
export function readableError(text: string): string {
  const inner = /^\s+at .*(node_modules\/tslab\/|\(node:|sigintHandlersWrap)/;
  return text
    .split("\n")
    .filter((line) => !inner.test(line))
    .join("\n");
}

type Failure = Extract<NotebookEvent, { event: "failed" }>;

function describeFailure(notebook: string, { number, source, text }: Failure): string {
  const cell = source.replace(/^/gm, "    ");
  return `${notebook} failed in code cell ${number}:\n\n${cell}\n\n${readableError(text)}`;
}

async function runStudy({ study, notebooks: names }: StudyCommand): Promise<keyof typeof exitCodes> {
  const present = readdirSync(notebooksRoot)
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  const notebooks = pickNotebooks(names, present);
  const folder =
    study === null
      ? makeRunFolder(resultsRoot, "study", systemClock.now())
      : join(resultsRoot, `${study.dataset}-${study.profile}`, "notebooks");
  if (study !== null) makeFolder(folder);
  const shown = relative(projectRoot, folder);
  for (const notebook of notebooks) {
    const tell = tellProgress(notebook, process.stdout, systemClock);
    let failure: Failure | undefined;
    const ticking = setInterval(() => {
      tell({ event: "tick" });
    }, tick);
    const onEvent = (event: NotebookEvent) => {
      tell(event);
      if (event.event === "failed") failure = event;
    };
    const target = join(folder, notebook);
    const outcome = await runNotebook(join(notebooksRoot, notebook), target, onEvent, study).finally(() => {
      clearInterval(ticking);
    });
    if (outcome === "interrupted") {
      process.stderr.write(
        `\nInterrupted in ${notebook}. What ran so far is in ${shown}. Start again with \`npm run study\`.\n`,
      );
      return outcome;
    }
    if (failure !== undefined) {
      process.stderr.write(
        `\n${describeFailure(notebook, failure)}\n\nThe executed copy is ${join(shown, notebook)}.\n`,
      );
      return "failed";
    }
  }
  const ran = notebooks.length === 1 ? "1 notebook" : `All ${notebooks.length} notebooks`;
  process.stdout.write(`${ran} ran. The executed copies are in ${shown}.\n`);
  return "done";
}

async function main(parameters: readonly string[]): Promise<number> {
  if (parameters.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  return exitCodes[await runStudy(readCommand(parameters))];
}

if (require.main === module) {
  // The interruption goes to the notebook's process too, which writes what it has and ends; this one waits for it.
  process.on("SIGINT", () => undefined);
  runCommand(main);
}
