import { loadDataSet, type LoadedSet } from "../../lib/data/sets/load";
import { crossFit } from "../../lib/segment/cross-fit";
import type { Study } from "../../lib/study/open-study";
import { quickly } from "../segment/helpers";

/** Outlines the phantoms of a study on its folds by networks that have learned for seconds; gives the whole set. */
export async function outlinePhantoms(
  folder: string,
  { split }: Pick<Study, "split">,
  folds: readonly number[] | null = null,
): Promise<LoadedSet> {
  const loaded = await loadDataSet("phantom");
  const segmentation = { ...quickly, preparation: { size: 16 }, epochs: 3, batchSize: 8 };
  await crossFit(folder, loaded, split, { segmentation, folds, watch: null });
  return loaded;
}
