import * as v from "valibot";

import { showTable, type TableCell } from "../display/table";
import { flag, nullable, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { costsOfLayers, sumCosts, type LayerCost } from "./cost";
import { describeContents } from "./describe-layer";
import { withoutAuxiliary, type Graph } from "./graph";
import { groupNodes } from "./groups";
import type { Shape } from "./layer";

const summaryOptions = v.strictObject({
  /**
   * How many parts of the layers' names make a group, from 1: 1 for stages, 2 for blocks; null for each layer by itself.
   * Default: 2.
   */
  parts: v.optional(nullable(wholeNumber({ from: 1 })), 2),
  /** Whether the auxiliary head is shown and counted, which is there for training alone; default: no. */
  auxiliary: v.optional(flag(), false),
});

/**
 * How a network is summarised.
 *
 * @interface
 */
export type SummaryOptions = v.InferInput<typeof summaryOptions>;

/**
 * Summarises a network as a table, for `showTable` for example: what there is, the shape of what it gives, the numbers that
 * training changes, the multiplications with a following addition for one image, and where its inputs come from.
 *
 * @param graph The network.
 * @param options How it is summarised.
 * @returns A row for each group of layers, in the network's order, then one for all of them.
 * @throws {Problem} Where `parts` is not a whole number from 1.
 */
export function summariseGraph(graph: Graph, options: SummaryOptions = {}): Record<string, TableCell>[] {
  const { parts, auxiliary } = checkOptions("summariseGraph", summaryOptions, options);
  const shown = auxiliary ? graph : withoutAuxiliary(graph);
  const costs = new Map(costsOfLayers(shown, { auxiliary: true }).map((cost) => [cost.node.name, cost]));
  const groups = parts === null ? shown.nodes.map((node) => ({ ...node, nodes: [node] })) : groupNodes(shown, parts);
  const rows = groups.map(({ name, nodes, inputs, shape }) =>
    rowOf(
      name,
      describeContents(nodes.map(({ layer }) => layer)),
      shape,
      inputs,
      nodes.map((node) => costs.get(node.name)!),
    ),
  );
  const output = shown.nodes.find(({ name }) => name === shown.output)!;
  return [...rows, rowOf("in all", `${shown.nodes.length} layers`, output.shape, [], [...costs.values()])];
}

function rowOf(
  layer: string,
  kind: string,
  shape: Shape,
  inputs: readonly string[],
  costs: LayerCost[],
): Record<string, TableCell> {
  const { trainable, multiplyAdds } = sumCosts(costs);
  return {
    layer,
    kind,
    "output shape": formatShape(shape),
    parameters: trainable,
    "multiply-adds": multiplyAdds,
    inputs: inputs.join(", "),
  };
}

/**
 * Writes the shape of one image's value.
 *
 * @param shape The shape, without the batch.
 * @returns "32×32×64"; "64" for a row of numbers.
 */
export function formatShape(shape: Shape): string {
  return shape.join("×");
}

/**
 * Shows the summary of a network below the running cell, all rows of it; in a terminal, prints it.
 *
 * @param graph The network.
 * @param options How it is summarised.
 * @throws {Problem} Where `parts` is not a whole number from 1.
 */
export function showSummary(graph: Graph, options: SummaryOptions = {}): void {
  const rows = summariseGraph(graph, options);
  showTable(rows, { caption: graph.name, rows: rows.length });
}
