import type { InputSize } from "../graph/builder";
import { tf } from "../runtime/tensorflow";
import { fetchLayers } from "../train/layers-model/fetch-layers";
import { loadLayersNetwork } from "../train/layers-model/layers-network";
import { checkLayers, type LayersNetwork } from "../train/layers-model/layers-specification";
import { drawImages, timeBatches, type MeasureCostOptions, type NetworkCost } from "./measure-cost";

/**
 * Measures what a layers model costs where it is used, as `measureCost` does of other networks; bringing images to its size counts.
 *
 * @param network Which.
 * @param images The images that it is given, by channels and size.
 * @param options How; all tensors are disposed.
 * @throws {Problem} Where its files are not there or not the expected ones, or it does not take such images.
 */
export async function measureLayersCost(
  network: LayersNetwork,
  images: { readonly channels: readonly string[]; readonly size: InputSize },
  options: MeasureCostOptions,
): Promise<NetworkCost> {
  const { channels, size } = images;
  const layers = checkLayers(network, channels);
  const { folder } = await fetchLayers(layers);
  const learned = await loadLayersNetwork(folder, layers, { channels, seed: 1 });
  try {
    const { parameters, multiplyAdds, weights } = learned;
    const numbers = weights.keys.reduce((sum, key) => sum + weights.get(key).size, 0);
    const latency = timeBatches(
      (given: tf.Tensor4D) => {
        const logits = learned.logits(given);
        logits.dataSync();
        tf.dispose(logits);
      },
      (batch, random) => drawImages(batch, size, random),
      options,
    );
    return { parameters, multiplyAdds, fileBytes: 4 * numbers, latency };
  } finally {
    learned.weights.dispose();
  }
}
