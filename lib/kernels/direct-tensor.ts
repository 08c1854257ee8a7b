/**
 * Tensors in memory of our own kernels, which TensorFlow does not know of: from one kernel to the next nothing passes through
 * TensorFlow, whose own work for a call takes longer than a kernel takes for small images.
 *
 * @module
 */
import { tf } from "../runtime/tensorflow";
import { integer } from "./attributes";
import { dropPlace } from "./call-queue";
import { callTensorflow, nothing } from "./tensorflow-call";

/** Memory that our own kernels hold. */
interface Held {
  /** Its place in their table. */
  readonly place: number;
  /** TensorFlow's tensor that was borrowed, whose memory it is; null for memory of the kernels' own. */
  readonly borrowed: tf.Tensor | null;
  /** Whether that tensor is disposed with it. */
  readonly given: boolean;
  /** TensorFlow's tensor on it, taken out because an operation of TensorFlow.js wanted to see it. */
  taken: tf.Tensor | null;
  /** Whether TensorFlow has, or had, a tensor on it. */
  known: boolean;
  /** How many tensors here are on it. */
  references: number;
}

const live = new Set<DirectTensor>();
let made = 0;

/**
 * A tensor in memory of our own kernels. It can be used as any other: where an operation of TensorFlow.js reads it,
 * TensorFlow gets to know it, on the same memory, once the calls that compute it have been made. No `tf.tidy` disposes it, and
 * `tf.memory` does not count it; see {@link disposeDirectSince} and {@link directMemory}.
 */
export class DirectTensor extends tf.Tensor {
  /** Its number, in the order in which tensors here are made, from 1. */
  readonly number = ++made;

  /**
   * Makes a tensor; see {@link directTensor}, {@link share} and {@link borrow}.
   *
   * @param shape Its sizes.
   * @param held Its memory.
   * @param standing Whether it outlasts all runs: it is not counted and not disposed with what a run made.
   */
  constructor(
    shape: number[],
    readonly held: Held,
    standing = false,
  ) {
    // The name by which TensorFlow.js asks for its numbers is found when it is asked for: see below. No other tensor has
    // a negative number.
    super(shape, "float32", {}, -made - 1);
    held.references++;
    if (!standing) live.add(this);
  }

  /**
   * Whether it may be changed in place.
   *
   * @returns Whether nobody else is on its memory.
   */
  get isAlone(): boolean {
    return this.held.references === 1 && !this.held.known;
  }

  /** Releases it, and its memory with the last tensor that is on it. */
  override dispose(): void {
    if (this.isDisposed) return;
    this.isDisposedInternal = true;
    live.delete(this);
    const { held } = this;
    if (--held.references > 0) return;
    held.taken?.dispose();
    if (held.given) held.borrowed?.dispose();
    dropPlace(held.place, held.borrowed !== null);
  }
}

// A field of the base class, which sets it when it is made.
Object.defineProperty(DirectTensor.prototype, "dataId", {
  get(this: DirectTensor) {
    const { held } = this;
    if (held.borrowed?.isDisposed === true)
      throw new Error("A tensor that our kernels had borrowed has been disposed.");
    if (held.borrowed === null && held.taken === null) held.taken = tf.keep(take([this])[0]!);
    return (held.borrowed ?? held.taken!).dataId;
  },
  set() {
    // There is none yet.
  },
});

/**
 * Says whether a tensor is in memory of our own kernels. TensorFlow.js has `instanceof` say yes to whatever looks like a
 * tensor, for classes that are derived from its own, too.
 *
 * @returns Whether it is.
 */
export function isDirect(tensor: tf.Tensor): tensor is DirectTensor {
  return (tensor as Partial<DirectTensor>).held !== undefined;
}

/**
 * Makes the tensor of a place in the kernels' table.
 *
 * @param place The place; it becomes the tensor's.
 * @param shape Its sizes.
 * @returns The tensor; the caller disposes it.
 */
export function directTensor(place: number, shape: readonly number[]): DirectTensor {
  return new DirectTensor(shape as number[], {
    place,
    borrowed: null,
    given: false,
    taken: null,
    known: false,
    references: 0,
  });
}

/**
 * Makes one more tensor on the same memory.
 *
 * @param tensor The tensor, in memory of our own kernels or of TensorFlow's.
 * @returns The other; the caller disposes it.
 */
