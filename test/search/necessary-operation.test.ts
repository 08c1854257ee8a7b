import { ok } from "node:assert/strict";
import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import { readSearch } from "../../lib/search/read-search";
import { runSearch } from "../../lib/search/run-search";
import type { SearchOptions } from "../../lib/search/search-options";
import type { SearchImages } from "../../lib/search/searcher";
import { microOperations, type MicroOperation } from "../../lib/space/operations";
import { temporaryFolder } from "../helpers/temporary";

/**
 * Images of noise, 16 × 16, all of the same mean and variance. A tenth of the variance of malignant ones is a smooth field, which
 * shows once the noise is averaged over a neighbourhood larger than the stem's 3 × 3: a pool does so at once, a convolution has
 * to learn it, and the identity cannot.
 */
function imagesInNoise(train: number, reward: number): SearchImages {
  const size = 16;
  const random = createRandom(1);
  const count = train + reward;
  const labels = Int32Array.from({ length: count }, (_, image) => image % 2);
  const pixels = new Float32Array(count * size * size);
  for (let image = 0; image < count; image++) {
    const waves = Array.from({ length: 4 }, () => ({
      height: random.normal(),
      right: random.uniform(-1.2, 1.2),
      down: random.uniform(-1.2, 1.2),
      phase: random.uniform(0, 2 * Math.PI),
    }));
    const smooth = labels[image] === 1 ? 0.1 : 0;
    for (let place = 0; place < size ** 2; place++) {
      const [row, column] = [Math.floor(place / size), place % size];
      const field = waves.reduce((sum, { height, right, down, phase }) => {
        const angle = (2 * Math.PI * (right * column + down * row)) / size + phase;
        return sum + Math.SQRT1_2 * height * Math.cos(angle);
      }, 0);
      const value = Math.sqrt(smooth) * field + Math.sqrt(1 - smooth) * random.normal();
      pixels[image * size ** 2 + place] = 0.5 + 0.1 * value;
    }
  }
  const ids = Array.from({ length: count }, (_, image) => `image ${image}`);
  return {
    prepared: { ids, labels, pixels, size, channels: ["gray"], hash: "fields in noise" },
    train: ids.slice(0, train),
    reward: ids.slice(train),
  };
}

const options: Partial<SearchOptions> = {
  space: { space: "micro", nodes: 1 },
  network: { cells: 2, channels: 8, dropout: 0 },
  strategy: { kind: "enas", preset: "small", learningRate: 0.005, entropyWeight: 0.005 },
  epochs: 17,
  warmUpEpochs: 8,
  schedule: { kind: "constant", rate: 0.05 },
  reward: { measure: "area under the curve", batchSize: 128 },
};

describe("a search on images that pools tell apart", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  /** The share of each operation among the architectures of the last two epochs, both cells together. */
  async function sharesOf(given: Partial<SearchOptions>, images: SearchImages): Promise<Map<MicroOperation, number>> {
    const place = join(folder.path, "search");
    const { searcher } = await runSearch(place, { images, options: { ...options, ...given }, watch: null });
    searcher.dispose();
    const groups = readSearch(place)
      .epochs.slice(-2)
      .flatMap(({ choices }) => [choices["normal cell, operation"]!, choices["reduction cell, operation"]!]);
    // Fifty architectures of four edges an epoch.
    return new Map(
      microOperations.map((operation) => [
        operation,
        groups.reduce((sum, counts) => sum + counts[operation]!, 0) / 400,
      ]),
    );
  }

  for (const seed of [1, 2, 3]) {
    it(`comes to propose the average pool far more often than by chance, and hardly any convolution, seed ${seed}`, async () => {
      const shares = await sharesOf({ seed }, imagesInNoise(512, 128));
      const said = [...shares].map(([operation, share]) => `${operation} ${share.toFixed(2)}`).join(", ");
      // Of eight seeds, the average had 0.40 to 0.96 and both convolutions together 0.04 at most; the rest is what is as good
      // where the other edges average already.
      ok(shares.get("average pool 3×3")! > 0.32, `chance is 0.2: ${said}`);
      ok(shares.get("separable 3×3")! + shares.get("separable 5×5")! < 0.12, `chance is 0.4: ${said}`);
    });
  }

  it("goes on proposing each operation equally often at random", async () => {
    const uniform: Partial<SearchOptions> = { strategy: { kind: "uniform" }, epochs: 2, warmUpEpochs: 0 };
    const shares = await sharesOf(uniform, imagesInNoise(64, 128));
    // 400 draws of one in five: a deviation of 0.02.
    for (const [operation, share] of shares) ok(Math.abs(share - 0.2) < 0.08, `${operation}: ${share}`);
  });
});
