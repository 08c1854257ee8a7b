import type { tf } from "../runtime/tensorflow";
import type { KernelAttribute } from "./attributes";
import { ownLibrary, type OwnOperation } from "./choose-kernels";
import { directTensor, isDirect, lend, type DirectTensor } from "./direct-tensor";
import { standingLoan } from "./standing-loan";
import { nothing } from "./tensorflow-call";

/** The numbers of a call, and of what comes back. It grows with the largest call. */
let numbers = new Float64Array(4096);

/** How many numbers a call has besides those of its inputs, at most; and how many an input may need for what comes back. */
const numbersBeside = 256;
const numbersForInput = 8;

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
  const outside = inputs.filter((input) => !isDirect(input) && input !== nothing() && standingLoan(input) === null);
  const lent = outside.length > 0 ? lend(outside) : [];
  const room = numbersBeside + numbersForInput * inputs.length;
  if (numbers.length < room) numbers = new Float64Array(2 * room);
  try {
    let next = writeOperation(library.operations.get(name), name, attributes);
    numbers[next++] = inputs.length;
    let at = 0;
    for (const input of inputs) {
      if (isDirect(input)) numbers[next++] = placeOf(input);
      else if (input === nothing()) numbers[next++] = nowhere;
      else numbers[next++] = placeOf(standingLoan(input) ?? lent[at++]!);
    }
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
    const shape: number[] = [];
    for (let axis = 0; axis < rank; axis++) shape.push(numbers[next++]!);
    outputs.push(directTensor(place, shape));
  }
  return outputs;
}
