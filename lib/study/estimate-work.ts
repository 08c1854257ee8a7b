import { costOf } from "../graph/cost";
import { buildHandCrafted } from "../graph/hand-crafted/registry";
import { createRandom } from "../runtime/random";
import { buildNetwork } from "../space/build";
import { sampleArchitecture } from "../space/sample";
import { countParts } from "./combination";
import { foundBy } from "./found-by";
import { checkStudySettings, type StudySettings } from "./study-settings";
import { countRecipes } from "./tried-recipes";

/** What a study, or a part of it, computes. */
export interface Work {
  /** Multiply-adds of networks of the searched space; a backward pass counts as two forward passes. */
  readonly found: number;
  /** The same of the hand-crafted networks. */
  readonly handCrafted: number;
  /** Processes that are started: notebooks, and units of the cross-validation. */
  readonly processes: number;
}

/** How many images a study has, and in how many folds they are tested. */
export interface StudyImages {
  readonly images: number;
  readonly folds: number;
}

/** Architectures of the space whose mean stands for those that a search tries. */
const sampled = 8;

/** Notebooks of a study, each with a kernel of its own. */
const notebooks = 10;

/**
 * Counts what a study computes: its searches with their controls, the trainings from scratch, and all that is scored. What
 * networks share, such as the search's weights, is counted as often as it is computed.
 */
export function estimateWork(settings: StudySettings, { images, folds: ofSet }: StudyImages): Work {
  const { search, derive, control, training, network, preparation, handCrafted, controls, seeds, ...others } =
    checkStudySettings(settings);
  const {
    space,
    network: searched,
    epochs,
    warmUpEpochs,
    updatesPerEpoch,
    architecturesPerUpdate,
    reward,
  } = search.options;
  const size = preparation.size ?? 64;
  const channels = preparation.channels?.length ?? 1;
  const sizeOf = (rows: number) => ({ height: rows, width: rows, channels });
  const meanOf = (rows: number, of: NonNullable<typeof network>) => {
    const random = createRandom(1);
    const costs = Array.from({ length: sampled }, (_, index) =>
      costOf(buildNetwork(sampleArchitecture(space, random.split(index)), sizeOf(rows), of)),
    );
    return costs.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0) / sampled;
  };
  const parts = partsOf(Math.min(images, settings.sample?.count ?? images), ofSet);
  // Forward passes of one image: an epoch of training is three for each image learned from, one for each validated on.
  const scratch = (of: number) => of * (3 * parts.train + parts.validation);
  const updates = Math.max(0, epochs - warmUpEpochs) * updatesPerEpoch * architecturesPerUpdate;
  const ofSearch = epochs * 3 * parts.train + updates * reward.batchSize;
  const ofDerivation =
    derive.samples * derive.draws * reward.batchSize +
    derive.rescored * parts.validation +
    derive.trained * scratch(derive.training.epochs);
  const ofControl = control.count * (parts.validation + scratch(control.training.epochs));
  const searches = search.seeds.length + (foundBy({ settings }).uniform ? 0 : 1);
  const small = meanOf(search.size ?? size, searched);
  const folds = others.folds?.length ?? ofSet;
  const learned = others.learnFromValidation ? parts.train + parts.validation : parts.train;
  const validated = others.learnFromValidation ? 0 : parts.validation;
  const ofUnit = training.epochs * (3 * learned + validated) + parts.test + validated;
  const units = folds * seeds.length;
  const { tuning } = others;
  // Networks of parts learn from all of a training part but one part, which they are validated on.
  const divided = countParts(others);
  const held = divided === 0 ? 0 : learned / divided;
  const ofParts = divided * (training.epochs * (3 * (learned - held) + held) + parts.test + held);
  // Trials learn from the training part alone, and are judged on the validation part after every epoch.
  const trials = tuning === null ? 0 : countRecipes(tuning) * (tuning.judgedOn === "fold 1" ? 1 : folds);
  const ofTrials = trials * (training.epochs * (3 * parts.train + parts.validation) + parts.validation);
  const crafted = handCrafted.map((name) => costOf(buildHandCrafted(name, sizeOf(size), { classes: 2 })).multiplyAdds);
  return {
    found:
      small * (searches * (ofSearch + ofDerivation) + search.seeds.length * ofControl) +
      meanOf(size, network ?? searched) * (1 + controls) * (units * (ofUnit + ofParts) + ofTrials),
    handCrafted: crafted.reduce((sum, one) => sum + one, 0) * (units * (ofUnit + ofParts) + ofTrials),
    processes: notebooks + (units * (1 + divided) + trials) * (1 + controls + handCrafted.length),
  };
}

// A fifth of what is not tested is validated on; a set with one division of its own tests about as much.
function partsOf(images: number, folds: number): { train: number; validation: number; test: number } {
  const test = images / Math.max(folds, 5);
  const validation = (images - test) / 5;
  return { test, validation, train: images - test - validation };
}
