import type { Fold } from "../data/split/split";
import type { StudySettings } from "./study-settings";

/** The images of a draw where a search says nothing. */
const usualDraw = 64;

/**
 * Fits the settings of a study to how many images it has: a draw of the reward and a batch of a training hold no more than there
 * are. Where nothing has to be fitted, the settings are the same.
 *
 * @param fold The fold of the search.
 * @returns The settings, and what was fitted, in sentences.
 */
export function fitToImages(
  settings: StudySettings,
  fold: Pick<Fold, "train" | "validation">,
): { settings: StudySettings; notices: readonly string[] } {
  const notices: string[] = [];
  const { train, validation } = fold;
  const { search } = settings;
  const { reward } = search.options;
  const wanted = reward?.batchSize ?? usualDraw;
  const atMost = (place: string, size: number | undefined, most: number): number | undefined => {
    if (size === undefined || size <= most) return size;
    notices.push(`${place} is ${most} and not ${size}: so many images there are.`);
    return most;
  };
  const draw = atMost("search.options.reward.batchSize", wanted, validation.length)!;
  const batch = atMost("search.options.batchSize", search.options.batchSize, train.length);
  if (notices.length === 0) return { settings, notices };
  const options = {
    ...search.options,
    ...(draw === wanted ? {} : { reward: { ...reward, batchSize: draw } }),
    ...(batch === undefined ? {} : { batchSize: batch }),
  };
  return { settings: { ...settings, search: { ...search, options } }, notices };
}
