import { renderColumn, type ColumnBox } from "../../graph/draw/column";
import { renderLegend } from "../../graph/draw/legend";
import { notesOf } from "../../graph/draw/notes";
import { composeDrawing, type Drawing } from "../../graph/draw/picture";
import type { Graph } from "../../graph/graph";
import { partOf } from "../blocks";
import { blocksOf, type ShapeArchitecture } from "./architecture";
import { downsamplings } from "./choices";
import { describeBlock, describeShape, inWords } from "./describe";
import { shapeOperation, shapeOperations } from "./operations";

/**
 * Draws a shape architecture: its blocks from above to below, with an arc for each residual connection.
 *
 * @param architecture The architecture, a checked one.
 * @param network Its network, whose shapes and parameters stand beside the blocks; null: without.
 */
export async function drawShape(architecture: ShapeArchitecture, network: Graph | null): Promise<Drawing> {
  const boxes = boxesOf(architecture);
  const noteOf = network === null ? null : notesOf(network);
  const column =
    noteOf === null
      ? await renderColumn(boxes, fields)
      : await renderColumn(
          boxes.map((box): ColumnBox => {
            const note = noteOf(...layersOf(box.name));
            return { ...box, texts: [...box.texts, note?.shape ?? "", note?.parameters ?? ""] };
          }),
          [...fields, { width: 84, side: "left" }, { width: 130, side: "right" }],
        );
  const widths = architecture.stages.map(({ width }) => width).join("-");
  const legend = renderLegend(boxes.map(({ family }) => family));
  return composeDrawing([column], `Shape architecture of widths ${widths}`, describeShape(architecture), legend);
}

// How the layers of a box begin in the network: "stage 2, block 1" is `stage2/block1/`, without its sum.
function layersOf(name: string): string[] {
  const [, stage, block] = /stage (\d+)(?:, block (\d+))?$/.exec(name) ?? [];
  if (stage === undefined) return [name];
  if (block === undefined) return [`stage${stage}/maxpool`, `stage${stage}/meanpool`];
  const place = `stage${stage}/block${block}/`;
  // Behind how rows and columns were halved before it, where they were.
  return name.startsWith("sum of")
    ? ["", ...downsamplings.map((halving) => `${partOf(halving)}/`)].map((before) => `${place}${before}sum`)
    : [place];
}

const fields = [
  { width: 118, side: "left", bold: true },
  { width: 300, side: "left" },
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
