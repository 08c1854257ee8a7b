import { createRandom } from "../../lib/runtime/random";
import type { TrialTask } from "../../lib/trials/search-by-trials";
import { poolStrategies } from "../../lib/trials/strategies/table";
import { tinySearchImages } from "../search/helpers";

const { prepared, train, searchValidation } = tinySearchImages();

/** A strategy of the library by its name. */
export const strategyOf = (kind: string) => poolStrategies.find((strategy) => strategy.kind === kind)!;

/** A search of seconds: six tiny networks on two folds. */
export function taskOf(other: Partial<TrialTask> = {}): TrialTask {
  const settings = { layers: 3, channels: 4 };
  return {
    ...{ strategy: strategyOf("random-race"), space: { kind: "macro", layers: 3 }, settings },
    priced: { size: { height: 16, width: 16, channels: 1 }, settings, budget: {} },
    ...{ candidates: 6, seed: 3, prepared: prepared },
    folds: [
      { train, validation: searchValidation },
      { train: [...train.slice(12), ...searchValidation], validation: train.slice(0, 12) },
    ],
    training: { epochs: 1, batchSize: 8 },
    ...{ limit: { trainings: 3 }, shared: null, progress: null },
    ...other,
  };
}

/** Images of noise, 16 × 16, every second malignant and brighter, enough for scores by shared weights. */
export function manyImages(count: number): TrialTask["prepared"] {
  const size = 16;
  const random = createRandom(5);
  const labels = Int32Array.from({ length: count }, (_, image) => image % 2);
  const pixels = new Float32Array(count * size * size);
  for (let place = 0; place < pixels.length; place++)
    pixels[place] = random.uniform(0, 0.8) + 0.1 * labels[Math.floor(place / size ** 2)]!;
  const ids = Array.from({ length: count }, (_, image) => `image ${image}`);
  return {
    ids,
    labels,
    pixels,
    size,
    channels: ["gray"],
    hash: `${count} of noise`,
  } as unknown as TrialTask["prepared"];
}
