import { hashOf } from "../files/checksum";
import { Problem } from "../runtime/problem";
import type { Json } from "../runs/state";
import { readSearchRun } from "./read-search";
import { checkSearch, type SearchOptions } from "./search-options";
import { Searcher, type SearchImages } from "./searcher";

/**
 * Says which images a search works on, as its run's folder keeps it.
 *
 * @param images The images.
 * @returns The hash of the prepared images, and that of who is in which part.
 */
export function inputsOf(images: SearchImages): { readonly data: string; readonly split: string } {
  const { prepared, train, searchValidation } = images;
  // Folders of runs keep this hash: the part has the name by which it was hashed first.
  return { data: prepared.hash, split: hashOf(JSON.stringify({ train, reward: searchValidation })) };
}

/**
 * Restores a search that is done: its shared weights and its strategy, to score architectures with.
 *
 * @param folder The run's folder.
 * @param images The images that it searched with.
 * @returns The searcher; the caller disposes it.
 * @throws {Problem} Where the folder has no search that is done, one of other images, or none of its checkpoints.
 */
export function openSearch(folder: string, images: SearchImages): Searcher {
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
  const saved = run.latest();
  if (saved === null) {
    throw new Problem(
      `The search in ${folder} is done, and its shared weights are missing: it has no checkpoint.`,
      "Put its folder `checkpoints` back, or search again in another folder.",
    );
  }
  const { place, strategy } = saved.state.json as unknown as { place: { step: number }; strategy: Json };
  const searcher = new Searcher(images, checkSearch(run.configuration as unknown as SearchOptions));
  try {
    searcher.restore({ json: strategy, arrays: saved.state.arrays }, place.step);
  } catch (error) {
    searcher.dispose();
    throw error;
  }
  return searcher;
}
