import { ok } from "node:assert/strict";

import { describeKernels, useKernels } from "../../../lib/kernels/choose-kernels";
import { useLayers } from "../../../lib/networks/layers/choose-layers";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";

/** Whose kernels can compute on this machine. */
export function kernelKinds(): ("own" | "tensorflow")[] {
  return describeKernels().kind === "own" ? ["own", "tensorflow"] : ["tensorflow"];
}

/** Runs something with fast layers on each of the kernels that there are. */
export function withFastLayers(run: (kind: "own" | "tensorflow") => void): void {
  const undo = useLayers("fast");
  try {
    for (const kind of kernelKinds()) {
      useKernels(kind);
      run(kind);
    }
  } finally {
    useKernels(null);
    undo();
  }
}

/** Runs something with TensorFlow.js's own layers; what it does later, after an `await`, is no longer part of that. */
export function withStockLayers<Result>(run: () => Result): Result {
  const undo = useLayers("stock");
  try {
    return run();
  } finally {
    undo();
  }
}

/** Random numbers of a shape. */
export function randomTensor(shape: number[], seed = 1, factor = 1): tf.Tensor {
  const random = createRandom(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => factor * random.normal()),
    shape,
    "float32",
  );
}

/** A function's value, and its gradients weighted by random numbers. */
function valueAndGradients(f: (...xs: tf.Tensor[]) => tf.Tensor, xs: tf.Tensor[]): tf.Tensor[] {
  return tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads(f)(xs, randomTensor(tf.tidy(() => f(...xs)).shape, 9));
    return [value, ...grads];
  });
}

/**
 * Holds a function's value and gradients against those of TensorFlow.js's own layers, on all kernels; and that it leaves no
 * tensor behind. Sums over a window or a batch are added in another order, so that they differ by some units of the last
 * place of the largest number, 6e-8 of it each.
 */
export function sameAsStock(
  what: string,
  f: (...xs: tf.Tensor[]) => tf.Tensor,
  xs: tf.Tensor[],
  tolerance = 2e-5,
): void {
  const expected = withStockLayers(() => valueAndGradients(f, xs));
  withFastLayers((kind) => {
    // The first call may make what stays for the whole process.
    tf.dispose(valueAndGradients(f, xs));
    const before = tf.memory().numTensors;
    const found = valueAndGradients(f, xs);
    ok(tf.memory().numTensors === before + found.length, `${what}, ${kind}: tensors are left behind`);
    found.forEach((tensor, index) => {
      const difference = relativeDifference(tensor, expected[index]!);
      ok(difference <= tolerance, `${what}, ${kind}, ${index === 0 ? "value" : `gradient ${index}`}: ${difference}`);
    });
    tf.dispose(found);
  });
  tf.dispose(expected);
}

/** The largest difference of two tensors' numbers, as a part of the largest number; NaN where one is, or shapes differ. */
export function relativeDifference(one: tf.Tensor, other: tf.Tensor): number {
  if (one.shape.join() !== other.shape.join()) return NaN;
  if (one.size === 0) return 0;
  return tf.tidy(() => {
    const largest = other.abs().max().dataSync()[0]!;
    return tf.sub(one, other).abs().max().dataSync()[0]! / Math.max(largest, 1e-30);
  });
}

/** How many bytes TensorFlow.js holds for the backward pass after a function was computed; what two hold counts once. */
export function bytesHeld(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): number {
  let held = 0;
  tf.tidy(() =>
    tf.grad((given: tf.Tensor) => {
      const y = f(given);
      const { activeTape } = (tf.engine() as unknown as { state: { activeTape: { saved: tf.Tensor[] }[] } }).state;
      const kept = new Map(activeTape.flatMap(({ saved }) => saved).map((tensor) => [tensor.dataId, tensor]));
      held = [...kept.values()].reduce((sum, { size }) => sum + 4 * size, 0);
      return y;
    })(x),
  );
  return held;
}
