import { systemClock, type Clock } from "../runtime/environment";
import { createRandom } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import { fetchLayers } from "../train/layers-model/fetch-layers";
import { loadLayersNetwork } from "../train/layers-model/layers-network";
import { checkLayers } from "../train/layers-model/layers-specification";
import { createOptimiser } from "../train/optimiser";
import { targetsOf } from "../train/targets";
import { checkStudySettings, type StudySettings } from "./study-settings";

/** Multiply-adds of a timed step at most: TensorFlow.js takes some ten times as long for them as the kernels of other networks. */
const mostOfStep = 2e10;

/**
 * Measures how long this machine learns from an image with each model of one's own: one step of TensorFlow.js, all layers learning, after one
 * that does not count. A model at an address is fetched first, as its training would.
 *
 * @param clock Where the time comes from; default: this machine's clock.
 * @returns Seconds an image of training, by the model's name.
 * @throws {Problem} Where its files are not there or not the expected ones, or it does not fit the images.
 */
export async function timeOwnModels(
  settings: StudySettings,
  clock: Clock = systemClock,
): Promise<ReadonlyMap<string, number>> {
  const { ownModels, preparation, training } = checkStudySettings(settings);
  const side = preparation.size ?? 64;
  const channels = preparation.channels ?? ["gray"];
  const times = new Map<string, number>();
  for (const { name, ...own } of ownModels) {
    const layers = checkLayers({ kind: "layers model", ...own }, channels);
    const { folder } = await fetchLayers(layers);
    const network = await loadLayersNetwork(folder, layers, { channels, seed: 1 });
    const most = Math.floor(mostOfStep / (3 * network.multiplyAdds));
    const count = Math.max(2, Math.min(training.batchSize, most));
    const images = tf.randomNormal<tf.Rank.R4>([count, side, side, channels.length], 0, 1, "float32", 1);
    const classes = Array.from({ length: count }, (_, index) => index % 2);
    const optimiser = createOptimiser(network.weights, training.optimiser);
    const step = () =>
      network.learn(
        { images, classes, targets: targetsOf(classes, 2, 0), weights: null },
        {
          ...{ optimiser, rate: 0, dropout: createRandom(1), auxiliaryWeight: 0, cause: "in a step that is timed" },
          place: { step: layers.frozenEpochs, stepsPerEpoch: 1 },
        },
      );
    try {
      step();
      const started = clock.seconds();
      step();
      times.set(name, Math.max(1e-6, clock.seconds() - started) / count);
    } finally {
      optimiser.dispose();
      images.dispose();
      network.weights.dispose();
    }
  }
  return times;
}
