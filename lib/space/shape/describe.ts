import { blocksOf, type ShapeArchitecture, type ShapeBlock, type ShapeStage } from "./architecture";
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
      `stage ${index + 1} = ${describeStage(stage)}`,
    ]),
    `head = ${head}`,
  ].join("\n");
}

/**
 * Describes a block of a stage in words.
 *
 * @param stage The stage.
 * @param block What it does; default: as all of the stage.
 * @returns "convolution 3×3, 16 channels, with excitation and residual connection".
 */
export function describeBlock(stage: ShapeStage, { operation, kernel }: ShapeBlock = stage): string {
  const { residual, excitation } = stage;
  const extras = [...(excitation ? ["excitation"] : []), ...(residual ? ["residual connection"] : [])];
  const added = extras.length > 0 ? `, with ${extras.join(" and ")}` : "";
  return `${shapeOperation(operation, kernel)}, ${channels(stage)}${added}`;
}

function describeStage(stage: ShapeStage): string {
  if (stage.blocks === undefined) return `${stage.depth} × ${describeBlock(stage)}`;
  return blocksOf(stage)
    .map((block) => describeBlock(stage, block))
    .join("; ");
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
