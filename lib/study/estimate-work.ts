import { costOf } from "../graph/cost";
import { buildHandCrafted } from "../graph/hand-crafted/registry";
import { createRandom } from "../runtime/random";
import { buildNetwork } from "../space/build";
import type { Budget } from "../space/budget";
import { sampleArchitecture } from "../space/sample";
import { sampleWithin } from "../space/sample-within";
import { trainingDefaults } from "../train/training-options";
import { checkTrials, type CheckedTrials } from "../trials/trial-options";
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
  /** Processor seconds of searches by trials whose limit is in these; default: none. */
  readonly seconds?: number;
}

/** How many images a study has, and in how many folds they are tested. */
export interface StudyImages {
  readonly images: number;
  readonly folds: number;
}

/** Architectures of the space whose mean stands for those that a search tries. */
const sampled = 8;

/** Multiply-adds of a processor second, about: what orders units is no measurement. */
export const aSecond = 2e9;

/** Notebooks of a study, each with a kernel of its own. */
const notebooks = 10;

/** What single units of a study compute, in multiply-adds; a backward pass counts as two forward passes. */
export interface UnitCosts {
  /** A search; of one by trials whose limit is in processor seconds about what they can compute. */
  readonly search: number;
  /** The same within each further budget of a search by trials, and the networks that come of it, for one image. */
  readonly further: readonly { readonly search: number; readonly found: number }[];
  /** A supernet that scores candidates of searches by trials; 0 where there is none. */
  readonly supernet: number;
  /** All that a derivation scores with the shared weights. */
  readonly scores: number;
  /** A candidate that is trained from scratch. */
  readonly candidate: number;
  /** All that a random control scores with the shared weights. */
  readonly controlScores: number;
  readonly controlCandidate: number;
  /** Multiply-adds of a network of the searched space for one image. */
  readonly found: number;
  /** The same of each hand-crafted network, in the order of the settings. */
  readonly handCrafted: readonly number[];
  /** Forward passes of one fold and seed of the cross-validation, with what is predicted. */
  readonly unitPasses: number;
  /** The same of a trial of a recipe. */
  readonly trialPasses: number;
  /** The same of a network of one part of a training part. */
  readonly partPasses: number;
}

/** Counts what single units of a study compute. */
export function costsOfUnits(settings: StudySettings, { images, folds: ofSet }: StudyImages): UnitCosts {
  const { search, derive, control, training, network, preparation, handCrafted, ...others } =
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
  const trials = search.trials === null ? null : checkTrials(search.trials);
  // By trials networks are those within a budget, at the study's size of images.
  const meansOf = (budget: Budget) => {
    const priced = { size: sizeOf(size), settings: network ?? searched, budget, latency: trials?.latency ?? null };
    const architectures = Array.from({ length: sampled }, (_, index) => {
      const random = createRandom(1).split(index);
      return trials === null ? sampleArchitecture(space, random) : sampleWithin(space, random, priced).architecture;
    });
    const meanOf = (rows: number, of: NonNullable<typeof network>) =>
      architectures.reduce((sum, one) => sum + costOf(buildNetwork(one, sizeOf(rows), of)).multiplyAdds, 0) / sampled;
    return { small: meanOf(search.size ?? size, searched), found: meanOf(size, network ?? searched) };
  };
  const parts = partsOf(Math.min(images, settings.sample?.count ?? images), ofSet);
  // Forward passes of one image: an epoch of training is three for each image learned from, one for each validated on.
  const scratch = (of: number) => of * (3 * parts.train + parts.validation);
  const updates = Math.max(0, epochs - warmUpEpochs) * updatesPerEpoch * architecturesPerUpdate;
  const { small, found } = meansOf(trials?.budget ?? {});
  const searchOf = (mean: number) =>
    trials === null
      ? mean * (epochs * 3 * parts.train + updates * reward.batchSize)
      : (trials.limit.cpuSeconds ?? 0) * aSecond + mean * passesOfTrials(trials, parts.train);
  const learned = others.learnFromValidation ? parts.train + parts.validation : parts.train;
  const validated = others.learnFromValidation ? 0 : parts.validation;
  // Networks of parts learn from all of a training part but one part, which they are validated on.
  const divided = countParts(others);
  const held = divided === 0 ? 0 : learned / divided;
  return {
    search: searchOf(small),
    further: (trials?.furtherBudgets ?? []).map((budget) => {
      const own = meansOf(budget);
      return { search: searchOf(own.small), found: own.found };
    }),
    supernet: trials?.supernet ? small * trials.supernet.epochs * 3 * parts.train * (1 - 1 / trials.folds) : 0,
    scores:
      trials !== null
        ? 0
        : small * (derive.samples * derive.draws * reward.batchSize + derive.rescored * parts.validation),
    candidate: small * (derive.repeats ?? 1) * scratch(derive.training.epochs),
    controlScores: trials !== null ? 0 : small * control.count * parts.validation,
    controlCandidate: small * (control.repeats ?? 1) * scratch(control.training.epochs),
    found,
    handCrafted: handCrafted.map((name) => costOf(buildHandCrafted(name, sizeOf(size), { classes: 2 })).multiplyAdds),
    unitPasses: training.epochs * (3 * learned + validated) + parts.test + validated,
    // Trials learn from the training part alone, and are judged on the validation part after every epoch.
    trialPasses: training.epochs * (3 * parts.train + parts.validation) + parts.validation,
    partPasses: training.epochs * (3 * (learned - held) + held) + parts.test + held,
  };
}

