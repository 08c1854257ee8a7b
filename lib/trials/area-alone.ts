import { Diverged } from "../train/learning-step";
import { trainInRun, type TrainingTask } from "../train/train-in-run";

/** The area of a network that says nothing. */
const chance = 0.5;

/**
 * Trains a network with weights of its own in a folder of its own, and says how well it tells its validation images apart after the last
 * epoch.
 *
 * @returns The area under the ROC curve; one half where it cannot be trained by its recipe.
 * @throws {Problem} Where the folder has another training, or options or images do not fit.
 * @throws {Interrupted} Where it is asked to stop; the same call goes on.
 */
export async function areaAlone(folder: string, task: TrainingTask): Promise<number> {
  try {
    const trained = await trainInRun(folder, task);
    trained.weights.dispose();
    // Both classes are there: where there is no area, outputs have overflowed.
    return trained.history.at(-1)!.validationArea ?? chance;
  } catch (error) {
    // As good as chance, and no reason to end a search.
    if (error instanceof Diverged) return chance;
    throw error;
  }
}
