import { renderColumn, type ColumnBox } from "../../graph/draw/column";
import { composeDrawing, type Drawing } from "../../graph/draw/picture";
import type { MacroArchitecture } from "./architecture";
import { describeMacro, nameOfOutput } from "./describe";
import { macroOperations } from "./operations";

/**
 * Draws a macro architecture: its layers from above to below, with an arc for each skip connection.
 *
 * @param architecture The architecture, a checked one.
 */
export async function drawMacro(architecture: MacroArchitecture): Promise<Drawing> {
  const { length } = architecture.layers;
  const column = await renderColumn(boxesOf(architecture), fields);
  const title = `Macro architecture of ${length} ${length === 1 ? "layer" : "layers"}`;
  return composeDrawing([column], title, describeMacro(architecture));
}

const fields = [
  { width: 72, side: "left", bold: true },
  { width: 116, side: "left" },
] as const;

function boxesOf({ layers }: MacroArchitecture): ColumnBox[] {
  return [
    { name: "stem", texts: ["stem", ""], family: "other", inputs: [] },
    ...layers.map(({ operation, skips }, layer): ColumnBox => ({
      name: nameOfOutput(layer + 1),
      texts: [nameOfOutput(layer + 1), operation],
      family: macroOperations[operation].family,
      inputs: [nameOfOutput(layer), ...skips.flatMap((skip, output) => (skip ? [nameOfOutput(output)] : []))],
    })),
  ];
}
