import * as v from "valibot";

import { preparationSchema } from "../data/prepare/configuration";
import { primarySchema } from "../compare/primary-endpoint";
import { leftOutColumns } from "../data/split/leave-out";
import { sampleOptions } from "../data/split/sample";
import { deriveSchema } from "../derive/derive-winner";
import { controlSchema } from "../derive/random-control";
import { handCraftedNetworks } from "../graph/hand-crafted/registry";
import { asGiven, flag, listOf, nullable, oneOf, passed, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { searchSchema } from "../search/search-options";
import type { NetworkSettings } from "../space/kinds";
import { layersEntries } from "../train/layers-model/layers-specification";
import { trainingSchema } from "../train/training-options";
import { trialsSchema } from "../trials/trial-options";
import { combinationSchema } from "./combination";
import { tuningSchema } from "./tried-recipes";

/** The profiles of the study, from a try to the whole of it. */
export const profileNames = [
  "smoke",
  "quick",
  "overnight",
  "overnight-masks",
  "overnight-enas",
  "paper",
  "paper-524",
] as const;

/** A profile of the study. */
export type ProfileName = (typeof profileNames)[number];

/** What becomes of images of a set where the profile says nothing. */
export const imageDefaults = {
  onError: "stop",
  onShared: "stop",
  normal: "leave-out",
  missingLesion: "leave-out",
  unknownPatients: "by image",
} as const;

const seeds = () => listOf(wholeNumber(), { least: 1, different: true });

/** Everything that a study is set to. */
export const settingsSchema = v.strictObject({
  /** Which profile. */
  profile: oneOf(profileNames),
  /** Whom it is for, how long it takes on two cores, and what to expect of its numbers. */
  purpose: text(),
  /** Whether its numbers are results: false for what only shows that everything works. */
  results: flag(),
  /** How images become numbers. Where a set has no masks, the whole image is taken at this size. */
  preparation: asGiven(preparationSchema),
  /** A sample of the images, as `sampleImages` draws it; null: all. */
  sample: nullable(sampleOptions),
  /** What happens to identical images with different labels; see `loadDataSet`. */
  onContradiction: oneOf(["stop", "leave-out", "keep"]),
  /**
   * What happens to images that two sets have which are taken together, or that look alike: "stop" names the first, "leave-out" goes on
   * without those of the later set. Default: "stop".
   */
  onShared: v.optional(oneOf(["stop", "leave-out"]), imageDefaults.onShared),
  /**
   * What happens to images with errors: files that are damaged, masks that do not fit, rows that cannot be read. "stop" names the
   * first, "leave-out" goes on without them and counts them. Default: "stop".
   */
  onError: v.optional(oneOf(["stop", "leave-out"]), imageDefaults.onError),
  /** What happens to images of normal tissue: "leave-out", or "benign", which counts them as benign. Default: "leave-out". */
  normal: v.optional(oneOf(["leave-out", "benign"]), imageDefaults.normal),
  /**
   * What happens to images that have neither a mask nor a box, where others have one: "leave-out" goes on without them, unless
   * they are most of all; "whole picture" takes all images whole; "stop" names the first. Default: "leave-out".
   */
  missingLesion: v.optional(oneOf(["leave-out", "whole picture", "stop"]), imageDefaults.missingLesion),
  /**
   * Outlines that networks found which had not seen the patient, in the place of the expert's; null: the expert's. Default: null.
   *
   * - `folder`: that of `npm run segment`, with all folds; a path that does not begin at the root begins in the folder of results.
   * - `of`: "all" images; or "test", those alone that a fold tests, while its networks learn from the expert's.
   */
  outlines: v.optional(nullable(v.strictObject({ folder: text("a folder"), of: oneOf(["all", "test"]) })), null),
  /** What happens where patients are unknown: "by image" takes each image for a patient, "stop" asks for them. Default: "by image". */
  unknownPatients: v.optional(oneOf(["by image", "stop"]), imageDefaults.unknownPatients),
  /**
   * A column of which each fold tests one value that its networks have not seen: "device", "side", "verification", or "set" where several
   * stand together; null: folds are the set's own, or drawn by patient, of several sets each by itself. Default: null.
   */
  leaveOut: v.optional(nullable(oneOf(leftOutColumns)), null),
  /** Why a set's own division may split groups that belong together across its parts; null: it may not. */
  allowGroupsAcrossParts: nullable(text("a reason, in words that the results will repeat")),
  search: v.strictObject({
    /** Its seeds: one search for each. */
    seeds: seeds(),
    /** The fold, from 1, whose training part it sees. What this fold tests, the search has never seen. */
    fold: wholeNumber({ from: 1 }),
    /**
     * Rows and columns of the images of the search, of what is derived from it and of its control; null: those of the study.
     * Smaller ones make it cheaper: an architecture is for any size.
     */
    size: nullable(wholeNumber({ from: 1, to: 2048 })),
    /** How it goes, apart from the seed. A search by trials has space and network from here. */
    options: v.omit(searchSchema, ["seed"]),
    /**
     * How a search goes whose candidates are trained alone, in place of one with shared weights and a controller; null: there is none,
     * and `options` say how it goes. Default: null.
     */
    trials: v.optional(nullable(asGiven(trialsSchema)), null),
  }),
  /**
   * Depth, channels and so on of found networks and random controls when they are trained from scratch; null: those of the
   * search.
   */
  network: nullable(passed<Partial<NetworkSettings>>("settings of networks")),
  /** How a winner is derived from each search, apart from the seed. */
  derive: withTraining(v.omit(deriveSchema, ["seed"]).entries),
  /** The random control, apart from the seed. */
  control: withTraining(v.omit(controlSchema, ["seed"]).entries),
  /**
   * Whether every network of the cross-validation learns from the validation part of its fold too, where nothing is chosen by
   * it: a quarter more images, and decisions at a probability of 0.5. The search keeps the parts of its fold apart always.
   */
  learnFromValidation: flag(),
  /**
   * Into how many inner folds each training part is divided, from 2 to 20, on which every network is trained too, so that thresholds and
   * temperatures can be chosen where the validation part is learned from: as many trainings more as there are inner folds, those of
   * `combine` among them. Null: none; thresholds then come from the networks of the other folds, which have learned from what is tested,
   * and tables say so. Default: null.
   */
  innerFolds: v.optional(nullable(wholeNumber({ from: 2, to: 20 })), null),
  /** How every network is trained in the cross-validation, found and hand-crafted ones alike, apart from the seed. */
  training: v.omit(trainingSchema, ["seed"]),
  /**
   * The recipes that every network of the cross-validation is tried with, each with the same, before it is trained by the best of
   * them; null: all are trained alike. Default: null.
   */
  tuning: v.optional(nullable(tuningSchema), null),
  /** Which networks also predict together, each kind alike, as rows of their own; null: none. Default: null. */
  combine: v.optional(nullable(combinationSchema), null),
  /** The seeds of the cross-validation. */
  seeds: seeds(),
  /** Its folds, from 1; null: all. */
  folds: nullable(listOf(wholeNumber({ from: 1 }), { least: 1, different: true })),
  /** The hand-crafted networks, by their names in the registry. */
  handCrafted: listOf(oneOf(handCraftedNetworks.map(({ name }) => name)), { different: true }),
  /**
   * Models of one's own, or pretrained ones: layers models of TensorFlow.js, each in a folder or at an address. They are rows like
   * hand-crafted networks, trained and tuned alike. Default: none.
   */
  ownModels: v.optional(
    listOf(
      v.strictObject({
        /** Its name in tables and figures. */
        name: text('a text: "MobileNet, pretrained"'),
        ...layersEntries,
      }),
    ),
    [],
  ),
  /** How many random architectures stand in the cross-validation as a control, from 0. */
  controls: wholeNumber(),
  /**
   * The one comparison that the study is judged by, stated before anything is trained: the reference that the found network is held
   * against, by its name, and how large a difference of the area matters. Studies of earlier versions did not state it.
   */
  primary: v.optional(primarySchema, {}),
  /** How many processes train at a time, from 1. */
  workers: wholeNumber({ from: 1 }),
});

// Records of runs keep it as it was given; what is filled in here tells which changes are none.
function withTraining<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject({ ...entries, training: v.optional(v.omit(trainingSchema, ["seed"]), {}) });
}

