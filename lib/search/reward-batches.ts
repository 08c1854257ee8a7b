import type { RandomGenerator } from "../runtime/random";

/**
 * Puts images in an order in which every stretch holds the classes in the shares of all.
 *
 * @param classOf Gives the class of a name: 0 or 1.
 * @param random The chance of the order within each class; null keeps it.
 */
export function orderStratified(
  ids: readonly string[],
  classOf: (id: string) => number,
  random: RandomGenerator | null,
): string[] {
  const places = [0, 1].flatMap((label) => {
    const own = ids.filter((id) => classOf(id) === label);
    const shuffled = random === null ? own : random.shuffled(own);
    // Each image of a class has the middle of its share of the whole length.
    return shuffled.map((id, index) => ({ id, at: (index + 0.5) / own.length }));
  });
  return places.sort((a, b) => a.at - b.at).map(({ id }) => id);
}

/**
 * Draws some images with the classes in the shares of all, and at least one of each class that is there.
 *
 * @param classOf Gives the class of a name: 0 or 1.
 * @param count How many, from 2, at most as many as there are.
 */
export function drawStratified(
  ids: readonly string[],
  classOf: (id: string) => number,
  count: number,
  random: RandomGenerator,
): string[] {
  const [benign, malignant] = [0, 1].map((label) => random.shuffled(ids.filter((id) => classOf(id) === label)));
  const wanted = Math.round((count * malignant!.length) / ids.length);
  const least = Math.max(Math.min(1, malignant!.length), count - benign!.length);
  const most = Math.min(malignant!.length, count - Math.min(1, benign!.length));
  const positive = Math.min(most, Math.max(least, wanted));
  return [...malignant!.slice(0, positive), ...benign!.slice(0, count - positive)];
}

/**
 * Divides a list into batches that differ by one at most, so that no last batch is too small for statistics of its own.
 *
 * @param size About how many a batch has, from 1.
 */
export function inEqualBatches<Item>(list: readonly Item[], size: number): Item[][] {
  const count = Math.max(1, Math.floor(list.length / size));
  return Array.from({ length: count }, (_, batch) =>
    list.slice(Math.floor((batch * list.length) / count), Math.floor(((batch + 1) * list.length) / count)),
  );
}
