import { nameOfStrategy, slugOfStrategy } from "../controller/strategy-name";
import type { StudySettings } from "./study-settings";

/** What names the networks that a study finds. */
export interface StudySearch {
  readonly settings: Pick<StudySettings, "search">;
}

/** By what a study finds its networks. */
export interface FoundBy {
  /** The strategy's name, which is that of the found network in tables and figures: "ENAS". */
  readonly name: string;
  /** The same as a part of folders' names: "enas". */
  readonly slug: string;
  /** Whether its policy stays uniform: then the study needs no second such search as a control. */
  readonly uniform: boolean;
}

/** The search that stands beside a study's own as a control. */
export const uniformControl = {
  name: nameOfStrategy({ kind: "uniform" }),
  slug: slugOfStrategy({ kind: "uniform" }),
} as const;

/** Says by what a study finds its networks. */
export function foundBy({ settings }: StudySearch): FoundBy {
  const strategy = settings.search.options.strategy ?? { kind: "enas" as const };
  return { name: nameOfStrategy(strategy), slug: slugOfStrategy(strategy), uniform: strategy.kind === "uniform" };
}
