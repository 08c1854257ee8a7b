import type { WeightSpecification } from "../../graph/weights";
import type { RandomGenerator } from "../../runtime/random";

/** Standard deviation of a standard normal distribution of which only -2 to 2 is kept. */
export const truncatedDeviation = 0.8796256610342398;

/**
 * Names a weight of a network. Networks that share weights share those of one key, and what a weight starts with hangs
 * on the seed and its key alone, not on the network that it is in.
 *
 * @param weight What the weight is called within its layer: "kernel".
 * @returns The key, "layer2/node3/x/norm/gamma".
 */
export function weightKeyOf(node: string, weight: string): string {
  return `${node}/${weight}`;
}

/**
 * Draws what a weight starts with.
 *
 * - `he normal`: a normal distribution cut off at two deviations, with the standard deviation √(2 / fanIn) after the cut
 *   (He and others, "Delving deep into rectifiers", 2015, section 2.2; the cut as in Keras).
 * - `glorot uniform`: all numbers from -√(6 / (fanIn + fanOut)) to it alike (Glorot and Bengio, "Understanding the
 *   difficulty of training deep feedforward neural networks", 2010, equation 16).
 * - a number: that number.
 *
 * @param random The chance of this weight alone: `random.split(weightKeyOf(node, weight))`.
 * @returns Its numbers, in the order of its shape. float32.
 */
export function initialValue(specification: WeightSpecification, random: RandomGenerator): Float32Array {
  const { shape, initial, fanIn } = specification;
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (typeof initial === "number") return values.fill(initial);
  if (initial === "he normal") {
    fillTruncatedNormal(values, Math.sqrt(2 / fanIn) / truncatedDeviation, random);
  } else {
    const limit = Math.sqrt(6 / (fanIn + shape.at(-1)!));
    for (let index = 0; index < values.length; index++) values[index] = random.uniform(-limit, limit);
  }
  return values;
}

function fillTruncatedNormal(values: Float32Array, deviation: number, random: RandomGenerator): void {
  for (let index = 0; index < values.length; index++) {
    let value: number;
    do value = random.normal();
    while (Math.abs(value) > 2);
    values[index] = deviation * value;
  }
}
