import { renderColumn, type ColumnBox } from "../../graph/draw/column";
import { renderLegend } from "../../graph/draw/legend";
import { notesOf, type PartNote } from "../../graph/draw/notes";
import { composeDrawing, type Drawing } from "../../graph/draw/picture";
import type { Graph } from "../../graph/graph";
import type { MacroArchitecture } from "./architecture";
import { describeMacro, nameOfOutput } from "./describe";
import { macroOperations } from "./operations";

/**
 * Draws a macro architecture: its layers from above to below, with an arc for each skip connection.
 *
 * @param architecture The architecture, a checked one.
 * @param network Its network: stem, head, and where rows and columns halve are drawn too, with shapes and parameters; null: without.
 */
export async function drawMacro(architecture: MacroArchitecture, network: Graph | null): Promise<Drawing> {
  const { length } = architecture.layers;
  const boxes = network === null ? layersOf(architecture) : wholeOf(architecture, network);
  const column = await renderColumn(boxes, network === null ? fields : [...fields, ...noteFields]);
  const title = `Macro architecture of ${length} ${length === 1 ? "layer" : "layers"}`;
  const legend = renderLegend(boxes.map(({ family }) => family));
  return composeDrawing([column], title, describeMacro(architecture), legend);
}

const fields = [
  { width: 72, side: "left", bold: true },
  { width: 130, side: "left" },
] as const;

const noteFields = [
  { width: 84, side: "left" },
  { width: 130, side: "right" },
] as const;

function layersOf({ layers }: MacroArchitecture): ColumnBox[] {
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

function wholeOf(architecture: MacroArchitecture, network: Graph): ColumnBox[] {
  const noteOf = notesOf(network);
  const noted = (box: ColumnBox, note: PartNote | null): ColumnBox => ({
    ...box,
    texts: [...box.texts, note?.shape ?? "", note?.parameters ?? ""],
  });
  const boxes: ColumnBox[] = [
    noted({ name: "input", texts: ["input", "image"], family: "other", inputs: [] }, noteOf("input")),
  ];
  for (const [place, box] of layersOf(architecture).entries()) {
    const before = boxes.at(-1)!.name;
    const isStem = place === 0;
    const drawn: ColumnBox = isStem
      ? { ...box, texts: ["stem", "convolution"], family: "convolution", inputs: [before] }
      : { ...box, inputs: [before, ...box.inputs.slice(1)] };
    boxes.push(noted(drawn, noteOf(isStem ? "stem" : `layer${place - 1}/`)));
    const halving = place - 1 === firstHalving(architecture) ? 0 : place - 1 === secondHalving(architecture) ? 1 : null;
    if (halving === null || isStem) continue;
    const name = `halving ${halving + 1}`;
    const text = "of all outputs that later layers take";
    boxes.push(noted({ name, texts: [name, text], family: "other", inputs: [box.name] }, noteOf(`pool${halving}/`)));
  }
  const last = boxes.at(-1)!.name;
  return [
    ...boxes,
    noted(
      { name: "head", texts: ["head", "mean over the image, dense"], family: "dense", inputs: [last] },
      noteOf("head"),
    ),
  ];
}

const firstHalving = ({ layers }: MacroArchitecture) => Math.floor(layers.length / 3) - 1;
const secondHalving = ({ layers }: MacroArchitecture) => 2 * Math.floor(layers.length / 3) - 1;
