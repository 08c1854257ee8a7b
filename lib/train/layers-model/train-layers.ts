import { join } from "node:path";

import { hashOf } from "../../files/checksum";
import { writeAtomically } from "../../files/write-atomically";
import { decodeState, encodeState } from "../../runs/checkpoint";
import { Problem } from "../../runtime/problem";
import { openRun } from "../../runs/open-run";
import type { Json } from "../../runs/state";
import { listenForStop } from "../../runs/stop";
import { hasTargets } from "../auxiliary-targets";
import type { TrainingImages } from "../learner";
import { logitsBy, type Logits } from "../predict";
import { setWeights, weightArrays } from "../stored-weights";
import { durationFile, readDuration, weightsFile } from "../train-in-run";
import { trainLearned, type Trained } from "../train-network";
import { checkTraining, type TrainingOptions } from "../training-options";
import { watchTraining, type TrainingWatch } from "../watch-training";
import { fetchLayers } from "./fetch-layers";
import { loadLayersNetwork } from "./layers-network";
import { checkLayers, type LayersNetwork } from "./layers-specification";

/** A training of a layers model in a folder. */
export interface LayersTask {
  readonly network: LayersNetwork;
  readonly images: TrainingImages;
  /** How it is trained; see `trainingDefaults`. */
  readonly options: Partial<TrainingOptions>;
  /** What shows how far it is; default: a bar and curves with the model's name. null: nothing. */
  readonly watch?: TrainingWatch | null;
}

/** A layers model that was trained. */
export interface TrainedLayers extends Pick<Trained, "history" | "keptEpoch" | "stoppedEarly" | "seconds"> {
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiplications with a following addition for one image. */
  readonly multiplyAdds: number;

  /**
   * Predicts images.
   *
   * @param from Where they are; default: those that were given. Others are normalised as those that it learned from.
   */
  predict(ids: readonly string[], from?: TrainingImages["prepared"]): Logits;

  dispose(): void;
}

/**
 * Trains a layers model in a folder of its own, as `trainInRun` trains other networks: what was cut off goes on, what is done is not done
 * again. Where its files have changed since, that is refused.
 *
 * @returns The trained model; the caller disposes it.
 * @throws {Problem} Where its files are not there or not the expected ones, it does not fit the images, or the folder belongs to another
 *   task.
 * @throws {Interrupted} Where the cell is interrupted or the process asked to end; all is saved, and the same call goes on.
 */
export async function trainLayersInRun(folder: string, task: LayersTask): Promise<TrainedLayers> {
  const { images, options } = task;
  const { prepared, train, validation } = images;
  const layers = checkLayers(task.network, prepared.channels);
  const checked = checkTraining(options, validation.length);
  if (hasTargets(checked.targets)) {
    throw new Problem(
      "A layers model was to be trained with targets, but it has no heads that could tell more than the class.",
      "Train it in a study without training.targets.",
    );
  }
  const files = await fetchLayers(layers);
  const network = await loadLayersNetwork(files.folder, layers, { channels: prepared.channels, seed: checked.seed });
  try {
    const run = openRun(folder, {
      kind: "training",
      configuration: { network: task.network, training: checked },
      inputs: { data: prepared.hash, split: hashOf(JSON.stringify({ train, validation })), model: files.hash },
    });
    const stop = listenForStop();
    try {
      const normalisation = network.normalisationOf(prepared, train);
      const result = (
        about: Omit<TrainedLayers, "parameters" | "multiplyAdds" | "predict" | "dispose">,
      ): TrainedLayers => ({
        ...about,
        ...{ parameters: network.parameters, multiplyAdds: network.multiplyAdds },
        predict: (ids, from = prepared) =>
          logitsBy((batch) => network.logits(batch), {
            ...{ prepared: from, ids, normalisation },
            ...{ batchSize: checked.predictionBatch, flips: checked.flipPredictions },
          }),
        dispose() {
          network.weights.dispose();
        },
      });
      if (run.finished) {
        const { json, arrays } = decodeState(run.readFile(weightsFile)!, join(run.folder, weightsFile));
        setWeights(network.weights, arrays);
        return result({
          ...(json as unknown as Pick<Trained, "history" | "keptEpoch" | "stoppedEarly">),
          seconds: readDuration(run),
        });
      }
      const watch = task.watch === undefined ? watchTraining(network.name) : task.watch;
      const { history, keptEpoch, stoppedEarly, seconds } = await trainLearned(network, images, options, {
        run,
        stop,
        watch,
      });
      const about = { history, keptEpoch, stoppedEarly };
      run.writeFile(
        weightsFile,
        encodeState({ json: about as unknown as Json, arrays: weightArrays(network.weights) }),
      );
      writeAtomically(join(run.folder, durationFile), `${JSON.stringify({ seconds })}\n`);
      run.finish({ epochs: history.length, keptEpoch, stoppedEarly }, "remove");
      return result({ ...about, seconds });
    } finally {
      stop.end();
      run.close();
    }
  } catch (error) {
    network.weights.dispose();
    throw error;
  }
}
