/**
 * Calls of our own kernels that are still to be made, in order. After each kernel the processor's caches are full of images, and
 * JavaScript would have to fetch all it works with anew: it writes down what is to be called, and the calls are made one after
 * the other as soon as somebody wants to see numbers. How they are laid out says `native/direct.h`.
 *
 * @module
 */
import type { KernelAttribute } from "./attributes";
import { ownLibrary, type OwnOperation } from "./choose-kernels";

/** The numbers of the calls; it grows with the longest queue. */
let numbers = new Float64Array(16384);

/** How many of them there are. */
let end = 0;

/** With so many numbers the calls are made without waiting for anybody. */
const most = 65536;

/** The marks of places that are not needed any more: of results, and of what was borrowed. */
const release = -1;
const giveBack = -2;

/** Places for results that are not in use, of the kernels' table. */
const free: number[] = [];

/** So many places are asked for at a time. */
const atATime = 512;

/** Where a result goes, and its shape; null for one that nobody wants. */
export type PromisedOutput = { readonly place: number; readonly shape: readonly number[] } | null;

/**
 * Gives a place for a result.
 *
 * @returns The place, until {@link dropPlace}.
 */
export function takePlace(): number {
  if (free.length === 0) {
    const first = ownLibrary().reserve(atATime);
    for (let place = first + atATime - 1; place >= first; place--) free.push(place);
  }
  return free.pop()!;
}

/**
 * Lets go of a place, and of what lies there, after the calls that were asked for before.
 *
 * @param borrowed Whether it was made for a tensor that was borrowed.
 */
export function dropPlace(place: number, borrowed: boolean): void {
  makeRoom(2);
  numbers[end++] = borrowed ? giveBack : release;
  numbers[end++] = place;
  if (!borrowed) free.push(place);
}

/**
 * Asks for a call.
 *
 * @param operation The kernel.
 * @param attributes Its attributes, in the order in which it was registered with them.
 * @param inputs The places of its inputs.
 * @param outputs Where its results go.
 */
export function queueCall(
  operation: OwnOperation,
  attributes: readonly KernelAttribute[],
  inputs: readonly number[],
  outputs: readonly PromisedOutput[],
): void {
  if (end > most) makeCalls();
  let room = 3 + inputs.length;
  for (const { value } of attributes) room += typeof value === "object" ? value.length + 1 : 1;
  for (const output of outputs) room += output === null ? 1 : 2 + output.shape.length;
  makeRoom(room);
  numbers[end++] = operation.number;
  for (const { value } of attributes) {
    if (typeof value === "object") {
      numbers[end++] = value.length;
      for (const each of value) numbers[end++] = each;
    } else numbers[end++] = Number(value);
  }
  numbers[end++] = inputs.length;
  for (const place of inputs) numbers[end++] = place;
  numbers[end++] = outputs.length;
  for (const output of outputs) {
    numbers[end++] = output === null ? 0 : output.place;
    if (output === null) continue;
    numbers[end++] = output.shape.length;
    for (const size of output.shape) numbers[end++] = size;
  }
}

/**
 * Makes all calls that were asked for. Results are then there; before, only their shapes are known.
 *
 * @throws {Error} What the first kernel says whose inputs do not fit. The calls after it are not made.
 */
export function makeCalls(): void {
  if (end === 0) return;
  const count = end;
  end = 0;
  ownLibrary().call(numbers, count);
}

/**
 * Makes the calls that were asked for before something failed, so that nothing is left of them. What they say themselves does not
 * matter any more.
 */
export function settleCalls(): void {
  try {
    makeCalls();
  } catch {
    // Of no interest beside what failed first.
  }
}

function makeRoom(count: number): void {
  if (end + count <= numbers.length) return;
  const longer = new Float64Array(2 * (end + count));
  longer.set(numbers);
  numbers = longer;
}
