import { existsSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot } from "../runtime/environment";

/** One notebook of the study. */
export interface Chapter {
  /** Its file's name without the ending: "00_start_here". */
  readonly name: string;
  readonly question: string;
}

/** The notebooks of the study, in the order in which they are run. */
export const chapters = [
  { name: "00_start_here", question: "Does everything work on this machine?" },
  { name: "01_explore_the_data", question: "What is in the images, and can they be trusted?" },
  { name: "02_search_space", question: "Which networks can the search find?" },
  { name: "03_enas_search", question: "Which of them does the search find?" },
  { name: "04_derive_and_control", question: "Is the winner better than chance would have picked?" },
  { name: "05_train_the_winner", question: "How good is it, trained from scratch and cross-validated?" },
  { name: "06_hand_crafted_networks", question: "How good are the networks that people designed?" },
  { name: "07_compare", question: "Does the found network surpass them, and is it simpler?" },
  { name: "08_explain", question: "Where does it err, and what does it look at?" },
  { name: "09_report", question: "What does one hand to a colleague?" },
] as const satisfies readonly Chapter[];

/** Notebooks for what comes after the study; they are run by their names alone. */
export const afterwards = [
  { name: "10_apply", question: "What does a released network say of a folder of images?" },
  { name: "11_other_hospitals", question: "Does it hold where it was not trained?" },
  { name: "12_enas_b", question: "What do size and training of the found network add, beside those of others?" },
  { name: "13_search_benchmark", question: "Does a search beat chance at the same cost?" },
  { name: "14_find_the_lesion", question: "Must somebody draw on each image?" },
] as const satisfies readonly Chapter[];

/** The files of the project's notebooks: others may lie beside them, and are their owners'. */
export const projectNotebooks: readonly string[] = [...chapters, ...afterwards].map(({ name }) => `${name}.ipynb`);

/** The name of a notebook of the study. */
export type ChapterName = (typeof chapters | typeof afterwards)[number]["name"];

/** A notebook of the study, as the table of contents shows it; its state is "ready", or that this version does not have it yet. */
export type ChapterRow = Record<"notebook" | "question" | "state", string>;

/**
 * Lists the notebooks of the study and those for afterwards, and says which of them this version has.
 *
 * @param folder The folder with the notebooks; default: the project's.
 * @returns One row a notebook, in order.
 */
export function listChapters(folder: string = notebooksRoot): ChapterRow[] {
  return [...chapters, ...afterwards].map(({ name, question }) => {
    const notebook = `${name}.ipynb`;
    return { notebook, question, state: existsSync(join(folder, notebook)) ? "ready" : "not in this version yet" };
  });
}
