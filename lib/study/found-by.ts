import { nameOfStrategy, slugOfStrategy } from "../controller/strategy-name";
import { poolStrategies } from "../trials/strategies/table";
import { checkTrials } from "../trials/trial-options";
import type { StudySettings } from "./study-settings";

/** What names the networks that a study finds. */
export interface StudySearch {
  readonly settings: Pick<StudySettings, "search">;
}

/** By what a study finds its networks. */
export interface FoundBy {
  /** The strategy's name, which is that of the found network in tables and figures: "ENAS", "ridge predictor". */
  readonly name: string;
  /** The same as a part of folders' names: "enas", "ridge". */
  readonly slug: string;
  /** Whether it is its own control, a policy that stays uniform or a random race: then the study needs no second such search. */
  readonly uniform: boolean;
}

/** A search that stands beside a study's own as a control. */
type Control = Pick<FoundBy, "name" | "slug">;

const uniformControl: Control = {
  name: nameOfStrategy({ kind: "uniform" }),
  slug: slugOfStrategy({ kind: "uniform" }),
};

/** The strategy that every search by trials is held against: the best use of chance at the same cost. */
const race = poolStrategies.find(({ kind }) => kind === "random-race")!;

/** Says whether a study searches by trials, and not with shared weights and a controller. */
export function isByTrials({ settings }: StudySearch): boolean {
  return (settings.search.trials ?? null) !== null;
}

/** Says by what a study finds its networks. */
export function foundBy({ settings }: StudySearch): FoundBy {
  const { trials = null, options } = settings.search;
  if (trials !== null) {
    const { kind, title } = poolStrategies.find((one) => one.kind === checkTrials(trials).strategy)!;
    return { name: title, slug: kind, uniform: kind === race.kind };
  }
  const strategy = options.strategy ?? { kind: "enas" as const };
  return { name: nameOfStrategy(strategy), slug: slugOfStrategy(strategy), uniform: strategy.kind === "uniform" };
}

/**
 * Says which search stands beside a study's own as a control: one whose policy stays uniform, or a random race at the same cost.
 *
 * @returns The search; null where the study's own is that.
 */
export function controlOf(study: StudySearch): Control | null {
  if (foundBy(study).uniform) return null;
  return isByTrials(study) ? { name: race.title, slug: race.kind } : uniformControl;
}

/** Names a control in the titles of its runs: "uniform", "random race". */
export function titleOfControl({ name, slug }: Control): string {
  return slug === uniformControl.slug ? slug : name;
}
