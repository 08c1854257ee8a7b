import * as v from "valibot";

import { flag, listOf, oneOf, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { say } from "../../runtime/schema-places";
import { checkVersion } from "../check-space";
import {
  blockOperations,
  blockRules,
  deepest,
  deepestOfEach,
  downsamplings,
  heads,
  kernelSizes,
  stems,
  usualDepths,
  usualWidths,
  widest,
  type Downsampling,
} from "./choices";

const width = wholeNumber({ from: 1, to: widest });
const depth = wholeNumber({ from: 1, to: deepest });
const choiceOf = <Item extends v.GenericSchema>(item: Item) => listOf(item, { least: 1, different: true });

const spaceStage = (widths: readonly number[]) =>
  v.strictObject({
    /** Channels, from 1 to 256. */
    widths: v.optional(choiceOf(width), widths),
    /** Blocks, from 1 to 8; default: 1, 2, 3. */
    depths: v.optional(choiceOf(depth), usualDepths),
    /** What the blocks do; default: both. */
    operations: v.optional(choiceOf(oneOf(blockOperations)), blockOperations),
    /** Sides of the blocks' windows, in pixels; default: 3 and 5. */
    kernels: v.optional(choiceOf(oneOf(kernelSizes)), kernelSizes),
    /** Whether each block's input is added to what it makes; default: either. */
    residual: v.optional(choiceOf(flag()), [false, true]),
    /** Whether each block weighs its channels by what the means of all say; default: either. */
    excitation: v.optional(choiceOf(flag()), [false, true]),
  });

const spaceSchema = v.strictObject({
  /** Which kind. */
  kind: v.literal("shape"),
  /** The version of its form. */
  version: v.optional(v.literal(1), 1),
  /** What the three stages may be, from the first. */
  stages: v.optional(v.tuple([spaceStage(usualWidths[0]), spaceStage(usualWidths[1]), spaceStage(usualWidths[2])]), [
    {},
    {},
    {},
  ]),
  /**
   * Whether the blocks of a stage are "alike", or "each" has an operation and a kernel size of its own, in stages of up to 4 blocks.
   * Default: "alike".
   */
  blocks: v.optional(oneOf(blockRules), "alike"),
  /** How rows and columns may be halved from a stage to the next; default: all three. */
  downsampling: v.optional(choiceOf(oneOf(downsamplings)), downsamplings),
  /** The first convolution; default: all three. */
  stems: v.optional(choiceOf(oneOf(stems)), stems),
  /** What may make a row of numbers of the last feature map; default: all three. */
  heads: v.optional(choiceOf(oneOf(heads)), heads),
});

const block = v.strictObject({ operation: oneOf(blockOperations), kernel: oneOf(kernelSizes) });

const architectureStage = v.strictObject({
  /** Channels of all its blocks. */
  width,
  /** How many blocks. */
  depth,
  /** What the blocks do. */
  operation: oneOf(blockOperations),
  /** Side of their windows, in pixels. */
  kernel: oneOf(kernelSizes),
  /** Whether each block's input is added to what it makes. */
  residual: flag(),
  /** Whether each block weighs its channels by what the means of all say. */
  excitation: flag(),
  /** Operation and kernel size of each block, of which the first are the stage's, where they are not all alike. */
  blocks: v.optional(listOf(block, { least: 1 })),
});

const architectureSchema = v.strictObject({
  /** Which kind. */
  kind: v.literal("shape"),
  /** The first convolution; it has the width of the first stage. */
  stem: oneOf(stems),
  /** The three stages, from the first. */
  stages: v.tuple([architectureStage, architectureStage, architectureStage]),
  /** How rows and columns are halved to the second and to the third stage. */
  downsampling: v.tuple([oneOf(downsamplings), oneOf(downsamplings)]),
  /** What makes a row of numbers of the last feature map. */
  head: oneOf(heads),
});

/** Three of something, one for each stage. */
type OfStages<Item> = readonly [Item, Item, Item];

type SpaceSchema = typeof spaceSchema;
type StageSchema = ReturnType<typeof spaceStage>;

/** The shape space with what each decision may be. Plain data. */
export type ShapeSpace = Readonly<Omit<v.InferOutput<SpaceSchema>, "stages">> & {
  readonly stages: OfStages<Readonly<v.InferOutput<StageSchema>>>;
};

/** A shape space of which all but the kind may be left out: `{ kind: "shape", stages: [{ widths: [16] }, {}, {}] }`. */
export type GivenShapeSpace = Readonly<Omit<v.InferInput<SpaceSchema>, "stages">> & {
  readonly stages?: OfStages<Readonly<v.InferInput<StageSchema>>>;
};

/** A stage of a network of the shape space. */
export type ShapeStage = Readonly<v.InferOutput<typeof architectureStage>>;

/** What a block does. */
export type ShapeBlock = Pick<ShapeStage, "operation" | "kernel">;

/** A network of the shape space. Plain data. */
export type ShapeArchitecture = Readonly<
  Omit<v.InferOutput<typeof architectureSchema>, "stages" | "downsampling"> & {
    readonly stages: OfStages<ShapeStage>;
    readonly downsampling: readonly [Downsampling, Downsampling];
  }
>;

/**
 * Fills in what is not given of a shape space and checks it.
 *
 * @param given What is given.
 * @throws {Problem} Where it is none: names the place, the value and what is allowed.
 */
export function checkShapeSpace(given: object): ShapeSpace {
  const { version, stages } = given as Partial<ShapeSpace>;
  checkVersion("shape", version);
  if (stages !== undefined) checkCount('A space of the kind "shape"', "stages", stages, 3);
  const space = checkOptions('A space of the kind "shape"', spaceSchema, given);
  const tooDeep = space.stages.flatMap(({ depths }) => depths).find((depth) => depth > deepestOfEach);
  if (space.blocks === "each" && tooDeep !== undefined)
    throw new Problem(
      `A space of the kind "shape" has blocks: "each" and stages of ${tooDeep} blocks, expected at most ${deepestOfEach}.`,
      'Leave the deeper ones out, or take blocks: "alike".',
    );
  return space;
}

/**
 * Checks that a shape architecture is one.
 *
 * @param architecture The architecture, of a file for example.
 * @returns The same.
 * @throws {Problem} Where it is none; names the value, its place and what is allowed.
 */
export function checkShape(architecture: ShapeArchitecture): ShapeArchitecture {
  const { stages, downsampling } = architecture as Partial<ShapeArchitecture>;
  checkCount("A shape architecture", "stages", stages, 3);
  checkCount("A shape architecture", "downsampling", downsampling, 2);
  checkOptions("A shape architecture", architectureSchema, architecture);
  architecture.stages.forEach(({ depth, operation, kernel, blocks }, index) => {
    if (blocks === undefined) return;
    const [first] = blocks;
    if (blocks.length === depth && first!.operation === operation && first!.kernel === kernel) return;
    throw new Problem(
      `A shape architecture has in stages[${index}] the depth ${depth}, the operation ${operation} and the kernel ${kernel}, and blocks: ${say(blocks)}, expected ${depth} of which the first is that.`,
      "Correct what differs, or leave blocks out where all are alike.",
    );
  });
  return architecture;
}

/** Says of each block of a stage what it does. */
export function blocksOf({ depth, operation, kernel, blocks }: ShapeStage): readonly ShapeBlock[] {
  return blocks ?? Array.from({ length: depth }, () => ({ operation, kernel }));
}

function checkCount(name: string, key: string, list: unknown, count: number): void {
  if (Array.isArray(list) && list.length === count) return;
  throw new Problem(`${name} has ${key}: ${say(list)}, expected a list of ${count}.`, `Give ${count} of them.`);
}
