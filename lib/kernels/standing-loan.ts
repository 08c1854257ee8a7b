/**
 * Loans that outlast a call: of weights and of an optimiser's moments, whose memory stays where it is from step to step. Lent anew
 * for each step, hundreds of them would take longer than some of the kernels.
 *
 * @module
 */
import { tf } from "../runtime/tensorflow";
import { lend, type DirectTensor } from "./direct-tensor";
import { markOwn } from "./tensorflow-call";

/** What is lent of a variable. */
interface Loan {
  /** TensorFlow.js's name for the memory that was lent: another one, once something was assigned to the variable. */
  dataId: object | null;
  /** The tensor on that memory. */
  tensor: DirectTensor | null;
}

/** Marks the variables that may be lent for long: faster than a map of them. */
const standing = Symbol("lent until its owner ends it");

type Lendable = tf.Tensor & { [standing]?: Loan };

/**
 * Makes a variable that may be lent for long.
 *
 * @param compute Computes the numbers that it starts with; their memory becomes the variable's alone.
 * @param trainable Whether training changes it.
 * @returns The variable; see {@link disposeLent}.
 */
export function newLendable(compute: () => tf.Tensor, trainable: boolean): tf.Variable {
  return allowStandingLoan(markOwn(tf.tidy(() => tf.variable(compute(), trainable))));
}

/**
 * Allows a variable to be lent for long. Whoever allows it disposes it by {@link disposeLent}.
 *
 * @param variable The variable.
 * @returns The same variable.
 */
export function allowStandingLoan<Variable extends tf.Variable>(variable: Variable): Variable {
  (variable as Lendable)[standing] ??= { dataId: null, tensor: null };
  return variable;
}

/**
 * Lends the variables that may be lent for long and are not yet, or have got other memory since.
 *
 * @param tensors The variables; tensors that may not be lent for long are left alone.
 */
export function lendStanding(tensors: readonly tf.Tensor[]): void {
  const open = tensors.filter((tensor: Lendable) => tensor[standing] !== undefined && standingLoan(tensor) === null);
  if (open.length === 0) return;
  const lent = lend(open, { standing: true });
  open.forEach((tensor: Lendable, index) => {
    const loan = tensor[standing]!;
    loan.tensor?.dispose();
    loan.dataId = tensor.dataId;
    loan.tensor = lent[index]!;
  });
}

/**
 * Gives the tensor of our own kernels on a variable's memory.
 *
 * @param tensor Any tensor.
 * @returns The tensor, which stays the loan's; null where it is not lent for long, or has got other memory since.
 */
export function standingLoan(tensor: Lendable): DirectTensor | null {
  const loan = tensor[standing];
  return loan?.dataId === tensor.dataId ? loan.tensor : null;
}

/**
 * Releases variables for good, and what is lent of them.
 *
 * @param variables The variables.
 */
export function disposeLent(variables: Iterable<tf.Variable>): void {
  for (const variable of variables) {
    endStandingLoan(variable);
    variable.dispose();
  }
}

/**
 * Ends the loan of a variable: its memory is TensorFlow's alone again. It may be lent once more.
 *
 * @param variable The variable.
 */
export function endStandingLoan(variable: Lendable): void {
  const loan = variable[standing];
  if (loan === undefined) return;
  loan.tensor?.dispose();
  loan.tensor = null;
  loan.dataId = null;
}
