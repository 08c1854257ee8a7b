import type { Prepared } from "../data/prepare/prepared";
import { costOf } from "../graph/cost";
import { trainLayersInRun } from "../train/layers-model/train-layers";
import type { TrainingImages } from "../train/learner";
import type { Logits } from "../train/predict";
import type { NetworkSpecification } from "../train/specification";
import { trainInRun } from "../train/train-in-run";
import type { Trained } from "../train/train-network";
import type { TrainingOptions } from "../train/training-options";
import type { TrainingWatch } from "../train/watch-training";
import { predictTrained } from "./predict-trained";

/** What a unit trains, on what, and how. */
export interface UnitTask {
  readonly network: NetworkSpecification;
  readonly images: TrainingImages & { readonly prepared: Prepared };
  readonly options: Partial<TrainingOptions>;
  readonly watch: TrainingWatch | null;
}

/** What a unit has trained, of whatever kind. */
export interface UnitTrained extends Pick<Trained, "history" | "keptEpoch" | "seconds"> {
  /** Numbers that training changes, without an auxiliary head. */
  readonly parameters: number;
  readonly multiplyAdds: number;

  predict(ids: readonly string[]): Logits;

  dispose(): void;
}

/**
 * Trains what a unit trains, in a folder of its own: a network that is built of a graph, or a layers model of TensorFlow.js.
 *
 * @returns What was trained; the caller disposes it.
 * @throws {Problem} As `trainInRun` and `trainLayersInRun` do.
 */
export async function trainUnit(folder: string, { network, images, options, watch }: UnitTask): Promise<UnitTrained> {
  if (network.kind === "layers model") return trainLayersInRun(folder, { network, images, options, watch });
  const trained = await trainInRun(folder, { network, images, options, watch });
  const { trainable, multiplyAdds } = costOf(trained.graph);
  return {
    ...trained,
    ...{ parameters: trainable, multiplyAdds },
    predict: (ids) => predictTrained(trained, images.prepared, ids, options),
    dispose() {
      trained.weights.dispose();
    },
  };
}
