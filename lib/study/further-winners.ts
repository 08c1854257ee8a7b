import { encode, hashArchitecture } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { mean } from "../statistics/summary";
import { readTrialConfiguration, readTrialSearch } from "../trials/trial-record";
import type { StudySearch } from "./found-by";
import { furtherBudgets, furtherFolder, searchFolder, type StudyPlace } from "./layout";

/** An architecture of a study that goes on to the cross-validation. */
export interface ChosenArchitecture {
  readonly hash: string;
  /** The seed of the search that it comes from, or that it is a control of. */
  readonly seed: number;
  readonly architecture: Architecture;
}

/**
 * Chooses a winner for each further budget of a study's search by trials: what the search within it has chosen; of several seeds, what has
 * the highest mean area in its own trainings.
 *
 * @returns The winners, in the order of the budgets; none where the study has one budget.
 * @throws {Problem} Where a search is not done.
 */
export function furtherWinners(study: StudySearch & StudyPlace): ChosenArchitecture[] {
  return furtherBudgets(study).map((budget) => {
    const chosen = study.settings.search.seeds.map((seed) => {
      const folder = furtherFolder(searchFolder(study, seed), budget);
      const { chosen: architecture, trials } = readTrialSearch(folder);
      const own = encode(readTrialConfiguration(folder).space, architecture).join();
      const areas = trials.flatMap(({ code, area }) => (code.join() === own ? [area] : []));
      // A predictor may choose what it has not trained.
      return { hash: hashArchitecture(architecture), seed, architecture, area: areas.length === 0 ? 0 : mean(areas) };
    });
    const { area: _, ...best } = chosen.reduce((one, other) => (other.area > one.area ? other : one));
    return best;
  });
}
