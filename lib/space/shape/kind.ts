import type { Decision, SpaceKind } from "../kind";
import {
  blocksOf,
  checkShape,
  checkShapeSpace,
  type ShapeArchitecture,
  type ShapeBlock,
  type ShapeSpace,
  type ShapeStage,
} from "./architecture";
import { buildShape } from "./build";
import { blockOperations, deepest, deepestOfEach, downsamplings, heads, kernelSizes, stems, widest } from "./choices";
import { coverShape } from "./cover";
import { describeShape } from "./describe";
import { drawShape } from "./draw";
import { shapeOperation, shapeOperations } from "./operations";
import { checkShapeSettings, type ShapeSettings } from "./settings";

/** A decision on a stage. */
interface StageDecision {
  readonly name: string;
  /** What can be chosen, each a part of a stage. */
  readonly options: (stage: ShapeSpace["stages"][number]) => readonly Partial<ShapeStage>[];
  /** Says what was chosen of a stage, or of an option. */
  readonly inWords: (stage: ShapeStage) => string;
}

const width: StageDecision = {
  name: "width",
  options: ({ widths }) => widths.map((one) => ({ width: one })),
  inWords: (stage) => counted(stage.width, "channel"),
};
const depth: StageDecision = {
  name: "depth",
  options: ({ depths }) => depths.map((one) => ({ depth: one })),
  inWords: (stage) => counted(stage.depth, "block"),
};
const operation: StageDecision = {
  name: "operation",
  options: ({ operations }) => operations.map((one) => ({ operation: one })),
  inWords: (stage) => stage.operation,
};
const kernel: StageDecision = {
  name: "kernel",
  options: ({ kernels }) => kernels.map((one) => ({ kernel: one })),
  inWords: (stage) => `${stage.kernel}×${stage.kernel}`,
};
/** Depth, and operation and kernel size of each block: one decision, as there are no others of blocks that are not there. */
const blocks: StageDecision = {
  name: "blocks",
  options: ({ depths, operations, kernels }) => {
    const each = operations.flatMap((one) => kernels.map((size): ShapeBlock => ({ operation: one, kernel: size })));
    const sequences = (count: number): ShapeBlock[][] =>
      count === 0 ? [[]] : sequences(count - 1).flatMap((before) => each.map((block) => [...before, block]));
    return depths.flatMap((count) => sequences(count).map((list) => ({ depth: count, ...list[0], blocks: list })));
  },
  inWords: (stage) =>
    blocksOf(stage)
      .map((block) => shapeOperation(block.operation, block.kernel))
      .join(", "),
};
const residual: StageDecision = {
  name: "residual connection",
  options: (stage) => stage.residual.map((one) => ({ residual: one })),
  inWords: (stage) => (stage.residual ? "residual" : "none"),
};
const excitation: StageDecision = {
  name: "excitation",
  options: (stage) => stage.excitation.map((one) => ({ excitation: one })),
  inWords: (stage) => (stage.excitation ? "excitation" : "none"),
};

/** The decisions on a stage where its blocks are alike, and where each has its own operation. */
const parts = {
  alike: [width, depth, operation, kernel, residual, excitation],
  each: [width, blocks, residual, excitation],
} as const;

const places = [0, 1, 2] as const;

/** The shape space, which searches for widths, depths and kinds of blocks of three stages. */
export const shapeKind: SpaceKind<ShapeSpace, ShapeArchitecture, ShapeSettings> = {
  operations: shapeOperations,
  operationsOf: ({ stages }) =>
    Object.keys(shapeOperations).filter((name) =>
      stages.some(({ operations, kernels }) =>
        operations.some((operation) => kernels.some((kernel) => shapeOperation(operation, kernel) === name)),
      ),
    ),
  groupsOf: (space) => [
    ...places.flatMap((index) => parts[space.blocks].map(({ name }) => groupOf(index, name))),
    ...["downsampling", "stem", "head"],
  ],
  checkSpace: checkShapeSpace,
  titleOf: (space) => (space.blocks === "each" ? "the shape space with blocks of their own" : "the shape space"),
  wholeSpaceOf: (architecture) => (hasOwnBlocks(architecture) ? wholeOfEach : whole),
  decisionsOf: (space) => [
    ...space.stages.flatMap((stage, index) =>
      parts[space.blocks].map(({ name, options, inWords }): Decision => ({
        ...{ name: `${name} of stage ${index + 1}`, group: groupOf(index, name) },
        // A decision's words are of what it decides on alone.
        options: options(stage).map((option) => inWords(option as ShapeStage)),
      })),
    ),
    ...[2, 3].map((stage) => ({
      ...{ name: `downsampling to stage ${stage}`, group: "downsampling", options: space.downsampling },
    })),
    { name: "stem", group: "stem", options: space.stems },
    { name: "head", group: "head", options: space.heads },
  ],
  chosenBy: (architecture) => {
    const { stages, downsampling, stem, head } = architecture;
    const own = parts[hasOwnBlocks(architecture) ? "each" : "alike"];
    return [...stages.flatMap((stage) => own.map(({ inWords }) => inWords(stage))), ...downsampling, stem, head];
  },
  architectureOf(space, chosen) {
    const own = parts[space.blocks];
    const stageAt = (index: 0 | 1 | 2) =>
      Object.assign(
        {},
        ...own.map(({ options }, place) => options(space.stages[index])[chosen[index * own.length + place]!]),
      ) as ShapeStage;
    const [second, third, stem, head] = chosen.slice(places.length * own.length);
    return {
      ...{ kind: "shape", stem: space.stems[stem!]!, stages: [stageAt(0), stageAt(1), stageAt(2)] },
      downsampling: [space.downsampling[second!]!, space.downsampling[third!]!],
      head: space.heads[head!]!,
    };
  },
  checkArchitecture: checkShape,
  describe: describeShape,
  draw: drawShape,
  checkSettings: checkShapeSettings,
  build: buildShape,
  coverWeights: coverShape,
};

function groupOf(index: number, name: string): string {
  return `stage ${index + 1}, ${name}`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

function hasOwnBlocks({ stages }: ShapeArchitecture): boolean {
  return stages.some((stage) => stage.blocks !== undefined);
}

// Their order is the code of hashes.
const all = {
  widths: Array.from({ length: widest }, (_, index) => index + 1),
  depths: Array.from({ length: deepest }, (_, index) => index + 1),
  ...{ operations: blockOperations, kernels: kernelSizes, residual: [false, true], excitation: [false, true] },
};
const wholeOf = (stage: typeof all, rule: ShapeSpace["blocks"]) =>
  checkShapeSpace({
    ...{ kind: "shape", stages: [stage, stage, stage], blocks: rule, downsampling: downsamplings, stems, heads },
  });
const whole = wholeOf(all, "alike");
const wholeOfEach = wholeOf({ ...all, depths: all.depths.slice(0, deepestOfEach) }, "each");
