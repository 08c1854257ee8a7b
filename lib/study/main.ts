/**
 * `npm run study`: executes the notebooks in order, without a screen. The executed copies go to a folder of their own in
 * `results/`; the notebooks themselves stay clean.
 *
 * @module
 */
import "../runtime/say-failures";

import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { makeFolder } from "../files/write-atomically";
import { runCommand } from "../runtime/command";
import { readCommandLine } from "../runtime/command-line";
import { notebooksRoot, projectRoot, systemClock } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import type { StudyChoice } from "./changes";
import { chosenStudy } from "./chosen-study";
import { afterwards, chapters, listChapters } from "./contents";
import { drawNotebooks } from "./draw-notebooks";
import { fitToImages } from "./fit-to-images";
import { forecastStudy, tellForecast } from "./forecast";
import { readLastTime, tellSince } from "./last-time";
import { notebookOf, placeOf } from "./layout";
import { choiceOf, nameStudy, type NamedStudy } from "./name-study";
import { outcomeOf } from "./outcome-of";
import { planPower, tellPower } from "./planned-power";
import { tellProgress } from "./progress-lines";
import { runNotebook, type NotebookEvent } from "./run-notebook";
import { readFacts } from "./study-facts";
import { loadStudyImages } from "./study-images";
import { doOneUnit, doUnits } from "./do-units";
import { nameExternalSets, readExternalChoice, takeOutExternalSets, type ExternalChoice } from "./external-sets";
import { searchFoldOf } from "./study-split";
import { readStudyOptions, studyOptions, studyUsage, writeStudyOptions } from "./study-options";
import { profileNames } from "./study-settings";
import { readUnitOptions, unitOptions, unitUsage, type UnitRequest } from "./unit-options";

/** Exit codes: all cells ran; one failed or could not be started; interrupted from the keyboard. */
const exitCodes = { done: 0, told: 0, failed: 1, interrupted: 130 };

/** The notebook that tests networks on other sets, and those that tell of it, in their order. */
const externalNotebook = "11_other_hospitals.ipynb";
const tellingNotebooks = ["07_compare.ipynb", "09_report.ipynb"];

/** The notebook that opens no study. */
const startNotebook = "00_start_here.ipynb";

/** The notebooks that train. */
const trainingNotebooks = (["search", "derive", "found", "handCrafted"] as const).map(
  (part) => `${notebookOf(part)}.ipynb`,
);

/** Milliseconds between two looks at the clock while a cell runs. */
const tick = 1_000;

const usage = `npm run study [-- [--profile PROFILE] [--dataset SET] [--set PATH=VALUE ...] [NOTEBOOK ...]]

Executes the notebooks of the study in order, or those in notebooks/ that are named ("00_start_here", one of your own), and stops at
the first cell that fails. What is done is not done again: the same command goes on where it was cut off.

${studyUsage}

  --external SET     then tests the networks of all folds on another set, one's own included, by the notebook 11_other_hospitals;
                     as often as there are sets; SET:without-shared leaves out images that both sets have,
                     SET:without-contradictions identical images of different labels, SET:without-errors damaged ones
  --without-external SET
                     takes a set out that was named before; what a test on it gave stays
  --finder DIR       a network that finds the lesions of images of such sets that nobody has drawn: DIR/fold-1/training of npm run segment

${unitUsage}

Profiles are ${profileNames.join(", ")}. Results, the executed notebooks and report.html go to
results/<set>-<profile>/, with changes to results/<set>-<profile>+<their hash>/. Without options it is the study that was
chosen in a notebook by study.chooseStudy, else "smoke" on phantoms.
`;

/** What a command asks for. */
export interface StudyCommand {
  /** The study; null: the one that is chosen for all notebooks. */
  readonly study: StudyChoice | null;
  /** The notebooks; empty: all. */
  readonly notebooks: readonly string[];
  /** Other sets that its networks are tested on afterwards. */
  readonly external: readonly ExternalChoice[];
  /** Sets that were named before, and that it is not to be tested on any more. */
  readonly withoutExternal: readonly string[];
  /** Where and how its units are done first; null: the notebooks do them. */
  readonly units: UnitRequest | null;
}

/**
 * Reads the parameters of `npm run study`.
 *
 * @throws {Problem} Where an option is unknown or has no value, or changes cannot be read.
 */
export function readCommand(parameters: readonly string[]): StudyCommand {
  const { values, positionals } = readCommandLine(
    "npm run study",
    {
      ...{ ...studyOptions, ...unitOptions },
      external: { type: "string", multiple: true },
      "without-external": { type: "string", multiple: true },
      finder: { type: "string" },
    },
    joinPassedOn(parameters),
    chapters.length + afterwards.length,
  );
  const { finder } = values;
  const external = (values.external ?? []).map((given) => ({
    ...readExternalChoice(given),
    ...(finder !== undefined && { finder: resolve(finder) }),
  }));
  if (finder !== undefined && external.length === 0)
    throw new Problem("--finder is for other sets, and none was named.", "Name one: --external SET");
  return {
    ...{ study: readStudyOptions(values), notebooks: positionals, external, units: readUnitOptions(values) },
    withoutExternal: values["without-external"] ?? [],
  };
}

