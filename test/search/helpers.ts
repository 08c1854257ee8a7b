import { createHash } from "node:crypto";

import { createRandom } from "../../lib/runtime/random";
import { readRun } from "../../lib/runs/read-run";
import type { SavedState } from "../../lib/runs/state";
import type { SearchOptions } from "../../lib/search/search-options";
import type { ScoredRecord, SearchEpoch } from "../../lib/search/search-record";
import { Searcher, type SearchImages } from "../../lib/search/searcher";
import type { SupernetOptions } from "../../lib/search/supernet-options";
import type { SearchWatch } from "../../lib/search/watch-search";
import { checkSearch } from "../../lib/search/search-options";
import { macroSpace, microSpace } from "../helpers/spaces";

/** A search that takes half a second, with all that is random in one: variation, dropout, draws, a controller. */
export const tinySearch: Partial<SearchOptions> = {
  space: microSpace(2),
  network: { cells: 2, channels: 4, dropout: 0.2 },
  strategy: { kind: "enas", preset: "small", units: 8 },
  epochs: 3,
  batchSize: 8,
  augment: { flipHorizontal: 0.5, shift: 1 },
  updatesPerEpoch: 2,
  architecturesPerUpdate: 3,
  warmUpEpochs: 1,
  reward: { measure: "area under the curve", batchSize: 8 },
};

/** The same for whole networks. */
export const tinyMacroSearch: Partial<SearchOptions> = {
  ...tinySearch,
  space: macroSpace(3),
  network: { channels: 4, dropout: 0.2 },
};

/** A supernet that is trained in two seconds. */
export const tinySupernet: SupernetOptions = {
  space: { kind: "shape" },
  network: { dropout: 0.2 },
  ...{ epochs: 2, batchSize: 8, seed: 3, augment: { flipHorizontal: 0.5, shift: 1 } },
};

/** Images of noise, 16 × 16, every third malignant and brighter: 24 to learn from, 12 to reward by. Equal at every call. */
export function tinySearchImages(): SearchImages {
  const size = 16;
  const count = 36;
  const random = createRandom(11);
  const labels = Int32Array.from({ length: count }, (_, image) => (image % 3 === 0 ? 1 : 0));
  const pixels = new Float32Array(count * size * size);
  for (let place = 0; place < pixels.length; place++)
    pixels[place] = random.uniform(0, 0.8) + 0.1 * labels[Math.floor(place / size ** 2)]!;
  const ids = Array.from({ length: count }, (_, image) => `image ${image}`);
  return {
    prepared: { ids, labels, pixels, size, channels: ["gray"], hash: "of noise" },
    train: ids.slice(0, 24),
    searchValidation: ids.slice(24),
  };
}

/** Makes a searcher of the tiny search. */
export function tinySearcher(given: Partial<SearchOptions> = {}, images: SearchImages = tinySearchImages()): Searcher {
  return new Searcher(images, checkSearch({ ...tinySearch, ...given }));
}

/** The rows of an image in the list of all numbers. */
export function pixelsOf({ prepared }: SearchImages, id: string): Float32Array {
  const length = prepared.size ** 2 * prepared.channels.length;
  const place = prepared.ids.indexOf(id);
  return prepared.pixels.subarray(place * length, (place + 1) * length);
}

/** Hashes a state, to the bit; of its plain data, the seconds do not count. */
export function hashState({ json, arrays }: SavedState): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(json, (key, value: unknown) => (key === "seconds" ? undefined : value)));
  for (const [key, { shape, values }] of [...arrays].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${key} ${shape.join()} ${values.constructor.name}`);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest("hex");
}

/** All that a search that is done leaves in its folder, but for times: equal for equal searches. */
export function traceOf(folder: string): { state: string; metrics: string; outcome: string; best: unknown } {
  const run = readRun(folder);
  const { best } = run.result as { best: unknown };
  return { state: hashState(run.latest()!.state), metrics: run.outcome!.metrics, outcome: run.outcome!.hash, best };
}

/** A watch that shows nothing, with some parts replaced. */
export function watchWith(parts: Partial<SearchWatch>): SearchWatch {
  return {
    begin: () => undefined,
    advance: () => Promise.resolve(),
    epoch: () => undefined,
    end: () => undefined,
    ...parts,
  };
}

/** A record of an epoch, with some parts replaced. */
export function epochRecord(epoch: number, parts: Partial<SearchEpoch> = {}): SearchEpoch {
  return {
    event: "epoch",
    epoch,
    rate: 0.05,
    trainingLoss: 0.7 - 0.01 * epoch,
    trainingAccuracy: 0.6,
    gradientNorm: 1,
    meanReward: 0.7,
    bestReward: 0.8,
    baseline: 0.65,
    entropy: 12.5,
    choices: {},
    ...parts,
  };
}

/** A record of a scored architecture. */
export function scoredRecord(measured: number, parameters: number, parts: Partial<ScoredRecord> = {}): ScoredRecord {
  return {
    event: "scored",
    epoch: 1,
    architecture: [],
    measured,
    reward: measured,
    images: 8,
    how: "shared weights, draw 0",
    parameters,
    multiplyAdds: 1000 * parameters,
    ...parts,
  };
}
