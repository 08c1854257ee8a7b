import type { Decision, SpaceKind } from "../kind";
import { checkShape, checkShapeSpace, type ShapeArchitecture, type ShapeSpace, type ShapeStage } from "./architecture";
import { buildShape } from "./build";
import { blockOperations, deepest, downsamplings, heads, kernelSizes, stems, widest } from "./choices";
import { coverShape } from "./cover";
import { describeShape } from "./describe";
import { drawShape } from "./draw";
import { shapeOperation, shapeOperations } from "./operations";
import { checkShapeSettings, type ShapeSettings } from "./settings";

/** A decision on a stage: what it is called, what can be chosen, and what of an architecture's stage it is. */
const parts = [
  { name: "width", options: "widths", chosen: "width", inWords: (width) => counted(width as number, "channel") },
  { name: "depth", options: "depths", chosen: "depth", inWords: (depth) => counted(depth as number, "block") },
  { name: "operation", options: "operations", chosen: "operation", inWords: String },
  { name: "kernel", options: "kernels", chosen: "kernel", inWords: (size) => `${String(size)}×${String(size)}` },
  { name: "residual connection", options: "residual", chosen: "residual", inWords: (is) => (is ? "residual" : "none") },
  { name: "excitation", options: "excitation", chosen: "excitation", inWords: (is) => (is ? "excitation" : "none") },
] as const satisfies readonly {
  readonly name: string;
  readonly options: keyof ShapeSpace["stages"][number];
  readonly chosen: keyof ShapeStage;
  readonly inWords: (value: unknown) => string;
}[];

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
  groups: [
    ...places.flatMap((index) => parts.map(({ name }) => groupOf(index, name))),
    ...["downsampling", "stem", "head"],
  ],
  checkSpace: checkShapeSpace,
  titleOf: () => "the shape space",
  wholeSpaceOf: () => whole,
  decisionsOf: ({ stages, downsampling, stems: firsts, heads: lasts }) => [
    ...stages.flatMap((stage, index) =>
      parts.map(({ name, options, inWords }): Decision => ({
        ...{ name: `${name} of stage ${index + 1}`, group: groupOf(index, name) },
        options: stage[options].map(inWords),
      })),
    ),
    ...[2, 3].map((stage) => ({
      ...{ name: `downsampling to stage ${stage}`, group: "downsampling", options: downsampling },
    })),
    { name: "stem", group: "stem", options: firsts },
    { name: "head", group: "head", options: lasts },
  ],
  chosenBy: ({ stages, downsampling, stem, head }) => [
    ...stages.flatMap((stage) => parts.map(({ chosen, inWords }) => inWords(stage[chosen]))),
    ...[...downsampling, stem, head],
  ],
  architectureOf(space, chosen) {
    const stageAt = (index: 0 | 1 | 2): ShapeStage => {
      const { widths, depths, operations, kernels, residual, excitation } = space.stages[index];
      const [width, depth, operation, kernel, skip, gate] = chosen.slice(index * parts.length);
      return {
        ...{ width: widths[width!]!, depth: depths[depth!]! },
        ...{ operation: operations[operation!]!, kernel: kernels[kernel!]! },
        ...{ residual: residual[skip!]!, excitation: excitation[gate!]! },
      };
    };
    const [second, third, stem, head] = chosen.slice(places.length * parts.length);
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

// Its order is the code of hashes.
const all = {
  widths: Array.from({ length: widest }, (_, index) => index + 1),
  depths: Array.from({ length: deepest }, (_, index) => index + 1),
  ...{ operations: blockOperations, kernels: kernelSizes, residual: [false, true], excitation: [false, true] },
};
const whole = checkShapeSpace({
  ...{ kind: "shape", stages: [all, all, all], downsampling: downsamplings, stems, heads },
});
