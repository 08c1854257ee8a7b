import { renderColumn, type ColumnBox } from "../../graph/draw/column";
import { composeDrawing, type Drawing } from "../../graph/draw/picture";
import { blocksOf, type ShapeArchitecture } from "./architecture";
import { describeBlock, describeShape, inWords } from "./describe";
import { shapeOperation, shapeOperations } from "./operations";

/**
 * Draws a shape architecture: its blocks from above to below, with an arc for each residual connection.
 *
 * @param architecture The architecture, a checked one.
 */
export async function drawShape(architecture: ShapeArchitecture): Promise<Drawing> {
  const column = await renderColumn(boxesOf(architecture), fields);
  const widths = architecture.stages.map(({ width }) => width).join("-");
  return composeDrawing([column], `Shape architecture of widths ${widths}`, describeShape(architecture));
}

const fields = [
  { width: 118, side: "left", bold: true },
  { width: 340, side: "left" },
] as const;

function boxesOf({ stem, stages, downsampling, head }: ShapeArchitecture): ColumnBox[] {
  const boxes: ColumnBox[] = [];
  const add = (name: string, texts: readonly string[], family: ColumnBox["family"], others: string[] = []) => {
    const before = boxes.at(-1);
    boxes.push({ name, texts, family, inputs: [...(before ? [before.name] : []), ...others] });
  };
  const addNamed = (name: string, text: string, family: ColumnBox["family"]) => {
    add(name, [name, text], family);
  };
  addNamed("stem", `convolution ${stem}, ${stages[0].width} channels`, "convolution");
  stages.forEach((stage, index) => {
    const halving = index === 0 ? null : downsampling[index - 1]!;
    if (halving === "max pool") addNamed(`to stage ${index + 1}`, inWords(halving), halving);
    if (halving === "mean pool") addNamed(`to stage ${index + 1}`, inWords(halving), "average pool");
    blocksOf(stage).forEach((own, place) => {
      const block = place + 1;
      const { family } = shapeOperations[shapeOperation(own.operation, own.kernel)];
      const input = boxes.at(-1)!.name;
      const name = `stage ${index + 1}, block ${block}`;
      const stride = block === 1 && halving === "strided convolution" ? ", stride 2" : "";
      addNamed(name, `${describeBlock({ ...stage, residual: false }, own)}${stride}`, family);
      if (stage.residual) add(`sum of ${name}`, ["+", ""], "joining", [input]);
    });
  });
  addNamed("head", head, head === "max pool then mean" ? "max pool" : "average pool");
  return boxes;
}
