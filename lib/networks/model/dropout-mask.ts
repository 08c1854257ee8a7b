import type { Dropout } from "../../graph/layer";
import type { RandomGenerator } from "../../runtime/random";

/** What a value is multiplied by in dropout. */
export interface DropoutMask {
  /** 0 for what is dropped, 1 / (1 - rate) for what is kept, in the order of the shape. float32. */
  readonly values: Float32Array;
  /** Its shape with the batch, to be broadcast over the value: `[batch, 1, 1, 1]` where all of an image goes together. */
  readonly shape: readonly number[];
}

/**
 * Draws what dropout drops (Srivastava and others, "Dropout", 2014; all of an image, "drop-path": Larsson and others,
 * "FractalNet", 2017). What is kept becomes larger by as much as is dropped, so that nothing is to be done at prediction.
 *
 * @param shape The shape of its input with the batch.
 */
export function dropoutMask(layer: Dropout, shape: readonly number[], random: RandomGenerator): DropoutMask {
  const own = layer.unit === "number" ? shape : shape.map((size, axis) => (axis === 0 ? size : 1));
  const values = new Float32Array(own.reduce((product, size) => product * size, 1));
  const kept = 1 / (1 - layer.rate);
  for (let index = 0; index < values.length; index++) values[index] = random.uniform() < layer.rate ? 0 : kept;
  return { values, shape: own };
}
