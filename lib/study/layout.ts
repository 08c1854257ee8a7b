import { join } from "node:path";

import type { ChapterName } from "./contents";
import { checkTrials, usesShared } from "../trials/trial-options";
import { controlOf, foundBy, titleOfControl, type StudySearch } from "./found-by";

/** Where a study lies. */
export interface StudyPlace {
  /** Gives the path of something in the study's folder, from the names on the way. */
  readonly path: (...parts: string[]) => string;
}

/** A part of a study's folder. */
export interface StudyPart {
  /** Its name within the folder, with "/". */
  readonly place: string;
  /** The notebook that writes it. */
  readonly notebook: ChapterName;
}

/** The layout of a study's folder: what lies where, and which notebook writes it. No other file knows. */
export const layout = {
  /** What the study is: settings, changes, hashes of its images. Whichever notebook opens it first writes it. */
  facts: { place: "study.json", notebook: "01_explore_the_data" },
  split: { place: "split.json", notebook: "01_explore_the_data" },
  audit: { place: "audit.json", notebook: "01_explore_the_data" },
  /** What the study's units are, and what is kept of each that has no folder elsewhere. */
  units: { place: "units", notebook: "03_enas_search" },
  search: { place: "search", notebook: "03_enas_search" },
  derive: { place: "derive", notebook: "04_derive_and_control" },
  control: { place: "control", notebook: "04_derive_and_control" },
  verdicts: { place: "verdicts.json", notebook: "04_derive_and_control" },
  winner: { place: "winner.json", notebook: "04_derive_and_control" },
  /** What the networks were tried with, where the study tunes. */
  tunedFound: { place: "tuning/found", notebook: "05_train_the_winner" },
  tunedHandCrafted: { place: "tuning/hand-crafted", notebook: "06_hand_crafted_networks" },
  found: { place: "validation/found", notebook: "05_train_the_winner" },
  /** The networks of parts of the training parts, where the study combines some. */
  partsFound: { place: "parts/found", notebook: "05_train_the_winner" },
  partsHandCrafted: { place: "parts/hand-crafted", notebook: "06_hand_crafted_networks" },
  release: { place: "release", notebook: "05_train_the_winner" },
  handCrafted: { place: "validation/hand-crafted", notebook: "06_hand_crafted_networks" },
  /** What was measured of each model, a file each; 06 and 07 add theirs. */
  evaluated: { place: "evaluations", notebook: "05_train_the_winner" },
  evaluations: { place: "evaluation.csv", notebook: "07_compare" },
  comparison: { place: "comparison.csv", notebook: "07_compare" },
  /** What each model says of the tested images, a file each, to be published. */
  predictions: { place: "predictions", notebook: "07_compare" },
  family: { place: "family.json", notebook: "07_compare" },
  claims: { place: "claims.json", notebook: "07_compare" },
  /** What the models are worth on other sets, a folder each. */
  external: { place: "external", notebook: "11_other_hospitals" },
  /** What came of size and training of networks being optimised, a folder for each arm. */
  optimised: { place: "optimised", notebook: "12_enas_b" },
  figures: { place: "figures", notebook: "07_compare" },
  tables: { place: "tables", notebook: "07_compare" },
  report: { place: "report.html", notebook: "09_report" },
  /** How the study stood when it was told of last, so that what changed can be said. */
  lastTime: { place: "last-time.json", notebook: "09_report" },
  /** The executed copies of all notebooks; `npm run study` writes them. */
  notebooks: { place: "notebooks", notebook: "00_start_here" },
} as const satisfies Record<string, StudyPart>;

/** The name of a part of a study's folder. */
export type StudyPartName = keyof typeof layout;

/** Says where a part of a study lies; it need not exist yet. */
export function placeOf({ path }: StudyPlace, part: StudyPartName, ...inside: string[]): string {
  return path(...layout[part].place.split("/"), ...inside);
}

/** Says which notebook writes a part of a study: "05_train_the_winner". */
export function notebookOf(part: StudyPartName): ChapterName {
  return layout[part].notebook;
}

/**
 * Gives the folder of one of a study's searches.
 *
 * @param slug The strategy, as folders name it; default: the study's own.
 * @returns Its path: ".../search/enas-seed-1".
 */
export function searchFolder(study: StudySearch & StudyPlace, seed: number, slug = foundBy(study).slug): string {
  return placeOf(study, "search", `${slug}-seed-${seed}`);
}

