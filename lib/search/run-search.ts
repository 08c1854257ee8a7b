import type { Learned } from "../controller/strategy";
import type { StrategyDefinition } from "../controller/strategy-definition";
import { nameOfStrategy } from "../controller/strategy-name";
import { systemClock, type Clock } from "../runtime/environment";
import { openRun } from "../runs/open-run";
import type { Run } from "../runs/run";
import type { Json } from "../runs/state";
import { hearSignals, listenForStop, type StopListener } from "../runs/stop";
import { buildNetwork } from "../space/build";
import { decode, encode } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { upgradeStored } from "../space/upgrade";
import { sizeOf } from "../train/specification";
import { inputsOf } from "./open-search";
import { readSearch, type SearchRecords } from "./read-search";
import { countChoices, type ScoredRecord, type SearchEpoch } from "./search-record";
import { checkSearch, type CheckedSearch, type SearchOptions } from "./search-options";
import { Searcher, type ScoredArchitecture, type SearchImages } from "./searcher";
import { watchSearch, type SearchWatch } from "./watch-search";

/** What a search needs. */
export interface SearchTask {
  readonly images: SearchImages;
  /** How it goes; see {@link SearchOptions} and `searchPresets`. */
  readonly options: Partial<SearchOptions>;
  /**
   * A strategy of one's own, which the options choose by its kind, and by default. The record keeps its kind, its name and its
   * options. Default: none but those of the library.
   */
  readonly strategy?: StrategyDefinition;
  /** What shows how far it is; null: nothing. Default: a live view in a notebook, a bar and a line an epoch in a terminal. */
  readonly watch?: SearchWatch | null;
  /** Where the time comes from; default: this machine's clock. */
  readonly clock?: Clock;
}

/** A search that is done, as its records tell it. Plain data; `openSearch` gives its shared weights and its strategy. */
export type SearchResult = Pick<SearchRecords, "name" | "epochs" | "best" | "seconds">;

/** Seconds between two checkpoints within an epoch: what is lost at most where the power goes. */
const checkpointInterval = 60;

/** What a search remembers beside the searcher's state. */
interface Place {
  /** Steps of the shared weights that are done. */
  step: number;
  /** Updates of the strategy that are done. */
  update: number;
  /** What this epoch's steps add up to. */
  sums: { loss: number; right: number; images: number; norm: number; rate: number };
  /** What this epoch's updates add up to. */
  rewards: {
    sum: number;
    count: number;
    best: number | null;
    baseline: number | null;
    entropy: number;
    entropies: number;
  };
  scored: number[][];
  epochs: SearchEpoch[];
  best: { architecture: number[]; reward: number } | null;
  seconds: number;
}

/**
 * Searches in a folder of its own. Each epoch, the shared weights learn from every training image once, by an architecture that
 * the strategy draws for each step; then the strategy proposes architectures and learns from their rewards on the
 * search-validation images (Pham and others, "Efficient neural architecture search via parameter sharing", 2018, section 2.2).
 * Where the folder has a search of the same task that was cut off, it goes on, to the bit as if it had not been. Where that
 * search is done, what it recorded is given again; its checkpoints may be gone by then.
 *
 * @throws {Problem} Where the folder belongs to another task or to another process, options or images do not fit, or a loss is no
 *   number any more.
 * @throws {Interrupted} Where the cell is interrupted or the process asked to end; all is saved, and the same call goes on.
 */
export async function runSearch(folder: string, task: SearchTask): Promise<SearchResult> {
  const { images, strategy = null, clock = systemClock } = task;
  const options = checkSearch(task.options, strategy);
  // Before the folder is made: what does not fit must not become the folder's task.
  const searcher = new Searcher(images, options, strategy);
  try {
    const run = openRun(folder, {
      kind: "search",
      configuration: options as unknown as Json,
      inputs: { ...inputsOf(images) },
      clock,
      upgrade: upgradeStored,
    });
    const stop = listenForStop();
    try {
      const networkOf = (architecture: Architecture) =>
        buildNetwork(architecture, sizeOf(images.prepared), options.network);
      const watch = task.watch === undefined ? watchSearch(options, networkOf) : task.watch;
      if (run.finished) return await giveAgain(folder, searcher, watch);
      const result = await search(searcher, options, { run, stop, watch, clock });
      // Without the time it took: equal searches have equal outcomes, however often they were interrupted.
      run.finish({ epochs: options.epochs, best: result.best } as unknown as Json);
      return result;
    } finally {
      stop.end();
      run.close();
    }
  } finally {
    searcher.dispose();
  }
}

async function giveAgain(
  folder: string,
  { options, stepsPerEpoch }: Searcher,
  watch: SearchWatch | null,
): Promise<SearchResult> {
  const { name, epochs, best, seconds } = readSearch(folder);
  const units = unitsIn(options, stepsPerEpoch);
  watch?.begin(units, units, epochs);
  await watch?.end(epochs, best);
  return { name, epochs, best, seconds };
}

// Units of work in all: steps and scored architectures.
function unitsIn(options: CheckedSearch, stepsPerEpoch: number): number {
  const { epochs, warmUpEpochs, updatesPerEpoch, architecturesPerUpdate } = options;
  return epochs * stepsPerEpoch + Math.max(0, epochs - warmUpEpochs) * updatesPerEpoch * architecturesPerUpdate;
}

