import { definitionOf } from "../controller/check-strategy";
import type { StrategyDefinition } from "../controller/strategy-definition";
import { nameOfStrategy } from "../controller/strategy-name";
import { hashOf } from "../files/checksum";
import { Problem } from "../runtime/problem";
import type { Json } from "../runs/state";
import { readSearchRun } from "./read-search";
import { storedSearch } from "./search-options";
import { Searcher, type SearchImages } from "./searcher";

/** Says which images a search works on, as its folder keeps it: hashes of the images, and of who is in which part. */
export function inputsOf(images: SearchImages): { readonly data: string; readonly split: string } {
  const { prepared, train, searchValidation } = images;
  // Folders of runs keep this hash: the part has the name by which it was hashed first.
  return { data: prepared.hash, split: hashOf(JSON.stringify({ train, reward: searchValidation })) };
}

/**
 * Restores a search that is done: its shared weights and its strategy, to score architectures with.
 *
 * @param own The definition of its strategy, where that is none of the library's; default: none.
 * @returns The searcher; the caller disposes it.
 * @throws {Problem} Where the folder has no search that is done, one of other images, of a strategy that is not given, or none of its checkpoints.
 */
export function openSearch(folder: string, images: SearchImages, own: StrategyDefinition | null = null): Searcher {
  const run = readSearchRun(folder);
  const inputs = inputsOf(images);
  for (const name of ["data", "split"] as const) {
    if (run.inputs[name] !== inputs[name]) {
      throw new Problem(
        `The search in ${folder} was of ${name === "data" ? "other images, or prepared otherwise" : "another split"}.`,
        "Give the images, the split and the preparation that it was run with.",
      );
    }
  }
  if (!run.finished) {
    throw new Problem(
      `The search in ${folder} is not done.`,
      "Run it to its end first: the call that began it goes on.",
    );
  }
  const options = storedSearch(run.configuration);
  if (definitionOf(options.strategy.kind, own) === undefined) {
    throw new Problem(
      `The search in ${folder} had the strategy "${nameOfStrategy(options.strategy)}", which the library does not have.`,
      "Give its definition beside the search.",
    );
  }
  const saved = run.latest();
  if (saved === null) {
    throw new Problem(
      `The search in ${folder} is done, and its shared weights are missing: it has no checkpoint.`,
      "Put its folder `checkpoints` back, or search again in another folder.",
    );
  }
  const { place, strategy } = saved.state.json as unknown as { place: { step: number }; strategy: Json };
  const searcher = new Searcher(images, options, own);
  try {
    searcher.restore({ json: strategy, arrays: saved.state.arrays }, place.step);
  } catch (error) {
    searcher.dispose();
    throw error;
  }
  return searcher;
}