/**
 * Gives the folder of what was derived from one of a study's searches.
 *
 * @param slug The strategy, as folders name it; default: the study's own.
 * @returns Its path: ".../derive/seed-1" for ENAS, ".../derive/uniform-seed-1".
 */
export function deriveFolder(study: StudySearch & StudyPlace, seed: number, slug = foundBy(study).slug): string {
  // ENAS was the only one once.
  return placeOf(study, "derive", slug === "enas" ? `seed-${seed}` : `${slug}-seed-${seed}`);
}

/**
 * Gives the folder of a search by trials for one of a study's further budgets, and of what is derived from it.
 *
 * @param folder The folder for the first budget.
 * @param budget Which of them, from 2.
 * @returns Its path: ".../search/ridge-seed-1-budget-2".
 */
export function furtherFolder(folder: string, budget: number): string {
  return `${folder}-budget-${budget}`;
}

/**
 * Gives the folder of a supernet that scores candidates of a search by trials.
 *
 * @param fold The inner fold that it learns from, from 1.
 * @returns Its path: ".../search/supernet-seed-1/fold-4".
 */
export function supernetFolder(study: StudyPlace, seed: number, fold: number): string {
  return placeOf(study, "search", `supernet-seed-${seed}`, `fold-${fold}`);
}

/** Gives the folder of the random architectures that a search is judged by: ".../control/seed-1". */
export function controlFolder(study: StudyPlace, seed: number): string {
  return placeOf(study, "control", `seed-${seed}`);
}

/** A run of a study: a search, a derivation, a random control. */
export interface StudyRun {
  /** What it is, in words: "ENAS search, seed 1". */
  readonly title: string;
  readonly folder: string;
}

/**
 * Lists the runs of a study that come before its cross-validation, in the order in which they are done: the searches, what is
 * derived from each, their random controls, and the search that is a control with what is derived from it, unless the study's
 * own is that. Before a search by trials come the supernets that it uses.
 *
 * @returns The runs, whether they are there or not.
 */
export function runsOf(study: StudySearch & StudyPlace): StudyRun[] {
  const { name } = foundBy(study);
  const control = controlOf(study);
  const { seeds } = study.settings.search;
  const [first] = seeds;
  return [
    ...seeds.flatMap((seed) => [
      ...supernetFolds(study).map((fold) => ({
        title: `supernet of inner fold ${fold}, seed ${seed}`,
        folder: supernetFolder(study, seed, fold),
      })),
      { title: `${name} search, seed ${seed}`, folder: searchFolder(study, seed) },
      ...furtherBudgets(study).map((budget) => ({
        title: `${name} search, seed ${seed}, budget ${budget}`,
        folder: furtherFolder(searchFolder(study, seed), budget),
      })),
      { title: `${name} derivation, seed ${seed}`, folder: deriveFolder(study, seed) },
      { title: `random control, seed ${seed}`, folder: controlFolder(study, seed) },
    ]),
    ...(control === null
      ? []
      : [
          {
            title: `${titleOfControl(control)} search, seed ${first!}`,
            folder: searchFolder(study, first!, control.slug),
          },
          {
            title: `${titleOfControl(control)} derivation, seed ${first!}`,
            folder: deriveFolder(study, first!, control.slug),
          },
        ]),
  ];
}

/** Lists the inner folds that have a supernet in a study's search by trials: the last ones. */
export function supernetFolds({ settings }: StudySearch): number[] {
  const trials = settings.search.trials ?? null;
  if (trials === null) return [];
  const checked = checkTrials(trials);
  const { folds, supernet } = checked;
  if (!usesShared(checked) || supernet === null) return [];
  return Array.from({ length: supernet.count }, (_, index) => folds - supernet.count + index + 1);
}

/** Lists the further budgets of a study's search by trials, by their numbers: 2 is the first of them. */
export function furtherBudgets({ settings }: StudySearch): number[] {
  return (settings.search.trials?.furtherBudgets ?? []).map((_, index) => index + 2);
}

/** Names the network that a study finds within each further budget: "ridge predictor, budget 2". */
export function namesOfFurther(study: StudySearch): string[] {
  return furtherBudgets(study).map((budget) => `${foundBy(study).name}, budget ${budget}`);
}

/** Gives the path of a part of a study's folder that is known by the folder alone. */
export function placeIn(folder: string): StudyPlace {
  return { path: (...parts) => join(folder, ...parts) };
}
