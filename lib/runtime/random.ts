import { createHash } from "node:crypto";

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

import { Problem } from "./problem";

/**
 * A seeded source of random numbers. Everything random in the project takes one as an argument; the global
 * `Math.random` is used nowhere.
 *
 * The numbers are those of xoroshiro128+ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021),
 * and the same on every machine.
 */
export interface RandomGenerator {
  /**
   * Draws a number, all equally likely.
   *
   * @param low The smallest; default: 0.
   * @param high The bound above, not reached; default: 1.
   */
  uniform(low?: number, high?: number): number;

  /** Draws a whole number from the one to the other, both included, all equally likely. */
  integer(low: number, high: number): number;

  /**
   * Draws from a normal distribution, by the Box-Muller transform.
   *
   * @param mean Its mean; default: 0.
   * @param deviation Its standard deviation, from 0; default: 1.
   */
  normal(mean?: number, deviation?: number): number;

  /** Draws a seed, 0 to 2³¹ - 1, for what wants a number of its own, such as an initialiser of TensorFlow.js. */
  seed(): number;

  /** Draws an order of the numbers 0 to `count` - 1. */
  permutation(count: number): number[];

  /** Copies a list in random order. */
  shuffled<Item>(list: readonly Item[]): Item[];

  /** Draws one item of a list that is not empty. */
  choice<Item>(list: readonly Item[]): Item;

  /**
   * Makes a generator that is independent of this one. It depends on the seed and the labels alone, not on what was
   * drawn before, so that adding a draw in one place changes nothing elsewhere.
   *
   * @param label What it is for, "weights", or which, an epoch's number.
   */
  split(label: string | number): RandomGenerator;
}

/**
 * Makes a generator of random numbers.
 *
 * @param seed A whole number from 0 to 2⁵³ - 1.
 * @returns A generator that gives the same numbers whenever it is made with this seed.
 * @throws {Problem} Where the seed is something else.
 */
export function createRandom(seed: number): RandomGenerator {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new Problem(
      `The seed is ${seed}, expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`,
      "Choose one, 1 for example.",
    );
  }
  return generatorAt([seed]);
}

// Hashing the whole path, as JSON, keeps any two streams apart, also "a", "b" from "a,b" and 1 from "1".
function generatorAt(path: readonly (string | number)[]): RandomGenerator {
  const digest = createHash("sha256").update(JSON.stringify(path)).digest();
  const source = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  const random: RandomGenerator = {
    uniform: (low = 0, high = 1) => low + (high - low) * uniformFloat64(source),
    integer(low, high) {
      if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high < low) {
        throw new Problem(
          `A whole number from ${low} to ${high} was asked for.`,
          "Give two whole numbers, the smaller first.",
        );
      }
      return uniformInt(source, low, high);
    },
    normal(mean = 0, deviation = 1) {
      // 1 - u lies above 0, where the logarithm is finite. The second of the two numbers that the transform gives is
      // not kept for the next call: the state would have to carry it.
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(source)));
      return mean + deviation * radius * Math.cos(2 * Math.PI * uniformFloat64(source));
    },
    seed: () => uniformInt(source, 0, 0x7fffffff),
    permutation: (count) => random.shuffled(Array.from({ length: count }, (_, index) => index)),
    shuffled(list) {
      const copy = [...list];
      // Fisher and Yates: each place, from the last, takes one of those not yet placed.
      for (let place = copy.length - 1; place > 0; place--) {
        const other = uniformInt(source, 0, place);
        [copy[place], copy[other]] = [copy[other]!, copy[place]!];
      }
      return copy;
    },
    choice(list) {
      if (list.length === 0)
        throw new Problem("One item of an empty list was asked for.", "Give a list with at least one item.");
      return list[uniformInt(source, 0, list.length - 1)]!;
    },
    split: (label) => generatorAt([...path, label]),
  };
  return random;
}