/**
 * Counts what a study computes: its searches with their controls, the trainings from scratch, and all that is scored. What
 * networks share, such as the search's weights, is counted as often as it is computed.
 */
export function estimateWork(settings: StudySettings, images: StudyImages): Work {
  const { search, derive, control, handCrafted, controls, seeds, tuning, ...others } = checkStudySettings(settings);
  const costs = costsOfUnits(settings, images);
  const byTrials = search.trials === null ? null : checkTrials(search.trials);
  const budgets = costs.further.length;
  const further = search.seeds.length * budgets;
  const sumOf = (what: "search" | "found") => costs.further.reduce((sum, own) => sum + own[what], 0);
  const searches = search.seeds.length + (foundBy({ settings }).uniform ? 0 : 1);
  const seconds = byTrials?.limit.cpuSeconds;
  const folds = others.folds?.length ?? images.folds;
  const units = folds * seeds.length;
  const divided = countParts(others);
  const trials = tuning === null ? 0 : countRecipes(tuning) * (tuning.judgedOn === "fold 1" ? 1 : folds);
  const passes = units * (costs.unitPasses + divided * costs.partPasses) + trials * costs.trialPasses;
  return {
    found:
      (seconds === undefined ? searches * costs.search + search.seeds.length * sumOf("search") : 0) +
      searches * (costs.scores + derive.trained * costs.candidate) +
      search.seeds.length * (costs.controlScores + control.count * costs.controlCandidate) +
      ((1 + controls) * costs.found + sumOf("found")) * passes,
    handCrafted: costs.handCrafted.reduce((sum, one) => sum + one, 0) * passes,
    processes:
      notebooks +
      (units * (1 + divided) + trials) * (1 + budgets + controls + handCrafted.length + others.ownModels.length),
    ...(seconds === undefined ? {} : { seconds: seconds * (searches + further) }),
  };
}

// Of trainings on inner folds, in forward passes of one image; none where the limit is in processor seconds.
function passesOfTrials({ limit, training, folds }: CheckedTrials, images: number): number {
  const { epochs } = { ...trainingDefaults, ...training };
  return (limit.trainings ?? 0) * epochs * images * (3 * (1 - 1 / folds) + 1 / folds);
}

// A fifth of what is not tested is validated on; a set with one division of its own tests about as much.
function partsOf(images: number, folds: number): { train: number; validation: number; test: number } {
  const test = images / Math.max(folds, 5);
  const validation = (images - test) / 5;
  return { test, validation, train: images - test - validation };
}
