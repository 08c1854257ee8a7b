import { Problem } from "../../runtime/problem";
import { describeLayer, isFollower } from "../describe-layer";
import type { Graph, GraphNode } from "../graph";
import type { Group } from "../groups";
import type { Layer } from "../layer";
import { formatShape } from "../summary";
import { familyColors, familyOfLayer } from "./families";
import { plain, renderDiagram, type DrawingPart } from "./picture";

/** The picture is many pages long already. */
const mostBoxes = 1000;

/**
 * Draws each layer of a network with the normalisation and the activation that belong to it: for each group a part, from
 * above to below.
 *
 * @param graph The network.
 * @returns The parts of a picture, in the order of the groups.
 * @throws {Problem} Where there would be more than 1000 boxes.
 */
export async function renderLayers(graph: Graph, groups: readonly Group[]): Promise<DrawingPart[]> {
  const chains = chainLayers(graph, groups);
  if (chains.length > mostBoxes) {
    throw new Problem(
      `The drawing of ${graph.name} would have ${chains.length} layers, and more than ${mostBoxes} cannot be read.`,
      'Draw it with detail: "blocks", or build it with fewer layers or cells.',
    );
  }
  const boxOf = new Map(chains.flatMap((chain) => chain.map(({ name }) => [name, chain[0]!.name])));
  const groupOf = new Map(groups.flatMap(({ name, nodes }) => nodes.map((node) => [node.name, name])));
  const parts: DrawingPart[] = [];
  for (const { name, inputs } of groups) {
    const own = chains.filter(([first]) => groupOf.get(first!.name) === name);
    const others = inputs.map((input) => ({ name: `from ${input}`, attributes: { label: plain(input), ...outside } }));
    const edges = own.flatMap(([first]) =>
      first!.inputs.map((input) => {
        const from = groupOf.get(input)!;
        return { tail: from === name ? boxOf.get(input)! : `from ${from}`, head: first!.name };
      }),
    );
    parts.push(
      await renderDiagram({
        graphAttributes: { label: plain(name), labelloc: "t", fontsize: 13, nodesep: 0.12, ranksep: 0.2 },
        nodes: [...others, ...own.map((chain) => ({ name: chain[0]!.name, attributes: attributesOf(chain) }))],
        edges,
      }),
    );
  }
  return parts;
}

const outside = { color: "#AAAAAA", fontcolor: "#777777", style: "dashed,rounded", height: 0.28, width: 0.9 };

// Puts layers that only follow others into one box with the layer that they belong to: a convolution, its normalisation and
// its activation; an activation and the convolution after it. A box does not reach over the edge of a group.
function chainLayers(graph: Graph, groups: readonly Group[]): GraphNode[][] {
  const groupOf = new Map(groups.flatMap((group) => group.nodes.map((node) => [node.name, group.name])));
  const uses = new Map<string, number>();
  for (const input of graph.nodes.flatMap(({ inputs }) => inputs)) uses.set(input, (uses.get(input) ?? 0) + 1);
  const chains = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const [input] = node.inputs;
    const before = node.inputs.length === 1 && uses.get(input!) === 1 ? chains.get(input!)! : [];
    const isOpen = before.length > 0 && groupOf.get(input!) === groupOf.get(node.name);
    const fits = isFollower(node.layer) || before.every(({ layer }) => isFollower(layer));
    if (isOpen && fits) before.push(node);
    chains.set(node.name, isOpen && fits ? before : [node]);
  }
  return [...new Set(chains.values())];
}

function attributesOf(chain: readonly GraphNode[]) {
  const main = chain.find(({ layer }) => !isFollower(layer)) ?? chain[0]!;
  const place = chain.indexOf(main);
  const words = (nodes: readonly GraphNode[]) => nodes.map(({ layer }) => shortName(layer)).join(", ");
  const lines = [
    words(chain.slice(0, place)),
    describeLayer(main.layer)
      .replace("depthwise convolution", "depthwise")
      .replace(/ (?=\d)/, "\n"),
    words(chain.slice(place + 1)),
    formatShape(chain.at(-1)!.shape),
  ];
  return {
    label: plain(lines.filter((line) => line !== "").join("\n")),
    fillcolor: familyColors[familyOfLayer(main.layer)],
    style: "filled",
    margin: "0.13,0.04",
    height: 0.3,
    width: 1,
  };
}

const shortName = (layer: Layer) => (layer.kind.endsWith("normalisation") ? "norm" : describeLayer(layer));
