import type { tf } from "../runtime/tensorflow";
import type { KernelAttribute } from "./attributes";
import { ownLibrary, type OwnOperation } from "./choose-kernels";
import { directTensor, isDirect, lend, type DirectTensor } from "./direct-tensor";
import { nothing } from "./tensorflow-call";

/** The numbers of a call, and of what comes back; a call with more of them is too large for any of our kernels. */
const numbers = new Float64Array(4096);

/** The place of the tensor without numbers. */
const nowhere = 0;

/**
 * Calls one of our own kernels past TensorFlow.
 *
 * @param name Its name.
 * @param attributes Its attributes, in the order in which it was registered with them.
 * @param inputs Its inputs. Those that are in TensorFlow's memory are lent to it for the call.
 * @returns The outputs, in memory of our own kernels; the caller disposes them.
 * @throws {Error} Where the inputs do not fit, with what the kernel says.
 */
export function callDirect(
  name: string,
  attributes: readonly KernelAttribute[],
  inputs: readonly tf.Tensor[],
): DirectTensor[] {
  const library = ownLibrary();
  const outside = inputs.filter((input) => !isDirect(input) && input !== nothing());
  const lent = outside.length > 0 ? lend(outside) : [];
  try {
    let next = writeOperation(library.operations.get(name), name, attributes);
    numbers[next++] = inputs.length;
    let at = 0;
    for (const input of inputs) {
      if (isDirect(input)) numbers[next++] = placeOf(input);
      else numbers[next++] = input === nothing() ? nowhere : placeOf(lent[at++]!);
    }
    if (next > numbers.length) throw new Error(`${name} has too many inputs: ${inputs.length}.`);
    library.call(numbers);
    return readOutputs();
  } finally {
    for (const tensor of lent) tensor.dispose();
  }
}

function placeOf(tensor: DirectTensor): number {
  if (tensor.isDisposed) throw new Error("Tensor is disposed.");
  return tensor.held.place;
}

function writeOperation(operation: OwnOperation | undefined, name: string, attributes: readonly KernelAttribute[]) {
  if (operation?.attributes.length !== attributes.length) throw new Error(`There is no ${name} with these attributes.`);
  let next = 0;
  numbers[next++] = operation.number;
  attributes.forEach((attribute, index) => {
    if (attribute.name !== operation.attributes[index]) {
      throw new Error(`${name} takes ${operation.attributes[index]!} where it was given ${attribute.name}.`);
    }
    const { value } = attribute;
    if (typeof value === "object") {
      numbers[next++] = value.length;
      for (const each of value) numbers[next++] = each;
    } else numbers[next++] = Number(value);
  });
  return next;
}

function readOutputs(): DirectTensor[] {
  const outputs: DirectTensor[] = [];
  let next = 0;
  const count = numbers[next++]!;
  for (let output = 0; output < count; output++) {
    const place = numbers[next++]!;
    const rank = numbers[next++]!;
    outputs.push(directTensor(place, Array.from(numbers.subarray(next, next + rank))));
    next += rank;
  }
  return outputs;
}
