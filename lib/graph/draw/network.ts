import * as v from "valibot";

import { formatCell } from "../../display/table";
import { flag, nullable, oneOf, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { costOf, costsOfLayers, sumCosts, type LayerCost } from "../cost";
import { describeContents } from "../describe-layer";
import { withoutAuxiliary, type Graph } from "../graph";
import { groupNodes, type Group } from "../groups";
import { formatShape } from "../summary";
import { renderColumn, type ColumnBox } from "./column";
import { familyOfLayer, type Family } from "./families";
import { renderLayers } from "./layers";
import { renderLegend } from "./legend";
import { composeDrawing, type Drawing } from "./picture";

const drawNetworkOptions = v.strictObject({
  /**
   * What a box is: a block, which holds the layers whose names begin alike, or a layer with the normalisation and
   * activation that belong to it. Default: `blocks`.
   */
  detail: v.optional(oneOf(["blocks", "layers"]), "blocks"),
  /**
   * How many parts of the layers' names make a block, from 1. Default: null, which is 1 or 2, whichever can be read better.
   */
  parts: v.optional(nullable(wholeNumber({ from: 1 })), null),
  /** Whether the auxiliary head is drawn, which is there for training alone; default: no. */
  auxiliary: v.optional(flag(), false),
});

/**
 * How a network is drawn.
 *
 * @interface
 */
export type DrawNetworkOptions = v.InferInput<typeof drawNetworkOptions>;

/**
 * Draws a network from above to below. Blocks stand in one column, each with what is in it, the shape of what it gives and
 * how many parameters it has; connections that skip blocks are arcs. The colour is that of the family of operations with
 * the most multiplications. Layers stand as they are wired, the blocks after each other like words on a page; what a block
 * takes from others is dashed.
 *
 * @param graph The network.
 * @param options How to draw it.
 * @returns The drawing, for `showDrawing` or a file.
 * @throws {Problem} Where an option has a value that is not allowed, or there are too many layers to draw each.
 */
export async function drawNetwork(graph: Graph, options: DrawNetworkOptions = {}): Promise<Drawing> {
  const { detail, parts, auxiliary } = checkOptions("drawNetwork", drawNetworkOptions, options);
  const shown = auxiliary ? graph : withoutAuxiliary(graph);
  const groups = groupNodes(shown, parts ?? (detail === "blocks" ? chooseBlocksOf(shown) : chooseFramesOf(shown)));
  const boxes = boxesOf(shown, groups);
  const drawn = detail === "blocks" ? [await renderColumn(boxes, fields)] : await renderLayers(shown, groups);
  const families =
    detail === "blocks" ? boxes.map(({ family }) => family) : shown.nodes.map(({ layer }) => familyOfLayer(layer));
  const { trainable, multiplyAdds } = costOf(shown, { auxiliary: true });
  const title = `${graph.name}: ${formatCell(trainable)} parameters, ${formatCell(multiplyAdds)} multiply-adds`;
  return composeDrawing(drawn, title, boxes.map(describeBox).join("\n"), renderLegend(families));
}

/**
 * Makes the column of a network's stages: what stands beside a found cell.
 *
 * @param graph The network.
 * @param textOf What is in a stage, by its name; null leaves it to its layers.
 * @returns The boxes, for {@link renderColumn} with {@link stageFields}.
 */
export function stagesOf(graph: Graph, textOf: (stage: string) => string | null): ColumnBox[] {
  const shown = withoutAuxiliary(graph);
  return boxesOf(shown, groupNodes(shown, 1)).map((box) => {
    const [name, contents, ...notes] = box.texts;
    const note = notes.filter((text) => text !== "").map((text) => text.replaceAll(" ", "\u00a0"));
    return { ...box, texts: [name!, textOf(box.name) ?? contents!, note.join("\n")] };
  });
}

/** The fields of {@link stagesOf}, narrow enough to stand beside a cell. */
export const stageFields = [
  { width: 60, side: "left", bold: true },
  { width: 104, side: "left" },
  { width: 124, side: "left" },
] as const;

function boxesOf(graph: Graph, groups: readonly Group[]): ColumnBox[] {
  const costs = new Map(costsOfLayers(graph, { auxiliary: true }).map((cost) => [cost.node.name, cost]));
  return groups.map((group) => boxOf(group, costs));
}

function describeBox({ texts, inputs }: ColumnBox): string {
  const said = texts.filter((text) => text !== "").map((text) => text.replaceAll("\u00a0", " "));
  return [...said, ...(inputs.length > 0 ? [`from ${inputs.join(" and ")}`] : [])].join(", ");
}

/** A picture with fewer boxes tells too little of a network; one with more is too long to be taken in. */
const [fewBoxes, manyBoxes] = [12, 40];

function chooseBlocksOf(graph: Graph): number {
  const [one, two] = [groupNodes(graph, 1).length, groupNodes(graph, 2).length];
  return one < fewBoxes && two <= manyBoxes ? 2 : 1;
}

/** A layer of a found network of the micro space has nearly as many; dense blocks have more. */
const manyInFrame = 120;

function chooseFramesOf(graph: Graph): number {
  return groupNodes(graph, 1).some(({ nodes }) => nodes.length > manyInFrame) ? 2 : 1;
}

const fields = [
  { width: 128, side: "left", bold: true },
  { width: 300, side: "left" },
  { width: 84, side: "left" },
  { width: 150, side: "right" },
] as const;

function boxOf({ name, nodes, inputs, shape }: Group, costs: ReadonlyMap<string, LayerCost>): ColumnBox {
  const own = nodes.map((node) => costs.get(node.name)!);
  const { trainable } = sumCosts(own);
  const contents = describeContents(nodes.map(({ layer }) => layer));
  return {
    name,
    texts: [
      name,
      // Lines break between what is in it.
      contents === name ? "" : contents.replace(/(?<!;) /g, "\u00a0"),
      formatShape(shape),
      trainable > 0 ? `${formatCell(trainable)} parameters` : "",
    ],
    family: dominantFamilyOf(own),
    inputs,
  };
}

function dominantFamilyOf(costs: readonly LayerCost[]): Family {
  const depthwise = new Set(costs.filter(({ node }) => node.layer.kind === "depthwise convolution").map(nameOf));
  const sums = new Map<Family, number>();
  for (const { node, multiplyAdds } of costs) {
    // A separable convolution is a depthwise one and the 1×1 convolution on it.
    const family = node.inputs.some((input) => depthwise.has(input))
      ? "separable convolution"
      : familyOfLayer(node.layer);
    sums.set(family, (sums.get(family) ?? 0) + multiplyAdds);
  }
  const [first] = [...sums].sort(
    ([one, most], [other, more]) => more - most || Number(one === "other") - Number(other === "other"),
  );
  return first![0];
}

const nameOf = ({ node }: LayerCost) => node.name;