export function share<Tensor extends tf.Tensor>(tensor: Tensor): Tensor {
  if (!isDirect(tensor)) return tf.clone(tensor);
  return new DirectTensor(tensor.shape, tensor.held) as unknown as Tensor;
}

/** So many tensors are borrowed or taken at a time: TensorFlow makes a kernel for each count. */
const atATime = 64;

/** How tensors are borrowed. */
export interface BorrowOptions {
  /** One of them that is given away: it is disposed with the last tensor on its memory. Default: none. */
  readonly given: tf.Tensor | null;
  /** Whether they are borrowed for longer than a run: they are not counted and not disposed with what a run made. Default: false. */
  readonly standing: boolean;
}

/**
 * Borrows TensorFlow's tensors for our own kernels: nothing is copied.
 *
 * @param tensors The tensors, float32 or int32. They must be there until what is given back is disposed.
 * @param options How.
 * @returns As many tensors on the same memory; the caller disposes them.
 */
export function borrow(tensors: readonly tf.Tensor[], options: Partial<BorrowOptions> = {}): DirectTensor[] {
  const { given = null, standing = false } = options;
  const borrowed: DirectTensor[] = [];
  for (let first = 0; first < tensors.length;) {
    const { dtype } = tensors[first]!;
    const next = tensors.slice(first, first + atATime);
    const other = next.findIndex((tensor) => tensor.dtype !== dtype);
    const part = other < 0 ? next : next.slice(0, other);
    // Few counts, so that networks with other counts of weights need no kernels of their own.
    const filling = tensors.length > atATime && dtype === "float32" ? atATime - part.length : 0;
    const filled = [...part, ...Array<tf.Tensor>(filling).fill(nothing())];
    const name = dtype === "int32" ? "SonoNasLendWhole" : "SonoNasLend";
    const [list] = callTensorflow(name, [integer("N", filled.length)], filled, 1);
    const places = list!.dataSync();
    list!.dispose();
    places.forEach((place, index) => {
      const tensor = part[index];
      if (tensor === undefined) dropPlace(place, true);
      else {
        const held = { place, borrowed: tensor, given: tensor === given, taken: null, known: true, references: 0 };
        borrowed.push(new DirectTensor(tensor.shape, held, standing));
      }
    });
    first += part.length;
  }
  return borrowed;
}

/**
 * Takes tensors out of the memory of our own kernels: TensorFlow gets to know them, nothing is copied.
 *
 * @param tensors The tensors; they stay as they are.
 * @returns As many tensors of TensorFlow's on the same memory; the caller disposes them.
 */
export function take(tensors: readonly DirectTensor[]): tf.Tensor[] {
  const taken: tf.Tensor[] = [];
  for (let first = 0; first < tensors.length; first += atATime) {
    const part = tensors.slice(first, first + atATime);
    const places = tf.tensor1d(
      part.map(({ held }) => held.place),
      "int32",
    );
    taken.push(...callTensorflow("SonoNasTake", [integer("N", part.length)], [places], part.length));
    places.dispose();
    for (const { held } of part) held.known = true;
  }
  return taken;
}

/** What is in memory of our own kernels. */
export interface DirectMemory {
  /** How many tensors. */
  readonly tensors: number;
  /** How many bytes are held for them; those of borrowed tensors are TensorFlow's. */
  readonly bytes: number;
}

/**
 * Counts the tensors of this thread in memory of our own kernels, as `tf.memory` does with TensorFlow's.
 *
 * @returns How many there are.
 */
export function directMemory(): DirectMemory {
  const sizes = new Map(
    [...live].filter(({ held }) => held.borrowed === null).map(({ held, size }) => [held, 4 * size]),
  );
  return { tensors: live.size, bytes: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

/**
 * Says which number the last of these tensors had.
 *
 * @returns The number, for {@link disposeDirectSince}.
 */
export function lastDirect(): number {
  return made;
}

/**
 * Disposes what was made since some moment, as `tf.tidy` does with TensorFlow's tensors.
 *
 * @param number What {@link lastDirect} gave at that moment.
 * @param but Tensors that stay.
 */
export function disposeDirectSince(number: number, but: readonly tf.Tensor[] = []): void {
  const stay = new Set(but);
  for (const tensor of [...live]) if (tensor.number > number && !stay.has(tensor)) tensor.dispose();
}
