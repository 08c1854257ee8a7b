import { checkArchitecture, type Architecture, type MacroArchitecture } from "../../space/architecture";
import { describeArchitecture } from "../../space/describe";
import { renderCell } from "./cell";
import { renderColumn, type ColumnBox } from "./column";
import { familyOfOperation } from "./families";
import { composeDrawing, type Drawing } from "./picture";

/**
 * Draws an architecture: in the micro space its two cells; in the macro space its layers from above to below, with an arc
 * for each skip connection.
 *
 * @param architecture The architecture.
 * @returns The drawing, for `showDrawing` or a file; it is described in the words of `describeArchitecture`.
 * @throws {Problem} Where the architecture is none.
 */
export async function drawArchitecture(architecture: Architecture): Promise<Drawing> {
  const words = describeArchitecture(checkArchitecture(architecture));
  if (architecture.space === "macro") {
    const { length } = architecture.layers;
    const column = await renderColumn(boxesOf(architecture), fields);
    return composeDrawing([column], `Macro architecture of ${length} ${length === 1 ? "layer" : "layers"}`, words);
  }
  const cells = [
    await renderCell(architecture.normal, "Normal cell"),
    await renderCell(architecture.reduction, "Reduction cell"),
  ];
  return composeDrawing(cells, `Micro architecture with cells of ${architecture.normal.length} nodes`, words);
}

const fields = [
  { width: 72, side: "left", bold: true },
  { width: 116, side: "left" },
] as const;

function boxesOf({ layers }: MacroArchitecture): ColumnBox[] {
  const nameOf = (output: number) => (output === 0 ? "stem" : `layer ${output - 1}`);
  return [
    { name: "stem", texts: ["stem", ""], family: "other", inputs: [] },
    ...layers.map(({ operation, skips }, layer): ColumnBox => ({
      name: nameOf(layer + 1),
      texts: [nameOf(layer + 1), operation],
      family: familyOfOperation(operation),
      inputs: [nameOf(layer), ...skips.flatMap((skip, output) => (skip ? [nameOf(output)] : []))],
    })),
  ];
}
