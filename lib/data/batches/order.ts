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
  const [first, second] = classes.map((places, label) => {
    const turns: Turn[] = [];
    for (let repeat = 0; turns.length < count; repeat++) {
      const order = random === null ? places : random.split(label).split(repeat).shuffled(places);
      turns.push(...order.map((place) => ({ place, repeat })));
    }
    return turns.slice(0, count);
  }) as [Turn[], Turn[]];
  return first.flatMap((turn, place) => [turn, second[place]!]);
}
