/**
 * What the decisions of the shape space can be. The order of each list is the code of its entries in hashes of architectures: new
 * ones stand at the end.
 *
 * @module
 */

/** What the blocks of a stage do: a convolution over all channels, or of each by itself and then 1×1. */
export const blockOperations = ["convolution", "separable"] as const;

/** Sides of their windows, in pixels. */
export const kernelSizes = [3, 5] as const;

/**
 * How rows and columns are halved from a stage to the next: by a 2×2 pool before its first block, or by stride 2 in that
 * block's convolution.
 */
export const downsamplings = ["max pool", "strided convolution", "mean pool"] as const;

/** The first convolution: its window, and its stride where that is not 1. */
export const stems = ["3×3", "5×5", "3×3 stride 2"] as const;

/** What makes a row of numbers of the last feature map. */
export const heads = ["mean", "max pool then mean", "mean and max"] as const;

/**
 * Whether the blocks of a stage have one operation and one kernel size in common, or each its own; the latter to find out what that
 * would add.
 */
export const blockRules = ["alike", "each"] as const;

/** What the blocks of a stage do. */
export type BlockOperation = (typeof blockOperations)[number];

/** Side of a window, in pixels. */
export type KernelSize = (typeof kernelSizes)[number];

/** How rows and columns are halved. */
export type Downsampling = (typeof downsamplings)[number];

/** The first convolution. */
export type ShapeStem = (typeof stems)[number];

/** What makes a row of numbers of the last feature map. */
export type ShapeHead = (typeof heads)[number];

/** The widths that each stage can have where a space names none, in channels. */
export const usualWidths = [
  [8, 12, 16, 24],
  [16, 24, 32, 48],
  [32, 48, 64, 96],
] as const;

/** The depths that each stage can have where a space names none, in blocks. */
export const usualDepths = [1, 2, 3] as const;

/** The most channels that a space may name. */
export const widest = 256;

/** The most blocks of a stage that a space may name. */
export const deepest = 8;

/** The most where each block has its own operation: all sequences of them are options of one decision. */
export const deepestOfEach = 4;
