import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import type { Candidate } from "../derive/candidate";
import type { Derivation } from "../derive/derive-winner";
import { checkArchitecture } from "../space/architecture";
import type { StudySearch } from "./found-by";
import { furtherWinners, type ChosenArchitecture } from "./further-winners";
import { notebookOf, placeOf, type StudyPlace } from "./layout";
import type { Study } from "./open-study";
import { readStudyFile } from "./study-file";

/** What a study goes on with. */
export interface Winner {
  readonly winner: ChosenArchitecture;
  /** The winner of each search, in the order of the seeds. */
  readonly winners: readonly ChosenArchitecture[];
  /** The winner within each further budget, in their order; not there where the study has one budget. */
  readonly further?: readonly ChosenArchitecture[];
  /** Random architectures, in the order in which they were drawn, not by how they fared: no choice may flatter a control. */
  readonly controls: readonly ChosenArchitecture[];
}

/**
 * Chooses a study's winner among those of its searches, and keeps it in the study's folder with the controls.
 *
 * @returns The winner of all searches by its score with own weights, the winner of each and of each further budget, and the controls.
 * @throws {Problem} Where the search within a further budget is not done.
 */
export function keepWinner(
  study: StudySearch & StudyPlace & Pick<Study, "settings">,
  derivations: readonly (Derivation & { readonly seed: number })[],
  controls: readonly { readonly seed: number; readonly drawn: readonly Candidate[] }[],
): Winner {
  const chosen = ({ hash, architecture }: Candidate, seed: number) => ({ hash, seed, architecture });
  const best = derivations.reduce((one, other) =>
    other.winner.standAlone!.score > one.winner.standAlone!.score ? other : one,
  );
  const drawn = controls.flatMap(({ seed, drawn: list }) => list.map((candidate) => chosen(candidate, seed)));
  // By hash: an order that has nothing to do with how well they did.
  const unchosen = drawn.sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, study.settings.controls);
  const further = furtherWinners(study);
  const result: Winner = {
    winner: chosen(best.winner, best.seed),
    winners: derivations.map(({ winner, seed }) => chosen(winner, seed)),
    ...(further.length > 0 && { further }),
    controls: unchosen,
  };
  writeAtomically(placeOf(study, "winner"), `${JSON.stringify(result, null, 1)}\n`);
  return result;
}

/**
 * Reads what {@link keepWinner} kept.
 *
 * @throws {Problem} Where there is none yet, or the file is damaged.
 */
export function readWinner(study: Pick<Study, "path" | "name">): Winner {
  const file = placeOf(study, "winner");
  const stored = readStudyFile(file) as unknown as Partial<Winner> | null;
  if (stored === null) {
    throw new Problem(
      `${study.name} has no winner yet.`,
      `Run ${notebookOf("search")} and ${notebookOf("winner")} of the same study.`,
    );
  }
  const { winner, winners, further = [], controls } = stored;
  const lists = [winner === undefined ? null : [winner], winners, further, controls];
  const chosen = lists.every(Array.isArray) ? lists.flatMap((list) => list as (ChosenArchitecture | null)[]) : [null];
  if (chosen.some((one) => typeof one?.architecture !== "object")) {
    throw new Problem(`${file} is damaged.`, `Remove it, and run ${notebookOf("winner")} again.`);
  }
  for (const one of chosen) checkArchitecture(one!.architecture);
  return stored as Winner;
}