/** Everything that a study is set to. Plain data; one file a profile. */
export type StudySettings = Readonly<v.InferInput<typeof settingsSchema>>;

/** The settings with every default filled in, but for those that depend on the images and on the space. */
export type FilledSettings = Readonly<v.InferOutput<typeof settingsSchema>>;

/**
 * Checks the settings of a study, to the last key but for those that depend on the space: `requireFittingSettings` has those.
 *
 * @returns The same with every default filled in.
 * @throws {Problem} Where a key is unknown or a value out of its range; the message has its path.
 */
export function checkStudySettings(settings: StudySettings): FilledSettings {
  refuseSeeds(settings);
  return checkOptions("The study", settingsSchema, settings);
}

// A study has its seeds in two lists: one of its searches, one of its cross-validation.
function refuseSeeds({ search, derive, control, training }: Partial<StudySettings>): void {
  const owners = { "search.options": search?.options, derive, control, training } as Record<string, object | undefined>;
  for (const [owner, options] of Object.entries(owners)) {
    if (typeof options !== "object" || !Object.hasOwn(options, "seed")) continue;
    throw new Problem(
      `The study has ${owner}.seed, which its lists of seeds stand for.`,
      owner === "training" ? "Give seeds: [1], for example." : "Give search.seeds: [1], for example.",
    );
  }
}
