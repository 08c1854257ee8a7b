import { createStrategy } from "../controller/create-strategy";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { checkSearch } from "../search/search-options";
import { buildNetwork } from "../space/build";
import { requireReachable, type Budget } from "../space/budget";
import { sampleArchitecture } from "../space/sample";
import { sampleWithin } from "../space/sample-within";
import { hasTargets } from "../train/auxiliary-targets";
import { checkLayers } from "../train/layers-model/layers-specification";
import { checkTrials } from "../trials/trial-options";
import { folderNameOf } from "../files/folder-name";
import { requireCombination, requireInnerFolds } from "./combination";
import { foundBy } from "./found-by";
import { namesOfFurther } from "./layout";
import { checkStudySettings, type StudySettings } from "./study-settings";
import { requireRecipes } from "./tried-recipes";

const namesOfNoNetworks = ["majority class", "box geometry", "box and gray levels", "outline shape"];

/**
 * Names the models of a study beside the found one: those of further budgets, hand-crafted networks, models of one's own, random controls, and those that are no networks.
 *
 * @returns The names, in this order.
 */
export function otherModelsOf({
  handCrafted,
  ownModels = [],
  controls,
  search,
}: Pick<StudySettings, "handCrafted" | "ownModels" | "controls" | "search">): string[] {
  const random = Array.from({ length: controls }, (_, index) => `random ${index + 1}`);
  return [
    ...namesOfFurther({ settings: { search } }),
    ...handCrafted,
    ...ownModels.map(({ name }) => name),
    ...random,
    ...namesOfNoNetworks,
  ];
}

/**
 * Makes sure that settings fit each other: what would be found out after hours of searching is found out before. An architecture
 * of the space must make a network by the settings of the search, and by those of the training from scratch.
 *
 * @throws {Problem} Where two do not fit.
 */
export function requireFittingSettings(settings: StudySettings): void {
  const { preparation, search, network, tuning, combine, ownModels, training, seeds, innerFolds, learnFromValidation } =
    checkStudySettings(settings);
  if (combine !== null) requireCombination(combine, { seeds, training });
  if (tuning !== null) requireRecipes(tuning, training);
  if (innerFolds !== null) requireInnerFolds(innerFolds, { combine, learnFromValidation, training });
  const size = preparation.size ?? 64;
  if (search.size !== null && search.size > size) {
    throw new Problem(
      `The study has search.size: ${search.size}, expected at most its preparation.size, ${size}.`,
      "No search sees images larger than those of the study: give null for the same size.",
    );
  }
  for (const { name, ...layers } of ownModels) {
    const taken = otherModelsOf(settings).filter((other) => folderNameOf(other) === folderNameOf(name)).length > 1;
    if (taken) {
      throw new Problem(
        `The study has a model of one's own with the name "${name}", which another model of the study has.`,
        "Give it a name of its own.",
      );
    }
    checkLayers({ kind: "layers model", ...layers }, preparation.channels ?? ["gray"]);
  }
  if (hasTargets(training.targets) && ownModels.length > 0) {
    throw new Problem(
      `The study has training.targets, and ${ownModels[0]!.name} is a layers model, which has no heads that could tell more than the class.`,
      "Leave out training.targets or ownModels: all networks are to be trained alike.",
    );
  }
  const { name } = foundBy({ settings });
  if (otherModelsOf(settings).some((other) => folderNameOf(other) === folderNameOf(name))) {
    throw new Problem(
      `The study's ${(search.trials ?? null) === null ? "search.options" : "search.trials"}.strategy has the name "${name}", which another model of the study has.`,
      "Give it a name of its own.",
    );
  }
  const fit = <Made>(place: string, make: () => Made): Made => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem(`The study's ${place} does not fit its search.options.space: ${error.what}`, error.fix);
    }
  };
  const { space, network: searched, strategy } = fit("search.options.network", () => checkSearch(search.options));
  const architecture = sampleArchitecture(space, createRandom(1));
  const channels = preparation.channels?.length ?? 1;
  const build = (place: string, rows: number, of: typeof searched) => {
    fit(place, () => buildNetwork(architecture, { height: rows, width: rows, channels }, of));
  };
  build("search.options.network", search.size ?? size, searched);
  build(network === null ? "search.options.network" : "network", size, network ?? searched);
  const trials = search.trials ?? null;
  if (trials === null) {
    fit("search.options.strategy", () => createStrategy({ ...strategy, space }, createRandom(1)));
    return;
  }
  const { budget, furtherBudgets, latency } = checkTrials(trials);
  for (const own of [budget, ...furtherBudgets])
    fit("search.trials", () => {
      const priced = { size: { height: size, width: size, channels }, settings: network ?? searched, latency };
      // The same schema has checked it; its optional keys are written otherwise there.
      const within = { ...priced, budget: own as Budget };
      requireReachable(space, within);
      sampleWithin(space, createRandom(1), within);
    });
}