async function search(
  searcher: Searcher,
  options: CheckedSearch,
  { run, stop, watch, clock }: { run: Run; stop: StopListener; watch: SearchWatch | null; clock: Clock },
): Promise<SearchResult> {
  const { stepsPerEpoch } = searcher;
  const { epochs, updatesPerEpoch, architecturesPerUpdate, warmUpEpochs } = options;
  const place = beginning();
  const saved = run.latest();
  if (saved !== null) {
    const { place: stored, strategy } = saved.state.json as unknown as { place: Place; strategy: Json };
    Object.assign(place, structuredClone(stored));
    searcher.restore({ json: strategy, arrays: saved.state.arrays }, place.step);
  }
  const before = place.seconds;
  const started = clock.seconds();
  let lastSaved = started;
  const save = () => {
    place.seconds = before + clock.seconds() - started;
    const { json, arrays } = searcher.state();
    run.saveCheckpoint(place.step + place.update, { json: { place, strategy: json } as unknown as Json, arrays });
    lastSaved = clock.seconds();
  };
  // Between two steps: gives way to who wants to stop, and saves now and then.
  const pause = async (note: string, units: number) => {
    await (watch?.advance(units, note) ?? hearSignals());
    if (stop.requested !== null) {
      save();
      stop.check();
    }
    if (clock.seconds() - lastSaved >= checkpointInterval) save();
  };
  const done = place.step + place.update * architecturesPerUpdate;
  watch?.begin(done, unitsIn(options, stepsPerEpoch), place.epochs);

  while (place.epochs.length < epochs) {
    const epoch = place.epochs.length + 1;
    while (place.step < epoch * stepsPerEpoch) {
      const result = searcher.learnStep(place.step);
      place.step += 1;
      const { sums } = place;
      sums.loss += result.loss * result.images;
      sums.right += result.right;
      sums.images += result.images;
      sums.norm += result.norm;
      sums.rate = result.rate;
      await pause(`epoch ${epoch} of ${epochs}, loss ${result.loss.toPrecision(4)}`, 1);
    }
    const lastUpdate = Math.max(0, epoch - warmUpEpochs) * updatesPerEpoch;
    while (place.update < lastUpdate) {
      const { scored, learned } = searcher.update(place.update);
      const how = (index: number) => `shared weights, draw ${place.update * architecturesPerUpdate + index}`;
      scored.forEach((one, index) => {
        run.record({ ...scoredRecord(options, epoch, one, how(index)) });
      });
      note(place, options, scored, learned);
      place.update += 1;
      const mean = place.rewards.sum / place.rewards.count;
      await pause(`epoch ${epoch} of ${epochs}, mean reward ${mean.toFixed(3)}`, architecturesPerUpdate);
    }
    const record = close(place, epoch, options);
    run.record({ ...record });
    place.epochs.push(record);
    save();
    await watch?.epoch(place.epochs, bestOf(place, options));
  }
  await watch?.end(place.epochs, bestOf(place, options));
  const name = nameOfStrategy(options.strategy);
  return { name, epochs: place.epochs, best: bestOf(place, options), seconds: place.seconds };
}

function beginning(): Place {
  return { step: 0, update: 0, ...freshSums(), epochs: [], best: null, seconds: 0 };
}

function freshSums(): Pick<Place, "sums" | "rewards" | "scored"> {
  return {
    sums: { loss: 0, right: 0, images: 0, norm: 0, rate: 0 },
    rewards: { sum: 0, count: 0, best: null, baseline: null, entropy: 0, entropies: 0 },
    scored: [],
  };
}

function note(
  place: Place,
  { space }: CheckedSearch,
  scored: readonly ScoredArchitecture[],
  { baseline, entropy }: Learned,
): void {
  const { rewards } = place;
  for (const { architecture, reward } of scored) {
    const numbers = encode(space, architecture);
    rewards.sum += reward;
    rewards.count += 1;
    rewards.best = Math.max(reward, rewards.best ?? -Infinity);
    place.scored.push(numbers);
    if (reward > (place.best?.reward ?? -Infinity)) place.best = { architecture: numbers, reward };
  }
  rewards.baseline = baseline;
  if (entropy !== null) {
    rewards.entropy += entropy;
    rewards.entropies += 1;
  }
}

function close(place: Place, epoch: number, { space }: CheckedSearch): SearchEpoch {
  const { sums, rewards, scored } = place;
  const steps = place.step / epoch;
  const record: SearchEpoch = {
    event: "epoch",
    epoch,
    rate: sums.rate,
    trainingLoss: sums.loss / sums.images,
    trainingAccuracy: sums.right / sums.images,
    gradientNorm: sums.norm / steps,
    meanReward: rewards.count === 0 ? null : rewards.sum / rewards.count,
    bestReward: rewards.best,
    baseline: rewards.baseline,
    entropy: rewards.entropies === 0 ? null : rewards.entropy / rewards.entropies,
    choices: countChoices(
      space,
      scored.map((numbers) => decode(space, numbers)),
    ),
  };
  Object.assign(place, freshSums());
  return record;
}

function scoredRecord({ space }: CheckedSearch, epoch: number, one: ScoredArchitecture, how: string): ScoredRecord {
  const { architecture, measured, reward, images, parameters, multiplyAdds } = one;
  return {
    ...{ event: "scored", epoch, architecture: encode(space, architecture), measured, reward, images, how },
    ...{ parameters, multiplyAdds },
  };
}

function bestOf({ best }: Place, { space }: CheckedSearch): SearchResult["best"] {
  return best === null ? null : { architecture: decode(space, best.architecture), reward: best.reward };
}
