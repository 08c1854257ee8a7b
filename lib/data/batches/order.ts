import type { RandomGenerator } from "../../runtime/random";

/** One image in an epoch. */
export interface Turn {
  /** The image's place among the prepared ones. */
  readonly place: number;
  /** How often the image has come before in this epoch: 0 for the first time. */
  readonly repeat: number;
}

/**
 * Orders images for one epoch, each once.
 *
 * @param random The source of chance; null keeps the order.
 */
export function orderOnce(places: readonly number[], random: RandomGenerator | null): Turn[] {
  const order = random === null ? places : random.shuffled(places);
  return order.map((place) => ({ place, repeat: 0 }));
}

/**
 * Orders images for one epoch so that the two classes take turns: any even number from the start holds as many of the one
 * as of the other. Every image of the larger class comes once; those of the smaller are repeated until there are as many,
 * each as often as any other or once more (random oversampling).
 *
 * @param classes The images of the two classes, none empty.
 * @param random The source of chance; null keeps the order within each class.
 * @returns The images in their turn, twice as many as the larger class has.
 */
export function orderBalanced(
  classes: readonly [readonly number[], readonly number[]],
  random: RandomGenerator | null,
): Turn[] {
  const count = Math.max(classes[0].length, classes[1].length);
  const [first, second] = classes.map((places, label) => repeated(places, count, random?.split(label) ?? null));
  return first!.flatMap((turn, place) => [turn, second![place]!]);
}

/**
 * Orders images for one epoch so that a stated share of them is of the first class. There are as many as both classes have
 * together. Of a class that is to have more than it has, every image comes as often as any other or once more; of one that
 * is to have fewer, some are left out, others in each epoch.
 *
 * @param classes The images of the two classes, none empty.
 * @param share The share of the first class, between 0 and 1; of both classes there is one image at the least.
 * @param random The source of chance; null keeps the order within each class, and the second class behind the first.
 */
export function orderOfShare(
  classes: readonly [readonly number[], readonly number[]],
  share: number,
  random: RandomGenerator | null,
): Turn[] {
  const count = classes[0].length + classes[1].length;
  const first = Math.min(count - 1, Math.max(1, Math.round(share * count)));
  const turns = [first, count - first].flatMap((own, label) =>
    repeated(classes[label as 0 | 1], own, random?.split(label) ?? null),
  );
  return random === null ? turns : random.split("turns").shuffled(turns);
}

// All of them once, all of them twice, and so on; the last time as many as are wanted.
function repeated(places: readonly number[], count: number, random: RandomGenerator | null): Turn[] {
  const turns: Turn[] = [];
  for (let repeat = 0; turns.length < count; repeat++) {
    const order = random === null ? places : random.split(repeat).shuffled(places);
    turns.push(...order.map((place) => ({ place, repeat })));
  }
  return turns.slice(0, count);
}
