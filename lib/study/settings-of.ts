import { Problem } from "../runtime/problem";
import type { StudyChoice } from "./changes";
import { overnight } from "./profiles/overnight";
import { overnightEnas } from "./profiles/overnight-enas";
import { overnightMasks } from "./profiles/overnight-masks";
import { paper, paper524 } from "./profiles/paper";
import { quick } from "./profiles/quick";
import { smoke } from "./profiles/smoke";
import { profileNames, type ProfileName, type StudySettings } from "./study-settings";

const profiles: Readonly<Record<ProfileName, StudySettings>> = {
  smoke,
  quick,
  overnight,
  "overnight-masks": overnightMasks,
  "overnight-enas": overnightEnas,
  paper,
  "paper-524": paper524,
};

/**
 * Gives the settings of a study: those of its profile, with what its data set needs.
 *
 * BreastMNIST is used as published, to be compared with published numbers: with its official parts, although images that look
 * alike stand in two of them and one picture has two labels, and in the size that it comes in. Its few test images make
 * several seeds of the training necessary, and cheap.
 *
 * @throws {Problem} Where there is no such profile.
 */
export function settingsOf({ profile, dataset }: Pick<StudyChoice, "profile" | "dataset">): StudySettings {
  if (!Object.hasOwn(profiles, profile)) {
    throw new Problem(
      `There is no profile "${profile}".`,
      `There are ${profileNames.map((name) => `"${name}"`).join(", ")}.`,
    );
  }
  const settings = profiles[profile];
  const published = /^breastmnist-(\d+)$/.exec(dataset)?.[1];
  if (published === undefined) return settings;
  const size = settings.results ? Number(published) : settings.preparation.size!;
  const { search } = settings;
  const { reward } = search.options;
  return {
    ...settings,
    preparation: { ...settings.preparation, size },
    // No search sees images larger than those of the study.
    search: {
      ...search,
      size: search.size === null || search.size >= size ? null : search.size,
      options: {
        ...search.options,
        // It has 78 images to reward on: a draw leaves some of them to the next.
        ...(reward?.batchSize === undefined
          ? {}
          : { reward: { ...reward, batchSize: Math.min(reward.batchSize, 64) } }),
      },
      ...((search.trials ?? null) === null
        ? {}
        : { trials: forSize(search.trials!, size / settings.preparation.size!) }),
    },
    sample: null,
    learnFromValidation: false,
    seeds: settings.results ? [1, 2, 3] : settings.seeds,
    // Its official parts are one fold.
    folds: settings.folds === null ? null : [1],
    onContradiction: "keep",
    allowGroupsAcrossParts: "the official parts are kept, to be compared with published numbers",
  };
}

// Smaller images make every network cheaper: the same networks stay within.
function forSize(trials: NonNullable<StudySettings["search"]["trials"]>, side: number) {
  const scaled = <Given extends NonNullable<typeof trials.budget>>(budget: Given): Given => {
    const { multiplyAdds } = budget;
    if (multiplyAdds === undefined) return budget;
    return { ...budget, multiplyAdds: multiplyAdds.map((bound) => Math.round(bound * side ** 2)) };
  };
  const { budget = {}, furtherBudgets = [] } = trials;
  return { ...trials, budget: scaled(budget), furtherBudgets: furtherBudgets.map(scaled) };
}
