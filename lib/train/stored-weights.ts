import { markOwn } from "../kernels/tensorflow-call";
import type { WeightBank } from "../networks/weights/weight-bank";
import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import type { StoredArray } from "../runs/state";

/**
 * Copies tensors out, to be kept in a checkpoint or to be returned to.
 *
 * @param tensors The tensors by key; they stay the caller's.
 * @param prefix What is put before each key: "weights/".
 * @returns Their numbers, float32, by prefix and key.
 */
export function arraysOf(tensors: ReadonlyMap<string, tf.Tensor>, prefix = ""): Map<string, StoredArray> {
  return new Map(
    [...tensors].map(([key, tensor]) => [
      prefix + key,
      // A copy: what `dataSync` gives may be the tensor's own memory.
      { shape: [...tensor.shape], values: Float32Array.from(tensor.dataSync()) },
    ]),
  );
}

/** Copies all weights of a bank out. */
export function weightArrays(weights: WeightBank, prefix = ""): Map<string, StoredArray> {
  return arraysOf(new Map(weights.keys.map((key) => [key, weights.get(key)])), prefix);
}

/**
 * Sets all weights of a bank to numbers that {@link weightArrays} gave.
 *
 * @param weights The weights; they are changed.
 * @param arrays The numbers; others among them are left alone.
 * @throws {Problem} Where a weight is missing or has another shape.
 */
export function setWeights(weights: WeightBank, arrays: ReadonlyMap<string, StoredArray>, prefix = ""): void {
  for (const key of weights.keys) {
    const variable = weights.get(key);
    const stored = arrays.get(prefix + key);
    if (stored?.shape.join() !== variable.shape.join()) {
      const found = stored === undefined ? "is missing" : `has the shape [${stored.shape.join(", ")}]`;
      throw new Problem(
        `The weight ${key} ${found}, expected [${variable.shape.join(", ")}].`,
        "Use the weights of the same network, at the same size and with the same settings.",
      );
    }
    const copy = tensorOf(stored);
    variable.assign(copy);
    copy.dispose();
  }
}

/** Makes a float32 tensor of stored numbers with memory of its own; the caller disposes it. */
export function tensorOf({ shape, values }: StoredArray): tf.Tensor {
  return markOwn(tf.tensor(Float32Array.from(values), [...shape], "float32"));
}
