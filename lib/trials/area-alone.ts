import { rmSync } from "node:fs";

import { processorSeconds } from "../runtime/environment";
import { Interrupted } from "../runs/stop";
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

/** What remembers the processor seconds of a training that was stopped. */
interface Begun {
  begun: number;
}

/**
 * Does the same in a folder that is removed afterwards, and counts processor seconds: those of earlier calls that were stopped too.
 *
 * @param state Where seconds of a training that is stopped are added up; 0 again once it is done.
 * @param save Saves the state, where the training is stopped.
 * @throws {Problem} As {@link areaAlone}.
 * @throws {Interrupted} As {@link areaAlone}; the seconds so far are saved.
 */
export async function timedAreaAlone(
  folder: string,
  task: TrainingTask,
  state: Begun,
  save: () => void,
): Promise<{ readonly area: number; readonly seconds: number }> {
  const started = processorSeconds();
  try {
    const area = await areaAlone(folder, task);
    const seconds = state.begun + processorSeconds() - started;
    state.begun = 0;
    rmSync(folder, { recursive: true });
    return { area, seconds };
  } catch (error) {
    // What a training has taken until it was stopped is paid too.
    if (error instanceof Interrupted) {
      state.begun += processorSeconds() - started;
      save();
    }
    throw error;
  }
}
