import type { tf } from "../runtime/tensorflow";
import type { KernelAttribute } from "./attributes";
import { queueCall, takePlace } from "./call-queue";
import { ownLibrary, type OwnOperation } from "./choose-kernels";
import { directTensor, isDirect, borrow, type DirectTensor } from "./direct-tensor";
import { borrowedVariable } from "./borrowed-variables";
import { nothing } from "./tensorflow-call";

/** The place of the tensor without numbers. */
const nowhere = 0;

/**
 * Asks for a call of one of our own kernels past TensorFlow. It is made when somebody wants to see numbers, after all that were
 * asked for before; see {@link makeCalls}.
 *
 * @param attributes Its attributes, in the order in which it was registered with them.
 * @param inputs Its inputs. Those that are in TensorFlow's memory are borrowed for the call.
 * @param outputs The shapes of its outputs; null for one that nobody wants.
 * @returns The outputs, in memory of our own kernels, null where nobody wants one; the caller disposes them.
 * @throws {Error} Where there is no such kernel with these attributes, or an input has been disposed. Whether the inputs fit
 *   shows when the call is made.
 */
export function callDirect(
  name: string,
  attributes: readonly KernelAttribute[],
  inputs: readonly tf.Tensor[],
  outputs: readonly (readonly number[] | null)[],
): (DirectTensor | null)[] {
  const operation = checkedOperation(name, attributes);
  const outside = inputs.filter((input) => !isDirect(input) && input !== nothing() && borrowedVariable(input) === null);
  const borrowed = outside.length > 0 ? borrow(outside) : [];
  try {
    let next = 0;
    const places = inputs.map((input) => {
      if (isDirect(input)) return placeOf(input);
      return input === nothing() ? nowhere : placeOf(borrowedVariable(input) ?? borrowed[next++]!);
    });
    const promised = outputs.map((shape) => (shape === null ? null : { place: takePlace(), shape }));
    queueCall(operation, attributes, places, promised);
    return promised.map((output) => (output === null ? null : directTensor(output.place, output.shape)));
  } finally {
    for (const tensor of borrowed) tensor.dispose();
  }
}

function placeOf(tensor: DirectTensor): number {
  if (tensor.isDisposed) throw new Error("Tensor is disposed.");
  return tensor.held.place;
}

function checkedOperation(name: string, attributes: readonly KernelAttribute[]): OwnOperation {
  const operation = ownLibrary().operations.get(name);
  if (operation?.attributes.length !== attributes.length)
    throw new Error(
      `There is no ${name} with these attributes: the kernels are of other sources. Run \`npm run setup\`.`,
    );
  attributes.forEach((attribute, index) => {
    if (attribute.name !== operation.attributes[index]) {
      throw new Error(`${name} takes ${operation.attributes[index]!} where it was given ${attribute.name}.`);
    }
  });
  return operation;
}
