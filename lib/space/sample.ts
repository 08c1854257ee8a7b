import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import type { Architecture, Cell, Edge, MacroArchitecture, MicroArchitecture } from "./architecture";
import { macroOperations, microOperations } from "./operations";

/** The micro space of one size. */
export interface MicroSpace {
  /** Which space. */
  readonly space: "micro";
  /** Nodes of a cell, from 1; published: 5. */
  readonly nodes: number;
}

/** The macro space of one size. */
export interface MacroSpace {
  /** Which space. */
  readonly space: "macro";
  /** Layers, from 1; published: 12. */
  readonly layers: number;
}

/** Which architectures there are. */
export type Space = MicroSpace | MacroSpace;

/**
 * Counts the architectures of a space, two orders of the same sum counting as two, as a search tells them apart.
 *
 * @param space The space.
 * @returns How many: for cells of B nodes the product over nodes of (5 · inputs)², squared for the two cells; for L layers
 *   6^L · 2^(L · (L - 1) / 2).
 * @throws {Problem} Where the size is not a whole number from 1.
 */
export function countArchitectures(space: Space): bigint {
  if (space.space === "macro") {
    const layers = checkSize("layers", space.layers);
    return BigInt(macroOperations.length) ** BigInt(layers) * 2n ** BigInt((layers * (layers - 1)) / 2);
  }
  const nodes = checkSize("nodes", space.nodes);
  const cell = Array.from({ length: nodes }, (_, node) => BigInt(microOperations.length * (node + 2)) ** 2n).reduce(
    (a, b) => a * b,
  );
  return cell ** 2n;
}

/**
 * Draws an architecture, all equally likely: the control for every search.
 *
 * @param space The space.
 * @param random The source of chance.
 * @returns The architecture.
 * @throws {Problem} Where the size is not a whole number from 1.
 */
export function sampleArchitecture(space: Space, random: RandomGenerator): Architecture {
  return space.space === "micro" ? sampleMicro(space.nodes, random) : sampleMacro(space.layers, random);
}

function sampleMicro(nodes: number, random: RandomGenerator): MicroArchitecture {
  checkSize("nodes", nodes);
  const cell = (): Cell =>
    Array.from({ length: nodes }, (_, node) => ({ x: sampleEdge(node, random), y: sampleEdge(node, random) }));
  return { space: "micro", normal: cell(), reduction: cell() };
}

function sampleEdge(node: number, random: RandomGenerator): Edge {
  return { input: random.integer(0, node + 1), operation: random.choice(microOperations) };
}

function sampleMacro(layers: number, random: RandomGenerator): MacroArchitecture {
  checkSize("layers", layers);
  return {
    space: "macro",
    layers: Array.from({ length: layers }, (_, layer) => ({
      operation: random.choice(macroOperations),
      skips: Array.from({ length: layer }, () => random.integer(0, 1) === 1),
    })),
  };
}

function checkSize(name: string, size: number): number {
  if (Number.isInteger(size) && size >= 1) return size;
  throw new Problem(`A space has ${name} = ${size}, expected a whole number from 1.`, "Correct it.");
}
