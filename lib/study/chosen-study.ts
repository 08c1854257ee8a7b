import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { readVariable, resultsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson } from "../runs/json";
import type { StudyChoice } from "./changes";
import { choiceOf, nameStudy, type NamedStudy } from "./name-study";
import { readStudyFile } from "./study-file";
import type { ProfileName } from "./study-settings";

/** The file in `results` with the study that was chosen in a notebook. */
const chosenFile = "chosen-study.json";

/** The study where none was chosen. */
const first: StudyChoice = { profile: "smoke", dataset: "phantom" };

/**
 * Says which study was chosen for all notebooks: by `npm run study` or `npm run lab`, else by {@link chooseStudy}, else the
 * profile "smoke" on phantoms.
 *
 * @param root The folder with all results; default: the project's.
 * @returns The study, of whose images nothing was read yet.
 * @throws {Problem} Where what was chosen cannot be read, or there is no such profile, data set or setting.
 */
export function chosenStudy(root: string = resultsRoot): NamedStudy {
  const kept = () => readStudyChoice(readStudyFile(join(root, chosenFile)), chosenFile);
  return nameStudy(ofCommand() ?? kept() ?? first, root);
}

/**
 * Chooses the study that all notebooks belong to, until another one is chosen. It is kept in `results/chosen-study.json`.
 *
 * @param root The folder with all results; default: the project's.
 * @throws {Problem} Where there is no such profile, data set or setting, or where JupyterLab or the notebook was started for
 *   another study.
 */
export function chooseStudy(choice: StudyChoice, root: string = resultsRoot): Required<StudyChoice> {
  const named = nameStudy(choice, root);
  const command = ofCommand();
  const given = command === null ? named : nameStudy(command, root);
  if (given.name !== named.name) {
    throw new Problem(
      `This notebook was started for the study ${given.name}, and not for ${named.name}.`,
      "Start `npm run lab` without --profile, --dataset, --set and --changes to choose in a cell, or with others.",
    );
  }
  const kept = choiceOf(named);
  writeAtomically(join(root, chosenFile), `${JSON.stringify(kept, null, 1)}\n`);
  return kept;
}

function ofCommand(): StudyChoice | null {
  const text = readVariable("SONONAS_STUDY");
  if (text !== undefined) {
    try {
      return readStudyChoice(parseJson(text), "SONONAS_STUDY");
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw unreadable("SONONAS_STUDY");
    }
  }
  const [profile, dataset] = [readVariable("SONONAS_PROFILE"), readVariable("SONONAS_DATASET")];
  if (profile === undefined && dataset === undefined) return null;
  return { profile: (profile ?? first.profile) as ProfileName, dataset: dataset ?? first.dataset };
}

function readStudyChoice(data: unknown, place: string): StudyChoice | null {
  if (data === null) return null;
  if (!isPlainObject(data)) throw unreadable(place);
  const { profile, dataset, changes = {} } = data;
  if (typeof profile !== "string" || typeof dataset !== "string" || !isPlainObject(changes)) throw unreadable(place);
  return { profile: profile as ProfileName, dataset, changes };
}

function unreadable(place: string): Problem {
  return new Problem(
    `${place} names no study: expected { "profile": "smoke", "dataset": "phantom", "changes": {} }.`,
    place === chosenFile ? `Remove it from the folder with the results, or choose again.` : "Correct it, or unset it.",
  );
}
