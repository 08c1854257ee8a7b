import { judgePrimary as judge, type PrimaryEndpoint } from "../compare/primary-endpoint";
import type { PredictionSet } from "../evaluate/predictions";
import type { NamedStudy } from "./name-study";
import { readFacts } from "./study-facts";

/** A model's predictions. */
interface Predicted {
  readonly predictions: PredictionSet;
}

/**
 * Judges the primary endpoint of a study, as its settings state it: the found network against the reference.
 *
 * @param models The study's models, the found one and the reference among them.
 * @throws {Problem} Where one of the two is not among them, or they were not tested on the same images.
 */
export function judgePrimary(
  study: Pick<NamedStudy, "settings" | "found">,
  models: readonly Predicted[],
): PrimaryEndpoint {
  const sets = models.map(({ predictions }) => predictions);
  const { expected: _, ...stated } = study.settings.primary ?? {};
  return judge(sets, { found: study.found.name, ...stated });
}

/**
 * Says whether a study's file states its primary endpoint, as it does from the moment at which the study was first opened, before
 * anything was trained.
 *
 * @returns False for a study that an earlier version began, and for one that has no file.
 */
export function statesPrimary(study: Pick<NamedStudy, "path">): boolean {
  return readFacts(study)?.settings.primary !== undefined;
}
