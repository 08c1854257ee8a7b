/**
 * Variables that our kernels borrow for longer than a call: weights and an optimiser's moments, whose memory stays where it is from
 * step to step. Borrowed anew for each step, hundreds of them would take longer than some of the kernels.
 *
 * @module
 */
import { tf } from "../runtime/tensorflow";
import { borrow, type DirectTensor } from "./direct-tensor";
import { markOwn } from "./tensorflow-call";

/** What our kernels have borrowed of a variable. */
interface Borrowed {
  /** TensorFlow.js's name for the memory that was borrowed: another one, once something was assigned to the variable. */
  dataId: object | null;
  /** The tensor on that memory. */
  tensor: DirectTensor | null;
}

/** Marks the variables that may be borrowed for long: faster than a map of them. */
const standing = Symbol("borrowed until its owner ends it");

type Borrowable = tf.Tensor & { [standing]?: Borrowed };

/**
 * Makes a variable that may be borrowed for long.
 *
 * @param compute Computes the numbers that it starts with; their memory becomes the variable's alone.
 * @param trainable Whether training changes it.
 * @returns The variable; see {@link disposeBorrowed}.
 */
export function newBorrowable(compute: () => tf.Tensor, trainable: boolean): tf.Variable {
  return allowBorrowing(markOwn(tf.tidy(() => tf.variable(compute(), trainable))));
}

/**
 * Allows a variable to be borrowed for long. Whoever allows it disposes it by {@link disposeBorrowed}.
 *
 * @returns The same variable.
 */
export function allowBorrowing<Variable extends tf.Variable>(variable: Variable): Variable {
  (variable as Borrowable)[standing] ??= { dataId: null, tensor: null };
  return variable;
}

/**
 * Borrows the variables that may be borrowed for long and are not yet, or have got other memory since.
 *
 * @param variables The variables; tensors that may not be borrowed for long are left alone.
 */
export function borrowVariables(variables: readonly tf.Tensor[]): void {
  const open = variables.filter(
    (tensor: Borrowable) => tensor[standing] !== undefined && borrowedVariable(tensor) === null,
  );
  if (open.length === 0) return;
  const tensors = borrow(open, { standing: true });
  open.forEach((tensor: Borrowable, index) => {
    const borrowed = tensor[standing]!;
    borrowed.tensor?.dispose();
    borrowed.dataId = tensor.dataId;
    borrowed.tensor = tensors[index]!;
  });
}

/**
 * Gives the tensor of our own kernels on a variable's memory.
 *
 * @param tensor Any tensor.
 * @returns The tensor, which is not the caller's; null where the variable is not borrowed for long, or has got other memory since.
 */
export function borrowedVariable(tensor: Borrowable): DirectTensor | null {
  const borrowed = tensor[standing];
  return borrowed?.dataId === tensor.dataId ? borrowed.tensor : null;
}

/** Releases variables for good, and gives back what is borrowed of them. */
export function disposeBorrowed(variables: Iterable<tf.Variable>): void {
  for (const variable of variables) {
    releaseBorrowed(variable);
    variable.dispose();
  }
}

/** Gives a borrowed variable back: its memory is TensorFlow's alone again. It may be borrowed once more. */
export function releaseBorrowed(variable: Borrowable): void {
  const borrowed = variable[standing];
  if (borrowed === undefined) return;
  borrowed.tensor?.dispose();
  borrowed.tensor = null;
  borrowed.dataId = null;
}
