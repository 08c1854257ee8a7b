import type { Graph, GraphNode } from "../graph/graph";
import { withoutAuxiliary } from "../graph/graph";
import { layers, type Layer } from "../graph/layer";
import { outputShapeOf } from "../graph/shapes";
import { Problem } from "../runtime/problem";

/** What a network is to tell beside the class, while it learns. */
export interface TargetHeads {
  /** Whether it tells where the lesion is. */
  readonly outline: boolean;
  /** How many BI-RADS categories it tells apart; 0: none. */
  readonly birads: number;
  /** How many kinds of tissue it tells apart; 0: none. */
  readonly histology: number;
}

/** Where the logits of each head stand in those of the auxiliary output, one behind the other. */
export interface HeadedGraph {
  readonly graph: Graph;
  /** Logits of the network's own auxiliary head, which come first: 2, or 0 without one. */
  readonly own: number;
  /** Rows and columns of the outline; null where it is not told. */
  readonly outline: readonly [rows: number, columns: number] | null;
  readonly birads: number;
  readonly histology: number;
}

/** The outline is told on the last features that have at least this share of the image's rows. */
const coarsest = 1 / 8;

/**
 * Adds small heads to a network, which are there for training alone: a convolution of one pixel that tells of each place of the last
 * features of an eighth of the image's size whether it is lesion, and dense layers on the mean of the last features.
 *
 * @param graph The network; it stays as it is.
 * @returns The network with one auxiliary output, the logits of all heads in a row.
 * @throws {Problem} Where it has no features with rows and columns.
 */
export function addTargetHeads(graph: Graph, heads: TargetHeads): HeadedGraph {
  const needed = new Set(withoutAuxiliary(graph).nodes.map(({ name }) => name));
  const images = graph.nodes.filter(
    ({ name, shape, layer }) => shape.length === 3 && layer.kind !== "input" && needed.has(name),
  );
  const [rows] = graph.nodes[0]!.shape as [number, number, number];
  const last = images.at(-1);
  const fine = images.filter(({ shape }) => shape[0]! >= Math.max(2, Math.ceil(rows * coarsest))).at(-1);
  if (last === undefined || fine === undefined) {
    throw new Problem(
      `${graph.name} has no features with rows and columns that could tell more than the class.`,
      "Train it without targets.",
    );
  }
  const nodes: GraphNode[] = [...graph.nodes];
  const add = (name: string, layer: Layer, ...inputs: readonly GraphNode[]): GraphNode => {
    const shape = outputShapeOf(
      layer,
      inputs.map((input) => input.shape),
      `${name} of ${graph.name}`,
    );
    const node = { name: `targets/${name}`, layer, inputs: inputs.map((input) => input.name), shape };
    nodes.push(node);
    return node;
  };
  const outline = heads.outline
    ? add(
        "outline/row",
        layers.flatten(),
        add("outline/places", layers.convolution({ filters: 1, size: 1, bias: true }), fine),
      )
    : null;
  const mean = heads.birads + heads.histology > 0 ? add("mean", layers.globalAveragePool(), last) : null;
  const telling = (name: "birads" | "histology") =>
    heads[name] === 0 ? [] : [add(name, layers.dense({ units: heads[name] }), mean!)];
  const own = graph.nodes.filter(({ name }) => name === graph.auxiliary);
  const all = [...own, ...(outline === null ? [] : [outline]), ...telling("birads"), ...telling("histology")];
  const auxiliary = all.length === 1 ? all[0]! : add("all", layers.concatenate(), ...all);
  return {
    graph: { ...graph, nodes, auxiliary: auxiliary.name },
    own: own[0]?.shape[0] ?? 0,
    outline: heads.outline ? [fine.shape[0]!, fine.shape[1]!] : null,
    ...{ birads: heads.birads, histology: heads.histology },
  };
}
