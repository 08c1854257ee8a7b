import type { NetworkSettings } from "../space/kinds";
import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { PreparationOptions } from "../data/prepare/configuration";
import type { SampleOptions } from "../data/split/sample";
import type { LoadOptions } from "../data/sets/load";
import type { ControlOptions } from "../derive/random-control";
import type { DeriveOptions } from "../derive/derive-winner";
import { checkSearch, type SearchOptions } from "../search/search-options";
import type { TrainingOptions } from "../train/training-options";

/** The profiles of the study, from a try to the whole of it. */
export const profileNames = ["smoke", "quick", "overnight", "overnight-masks", "paper", "paper-524"] as const;

/** A profile of the study. */
export type ProfileName = (typeof profileNames)[number];

/** Which study a notebook belongs to. */
export interface StudyChoice {
  /** The profile. */
  readonly profile: ProfileName;
  /** The data set: "phantom", "bus-bra", a folder of one's own. */
  readonly dataset: string;
}

/** Everything that a study is set to. Plain data; one file a profile. */
export interface StudySettings {
  /** Which profile. */
  readonly profile: ProfileName;
  /** Whom it is for, how long it takes on two cores, and what to expect of its numbers. */
  readonly purpose: string;
  /** Whether its numbers are results: false for what only shows that everything works. */
  readonly results: boolean;
  /** How images become numbers. Where a set has no masks, the whole image is taken at this size. */
  readonly preparation: Partial<PreparationOptions>;
  /** A sample of the images, as `sampleImages` draws it; null: all. */
  readonly sample: (Partial<SampleOptions> & Pick<SampleOptions, "count">) | null;
  /** What happens to identical images with different labels; see `loadDataSet`. */
  readonly onContradiction: LoadOptions["onContradiction"];
  /** Why a set's own division may split groups across parts that belong together; null: it may not. */
  readonly allowGroupsAcrossParts: string | null;
  /** The search. */
  readonly search: {
    /** Its seeds: one search for each. */
    readonly seeds: readonly number[];
    /** The fold, from 1, whose training part it sees. What this fold tests, the search has never seen. */
    readonly fold: number;
    /**
     * Rows and columns of the images of the search, of what is derived from it and of its control; null: those of the study.
     * Smaller ones make it cheaper: an architecture is for any size.
     */
    readonly size: number | null;
    /** How it goes, apart from the seed. */
    readonly options: Partial<SearchOptions>;
  };
  /**
   * Depth, channels and so on of found networks and random controls when they are trained from scratch; null: those of the
   * search.
   */
  readonly network: Partial<NetworkSettings> | null;
  /** How a winner is derived from each search. */
  readonly derive: Partial<DeriveOptions>;
  /** The random control. */
  readonly control: Partial<ControlOptions>;
  /**
   * Whether every network of the cross-validation learns from the validation part of its fold too, where nothing is chosen by
   * it: a quarter more images, and decisions at a probability of 0.5. The search keeps the parts of its fold apart always.
   */
  readonly learnFromValidation: boolean;
  /** How every network is trained in the cross-validation, found and hand-crafted ones alike. */
  readonly training: Partial<TrainingOptions>;
  /** The seeds of the cross-validation. */
  readonly seeds: readonly number[];
  /** Its folds, from 1; null: all. */
  readonly folds: readonly number[] | null;
  /** The hand-crafted networks, by their names in the registry. */
  readonly handCrafted: readonly string[];
  /** How many random architectures stand in the cross-validation as a control, from 0. */
  readonly controls: number;
  /** How many processes train at a time, from 1. */
  readonly workers: number;
}

/**
 * Checks the settings of a study.
 *
 * @param settings The settings.
 * @returns The same.
 * @throws {Problem} Where a key is unknown or a value out of its range.
 */
export function checkStudySettings(settings: StudySettings): StudySettings {
  const known: Record<keyof StudySettings, null> = {
    ...{ profile: null, purpose: null, results: null, preparation: null, sample: null, onContradiction: null },
    ...{
      allowGroupsAcrossParts: null,
      search: null,
      network: null,
      derive: null,
      control: null,
      learnFromValidation: null,
      training: null,
      seeds: null,
      folds: null,
    },
    ...{ handCrafted: null, controls: null, workers: null },
  };
  withDefaults("A study", settings, known as unknown as StudySettings);
  const { profile, search, seeds, workers, controls } = settings;
  check("profile", profile, profileNames.includes(profile), profileNames.join(", "));
  check("seeds", seeds, isList(seeds), "different whole numbers from 0, at least one");
  check("search.seeds", search.seeds, isList(search.seeds), "different whole numbers from 0, at least one");
  check("search.fold", search.fold, Number.isSafeInteger(search.fold) && search.fold >= 1, "a whole number from 1");
  check("workers", workers, Number.isSafeInteger(workers) && workers >= 1, "a whole number from 1");
  check("controls", controls, Number.isSafeInteger(controls) && controls >= 0, "a whole number from 0");
  checkSearch(search.options);
  return settings;
}

function isList(list: readonly number[]): boolean {
  return (
    list.length > 0 &&
    list.every((seed) => Number.isSafeInteger(seed) && seed >= 0) &&
    new Set(list).size === list.length
  );
}

function check(name: string, value: unknown, good: boolean, expected: string): void {
  if (good) return;
  throw new Problem(`The study has ${name}: ${JSON.stringify(value)}, expected ${expected}.`, "Correct its settings.");
}
