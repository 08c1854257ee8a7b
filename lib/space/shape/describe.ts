import type { ShapeArchitecture, ShapeStage } from "./architecture";
import { shapeOperation } from "./operations";

/**
 * Describes a shape architecture in words.
 *
 * @returns The lines: the stem, the stages with how rows and columns are halved between them, the head.
 */
export function describeShape({ stem, stages, downsampling, head }: ShapeArchitecture): string {
  return [
    `stem = convolution ${stem}, ${channels(stages[0])}`,
    ...stages.flatMap((stage, index) => [
      ...(index === 0 ? [] : [`between = ${inWords(downsampling[index - 1]!)}`]),
      `stage ${index + 1} = ${stage.depth} × ${describeBlock(stage)}`,
    ]),
    `head = ${head}`,
  ].join("\n");
}

/**
 * Describes a block of a stage in words.
 *
 * @returns "convolution 3×3, 16 channels, with excitation and residual connection".
 */
export function describeBlock(stage: ShapeStage): string {
  const { operation, kernel, residual, excitation } = stage;
  const extras = [...(excitation ? ["excitation"] : []), ...(residual ? ["residual connection"] : [])];
  const added = extras.length > 0 ? `, with ${extras.join(" and ")}` : "";
  return `${shapeOperation(operation, kernel)}, ${channels(stage)}${added}`;
}

/**
 * Says how rows and columns are halved.
 *
 * @returns "max pool 2×2", "stride 2 in the next block".
 */
export function inWords(downsampling: ShapeArchitecture["downsampling"][number]): string {
  return downsampling === "strided convolution" ? "stride 2 in the next block" : `${downsampling} 2×2`;
}

const channels = ({ width }: ShapeStage) => `${width} ${width === 1 ? "channel" : "channels"}`;
