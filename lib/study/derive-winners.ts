import type { Candidate } from "../derive/candidate";
import type { Derivation } from "../derive/derive-winner";
import { readCandidates } from "../derive/read-candidates";
import { showText } from "../display/text";
import { driveUnits } from "./drive-units";
import { controlOf, foundBy, isByTrials } from "./found-by";
import { controlFolder, deriveFolder } from "./layout";
import type { Study } from "./open-study";
import { requireSearches } from "./run-searches";
import { requireRecorded } from "./study-facts";

/** What was derived from a search of a study. */
export interface StudyDerivation extends Derivation {
  readonly seed: number;
}

/** The random architectures that a search of a study is judged by. */
export interface StudyControl {
  readonly seed: number;
  /** The architectures, the best first. */
  readonly drawn: readonly Candidate[];
}

/**
 * Derives a winner from each search of a study, as its settings say.
 *
 * @returns What was derived, in the order of the seeds.
 * @throws {Problem} Where a search is not done, or a folder holds what was derived otherwise.
 * @throws {Interrupted} Where the cell is interrupted; all is saved, and the same call goes on.
 */
export async function deriveWinners(study: Study): Promise<StudyDerivation[]> {
  requireRecorded(study);
  requireSearches(study);
  await driveUnits(study, ({ kind, of }) => kind === "derivation" && of.strategy === study.found.slug);
  return study.settings.search.seeds.map((seed) => readDerivation(study, seed));
}

/**
 * Trains the random architectures that each search of a study is judged by, as its settings say.
 *
 * @returns The architectures, in the order of the seeds.
 * @throws {Problem} Where a search is not done, or a folder holds another control.
 * @throws {Interrupted} Where the cell is interrupted; all is saved, and the same call goes on.
 */
export async function trainControls(study: Study): Promise<StudyControl[]> {
  requireRecorded(study);
  requireSearches(study);
  await driveUnits(study, ({ kind }) => kind === "control");
  return study.settings.search.seeds.map((seed) => ({
    seed,
    drawn: readCandidates(controlFolder(study, seed)).candidates,
  }));
}

/**
 * Searches a second time on the same budget by a policy that stays uniform, with the first seed, and derives from it: a strategy
 * that is worth something does better. Beside a search by trials it is a random race at the same limit, processor seconds or trainings.
 * Where the study's own strategy is that control, there is nothing to do, which is said.
 *
 * @returns What was derived; null where the study's own search is uniform.
 * @throws {Problem} Where a folder holds another search.
 * @throws {Interrupted} Where the cell is interrupted; all is saved, and the same call goes on.
 */
export async function runUniformControl(study: Study): Promise<StudyDerivation | null> {
  requireRecorded(study);
  const control = controlOf(study);
  if (control === null) {
    const { name } = foundBy(study);
    const why = isByTrials(study) ? "is the control itself" : "is uniform: there is no second uniform search";
    showText(`The study's own strategy, "${name}", ${why}.`);
    return null;
  }
  const [seed] = study.settings.search.seeds;
  await driveUnits(study, ({ kind, of }) => kind === "derivation" && of.strategy === control.slug);
  return readDerivation(study, seed!, control.slug);
}

function readDerivation(study: Study, seed: number, slug?: string): StudyDerivation {
  const { candidates } = readCandidates(deriveFolder(study, seed, slug));
  return { seed, candidates, winner: candidates[0]! };
}
