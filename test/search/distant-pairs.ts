import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import { readSearch } from "../../lib/search/read-search";
import { runSearch } from "../../lib/search/run-search";
import type { SearchOptions } from "../../lib/search/search-options";
import type { SearchImages } from "../../lib/search/searcher";
import { type MicroOperation, publishedMicroOperations } from "../../lib/space/micro/operations";
import { microSpace } from "../helpers/spaces";

/**
 * Images of noise, 24 × 24. In each, every pixel is the sum of two of an independent field, six rows and six columns apart; the
 * second counts with +0.25 in malignant images and with -0.25 in benign ones. So the classes differ in one thing alone: how
 * pixels go together with those six rows and six columns away. Any window of fewer pixels looks the same in both.
 *
 * On the full image only the separable 5×5 sees so far: the stem's 3×3 and its own make 7. With the separable 3×3 it is 5, and
 * what comes later sees every second pixel only, in few channels.
 */
export function imagesOfDistantPairs(train: number, searchValidation: number): SearchImages {
  const [size, apart, weight] = [24, 6, 0.25];
  const side = size + apart;
  const random = createRandom(1);
  const count = train + searchValidation;
  const labels = Int32Array.from({ length: count }, (_, image) => image % 2);
  const pixels = new Float32Array(count * size * size);
  for (let image = 0; image < count; image++) {
    const field = Float64Array.from({ length: side ** 2 }, () => random.normal());
    const sign = labels[image] === 1 ? 1 : -1;
    for (let place = 0; place < size ** 2; place++) {
      const [row, column] = [Math.floor(place / size), place % size];
      const [near, far] = [field[row * side + column]!, field[(row + apart) * side + column + apart]!];
      pixels[image * size ** 2 + place] = 0.5 + (0.1 * (near + sign * weight * far)) / Math.sqrt(1 + weight ** 2);
    }
  }
  const ids = Array.from({ length: count }, (_, image) => `image ${image}`);
  return {
    prepared: { ids, labels, pixels, size, channels: ["gray"], hash: "distant pairs" },
    train: ids.slice(0, train),
    searchValidation: ids.slice(train),
  };
}

/** A search that comes to the operation, on two seeds of two and on eight of eight. */
export const options: Partial<SearchOptions> = {
  space: microSpace(1),
  network: { cells: 2, channels: 4, dropout: 0 },
  strategy: { kind: "enas", preset: "small", learningRate: 0.0025, entropyWeight: 0.03 },
  epochs: 110,
  warmUpEpochs: 80,
  schedule: { kind: "constant", rate: 0.05 },
  reward: { measure: "area under the curve", batchSize: 128 },
};

/** The share of each operation among the architectures of the last two epochs, both cells together. */
export async function sharesOf(
  folder: string,
  given: Partial<SearchOptions>,
  images: SearchImages,
): Promise<Map<MicroOperation, number>> {
  const place = join(folder, "search");
  await runSearch(place, { images, options: { ...options, ...given }, watch: null });
  const groups = readSearch(place)
    .epochs.slice(-2)
    .flatMap(({ choices }) => [choices["normal cell, operation"]!, choices["reduction cell, operation"]!]);
  // Fifty architectures of four edges an epoch.
  return new Map(
    publishedMicroOperations.map((operation) => [
      operation,
      groups.reduce((sum, counts) => sum + counts[operation]!, 0) / 400,
    ]),
  );
}
