/**
 * What the benchmark measures. Every contender does the same: the same network, batch and update, step by step.
 *
 * @module
 */

/**
 * The cases.
 *
 * - `child-step`: a training step of the network with shared weights that ENAS searches in (Pham et al. 2018, the micro
 *   space): forward, softmax cross entropy, backward, and an update of the weights that the architecture uses. Each step
 *   has another architecture.
 * - `reward`: the accuracy of an architecture with the shared weights on a batch, normalised by its own statistics. Each
 *   step has another architecture.
 * - `resnet18-step`: a training step of ResNet-18, adapted to small images as in `lib/graph/hand-crafted`.
 */
export const caseNames = ["child-step", "reward", "resnet18-step"] as const;

/** A case. */
export type CaseName = (typeof caseNames)[number];

/** Sides of the images, in pixels. */
export const imageSizes = [32, 64] as const;

/** The side of the images, in pixels. */
export type ImageSize = (typeof imageSizes)[number];

/** Who is measured: this library, TensorFlow.js's own operations, and PyTorch. */
export const contenderNames = ["ours", "stock", "torch"] as const;

/** One who is measured. */
export type ContenderName = (typeof contenderNames)[number];

/** What all cases have in common. */
export const setting = {
  /** Images in a batch. */
  batch: 32,
  channels: 3,
  classes: 10,
  nodes: 5,
  /** Layers of the search's network, apart from its two reduction layers. */
  cells: 6,
  /** Channels of its first layer. */
  firstChannels: 20,
} as const;

/**
 * How the training steps update: stochastic gradient descent with Nesterov's momentum. The gradient is clipped first, then
 * the weight decay is added to it, as PyTorch does. Dropout is off, and moving averages are not kept.
 */
export const update = {
  learningRate: 0.05,
  /** How much of the last movement goes on. */
  momentum: 0.9,
  /** How much of a weight is added to its gradient. */
  weightDecay: 1e-4,
  /** The most that the Euclidean norm of all gradients together may be; longer ones are shortened to it. */
  longestGradient: 5,
} as const;

/**
 * What a contender needs of memory, in units of 2³⁰ bytes, rounded up from what was measured with two threads: the peak of
 * its process.
 */
const memory: Readonly<Record<CaseName, Readonly<Record<ImageSize, Readonly<Record<ContenderName, number>>>>>> = {
  "child-step": { 32: { ours: 1, stock: 4, torch: 1.5 }, 64: { ours: 2, stock: 13, torch: 3.5 } },
  reward: { 32: { ours: 0.7, stock: 1.5, torch: 1 }, 64: { ours: 0.9, stock: 2.5, torch: 1.5 } },
  "resnet18-step": { 32: { ours: 1, stock: 2.5, torch: 1.5 }, 64: { ours: 1.5, stock: 3, torch: 2 } },
};

/** Says how much memory contenders need that are alive together, in units of 2³⁰ bytes. */
export function memoryNeed(name: CaseName, size: ImageSize, contenders: readonly ContenderName[]): number {
  return contenders.reduce((sum, contender) => sum + memory[name][size][contender], 0);
}
