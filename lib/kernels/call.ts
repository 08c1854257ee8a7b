/**
 * Calls of TensorFlow's kernels by name, past TensorFlow.js's own functions: nothing here is recorded for `tf.grad`.
 *
 * @module
 */
import { tf } from "../runtime/tensorflow";

/** An attribute of a kernel, as the binding takes it. */
export interface KernelAttribute {
  /** Its name. */
  readonly name: string;
  /** Its type, a number of the binding's. */
  readonly type: number;
  /** Its value. */
  readonly value: boolean | number | string | readonly number[];
}

/** The part of tfjs-node's backend that is used here. */
interface NodeBackend {
  readonly binding: Readonly<
    Record<"TF_ATTR_BOOL" | "TF_ATTR_INT" | "TF_ATTR_FLOAT" | "TF_ATTR_STRING" | "TF_ATTR_TYPE" | "TF_FLOAT", number>
  >;
  executeMultipleOutputs(
    name: string,
    attributes: readonly KernelAttribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  refCount(dataId: object): number;
}

const backend = () => tf.backend() as unknown as NodeBackend;

/**
 * Makes an attribute that is true or false.
 *
 * @param name Its name.
 * @param value Its value.
 * @returns The attribute.
 */
export function flag(name: string, value: boolean): KernelAttribute {
  return { name, type: backend().binding.TF_ATTR_BOOL, value };
}

/**
 * Makes an attribute that is a whole number, or a list of them.
 *
 * @param name Its name.
 * @param value Its value.
 * @returns The attribute.
 */
export function integer(name: string, value: number | readonly number[]): KernelAttribute {
  return { name, type: backend().binding.TF_ATTR_INT, value };
}

/**
 * Makes an attribute that is a number.
 *
 * @param name Its name.
 * @param value Its value.
 * @returns The attribute.
 */
export function float(name: string, value: number): KernelAttribute {
  return { name, type: backend().binding.TF_ATTR_FLOAT, value };
}

/**
 * Makes an attribute that is a text.
 *
 * @param name Its name.
 * @param value Its value.
 * @returns The attribute.
 */
export function text(name: string, value: string): KernelAttribute {
  return { name, type: backend().binding.TF_ATTR_STRING, value };
}

/**
 * Makes an attribute that says float32.
 *
 * @param name Its name: "T".
 * @returns The attribute.
 */
export function float32(name: string): KernelAttribute {
  const { TF_ATTR_TYPE, TF_FLOAT } = backend().binding;
  return { name, type: TF_ATTR_TYPE, value: TF_FLOAT };
}

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
 * Calls a kernel.
 *
 * @param name Its name.
 * @param attributes Its attributes.
 * @param inputs Its inputs.
 * @param outputs How many outputs it has.
 * @returns The outputs; the caller disposes them.
 */
export function callKernel(
  name: string,
  attributes: readonly KernelAttribute[],
  inputs: readonly tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
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

/**
 * Says whether a tensor's memory is its own: it was made for it (see {@link markOwn}), and no clone holds it, too. What
 * TensorFlow has made on its memory afterwards, by `tf.reshape` for example, cannot be seen from here.
 *
 * @param tensor The tensor.
 * @returns True where it may be changed in place.
 */
export function isSoleOwner({ dataId }: tf.Tensor): boolean {
  return (dataId as { [own]?: true })[own] === true && backend().refCount(dataId) === 1;
}