// What is handed on begins with dashes as an option does.
function joinPassedOn(parameters: readonly string[]): string[] {
  const joined = [...parameters];
  const index = joined.indexOf("--sbatch");
  if (index >= 0 && index + 1 < joined.length) joined.splice(index, 2, `--sbatch=${joined[index + 1]!}`);
  return joined;
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

// What comes after the study is run by its name alone; so are notebooks of one's own, which lie beside the project's.
function presentNotebooks(named: boolean): string[] {
  const there = listChapters()
    .filter(({ state }) => state === "ready")
    .map(({ notebook }) => notebook);
  if (!named) return there.filter((notebook) => chapters.some(({ name }) => `${name}.ipynb` === notebook));
  const others = readdirSync(notebooksRoot).filter((file) => file.endsWith(".ipynb") && !there.includes(file));
  return [...there, ...others.sort()];
}

/**
 * Puts the notebook that tests networks on other sets among those that are run: before the comparison and the report, which tell of it.
 *
 * @param isTested Whether there is a set to test on.
 */
export function withExternal(notebooks: readonly string[], isTested: boolean): string[] {
  if (!isTested || notebooks.includes(externalNotebook)) return [...notebooks];
  const first = notebooks.findIndex((notebook) => tellingNotebooks.includes(notebook));
  return first < 0
    ? [...notebooks, externalNotebook]
    : [...notebooks.slice(0, first), externalNotebook, ...notebooks.slice(first)];
}

type Failure = Extract<NotebookEvent, { event: "failed" }>;

function describeFailure(notebook: string, { number, source, text }: Failure): string {
  const cell = source.replace(/^/gm, "    ");
  return `${notebook} failed in code cell ${number}:\n\n${cell}\n\n${text}`;
}

// Before anything is trained: what the patients can show, as the folder has kept it, else from the images, which no notebook that is
// asked for may need; and what is computed, where a notebook that is asked for does.
async function tellPlan(named: NamedStudy, notebooks: readonly string[]): Promise<void> {
  if (notebooks.every((notebook) => notebook === startNotebook)) return;
  const kept = readFacts(named)?.power ?? null;
  const trains = notebooks.some((notebook) => trainingNotebooks.includes(notebook));
  const images = kept === null || trains ? await loadStudyImages(named) : null;
  const { settings } = named;
  const power = kept === null ? planPower({ ...images!, settings }) : { value: kept, missing: null };
  for (const sentence of tellPower(power)) process.stdout.write(`${sentence}\n`);
  if (images === null || !trains) return;
  const { records, split } = images;
  const fitted = fitToImages(settings, split, searchFoldOf(split, settings));
  tellForecast(await forecastStudy({ ...named, settings: fitted.settings, records, split }));
}

function takeOut(named: NamedStudy, datasets: readonly string[]): void {
  for (const dataset of takeOutExternalSets(named, datasets))
    process.stdout.write(
      `The study was tested on ${dataset} before: its report and its release go on telling that, as it was seen.\n`,
    );
}

async function runStudy(command: StudyCommand): Promise<keyof typeof exitCodes> {
  const { study, notebooks: names, external, withoutExternal, units } = command;
  // Before anything runs: a wrong setting is told at once, and all notebooks have the same study.
  const named = study === null ? chosenStudy() : nameStudy(study);
  const notebooks = withExternal(pickNotebooks(names, presentNotebooks(names.length > 0)), external.length > 0);
  if (withoutExternal.length > 0) takeOut(named, withoutExternal);
  const last = readLastTime(named);
  await tellPlan(named, notebooks);
  if (units !== null) {
    const ended = await doUnits(named, units);
    if (ended !== "done") return ended;
  }
  // From here on the interruption goes to the notebook's process too, which writes what it has and ends; this one waits for it.
  process.on("SIGINT", () => undefined);
  const folder = placeOf(named, "notebooks");
  makeFolder(folder);
  if (external.length > 0) nameExternalSets(named, external);
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
    const outcome = await runNotebook(join(notebooksRoot, notebook), target, onEvent, choiceOf(named)).finally(() => {
      clearInterval(ticking);
    });
    if (outcome === "interrupted") {
      process.stderr.write(
        `\nInterrupted in ${notebook}. What ran so far is in ${shown}. Start again with \`npm run study -- ${writeStudyOptions(choiceOf(named))}\`.\n`,
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
  const undrawn = await drawNotebooks(notebooks.map((notebook) => join(folder, notebook)));
  if (undrawn !== null) process.stdout.write(`${undrawn}\n`);
  const ran = notebooks.length === 1 ? "1 notebook" : `All ${notebooks.length} notebooks`;
  process.stdout.write(`${ran} ran. The executed copies are in ${shown}.\n${outcomeOf(named).told}\n`);
  if (existsSync(placeOf(named, "facts")))
    for (const sentence of tellSince(named, last)) process.stdout.write(`${sentence}\n`);
  return "done";
}

async function main(parameters: readonly string[]): Promise<number> {
  if (parameters.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  const command = readCommand(parameters);
  if (command.units?.unit != null)
    return doOneUnit(command.study === null ? chosenStudy() : nameStudy(command.study), command.units.unit);
  return exitCodes[await runStudy(command)];
}

if (require.main === module) runCommand(main);
