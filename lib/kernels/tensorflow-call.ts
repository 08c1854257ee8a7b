/**
 * Calls of TensorFlow's kernels by name, past TensorFlow.js's own functions: nothing here is recorded for `tf.grad`.
 *
 * @module
 */
import { tf } from "../runtime/tensorflow";
import type { KernelAttribute } from "./attributes";
import { makeCalls } from "./call-queue";

/** The part of tfjs-node's backend that is used here. */
interface NodeBackend {
  executeMultipleOutputs(
    name: string,
    attributes: readonly KernelAttribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  refCount(dataId: object): number;
}

const backend = () => tf.backend() as unknown as NodeBackend;

/** Marks the memory that is known to have been made for one tensor alone: faster than a set of them all. */
const own = Symbol("made for one tensor alone");

/**
 * Remembers that a tensor's memory was made for it alone. TensorFlow makes many a tensor on the memory of another one,
 * where only the shape differs or a slice of the first axis is taken, and does not say so.
 *
 * @param tensor A tensor that an operation has computed, a sum for example.
 * @returns The same tensor.
 */
export function markOwn<Tensor extends tf.Tensor>(tensor: Tensor): Tensor {
  (tensor.dataId as { [own]?: true })[own] = true;
  return tensor;
}

/**
 * Says whether TensorFlow's memory of a tensor is its own; see {@link isSoleOwner}.
 *
 * @returns True where it was made for it and no clone holds it.
 */
export function ownsAlone({ dataId }: tf.Tensor): boolean {
  return (dataId as { [own]?: true })[own] === true && backend().refCount(dataId) === 1;
}

/**
 * Calls a kernel of TensorFlow's.
 *
 * @param outputs How many outputs it has.
 * @returns The outputs; the caller disposes them.
 */
export function callTensorflow(
  name: string,
  attributes: readonly KernelAttribute[],
  inputs: readonly tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
  // In order: it may change what calls that are still to be made will read.
  makeCalls();
  return backend().executeMultipleOutputs(name, attributes, inputs, outputs).map(markOwn);
}

let empty: tf.Tensor1D | null = null;

/**
 * Gives a tensor without numbers, for inputs that a call does not use. There is one for the whole process, which is never
 * disposed.
 *
 * @returns The tensor, `[0]`.
 */
export function nothing(): tf.Tensor1D {
  if (empty === null || empty.isDisposed) empty = tf.keep(tf.tensor1d([], "float32"));
  return empty;
}
