import { readMask } from "../data/records/read-pixels";
import type { LoadedSet } from "../data/sets/load";
import { boxOfMask } from "../pictures/mask";
import { concurrently } from "../runtime/concurrent";
import { withFoundOutlines, type boxesOf, type CrossFittedOutlines } from "./outlines-folder";

/** How many masks are read at a time. */
const atOnce = 4;

/**
 * Puts outlines that were found in the place of the expert's in a whole set: in its records, and in what was seen of the lesions, so that
 * whatever looks at boxes looks at the found ones.
 *
 * @param boxes Whose boxes regions are placed around; default: the found ones.
 * @returns The set, with the hash that it had; images in which nothing was found have neither mask nor box.
 * @throws {Problem} Where an image was not outlined, or a mask cannot be read.
 */
export async function outlinedSet(
  loaded: LoadedSet,
  outlines: CrossFittedOutlines,
  boxes: (typeof boxesOf)[number] = "found",
): Promise<LoadedSet> {
  const records = withFoundOutlines(loaded.records, outlines, boxes);
  const inspections = [...loaded.inspections];
  await concurrently([...records.keys()], atOnce, async (index) => {
    const { seen } = inspections[index]!;
    if (seen === null) return;
    const mask = await readMask(records[index]!);
    const box = mask === null ? null : boxOfMask(mask);
    inspections[index] = { ...inspections[index]!, seen: { ...seen, lesion: box === null ? null : { box } } };
  });
  return { ...loaded, records, inspections };
}
