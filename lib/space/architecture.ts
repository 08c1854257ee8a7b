import { closest } from "fastest-levenshtein";

import { Problem } from "../runtime/problem";
import { macroOperations, microOperations, type MacroOperation, type MicroOperation } from "./operations";

/** One of the two things that a node of a cell adds. */
export interface Edge {
  /**
   * Where its input comes from: 0 and 1 are the cell's two inputs, the older first; 2 is the cell's first node, and so on.
   * A node uses only what is there before it.
   */
  readonly input: number;
  /** What is done to it. */
  readonly operation: MicroOperation;
}

/** A node of a cell: the sum of two edges. */
export interface CellNode {
  /** The one side. */
  readonly x: Edge;
  /** The other side; its weights are others, also where input and operation are the same. */
  readonly y: Edge;
}

/** A cell: its nodes in order. Whatever no edge uses, the cell's inputs included, goes into its output. */
export type Cell = readonly CellNode[];

/** A network of the micro space: two cells, repeated. Plain data. */
export interface MicroArchitecture {
  /** Which space. */
  readonly space: "micro";
  /** The cell that keeps rows and columns. */
  readonly normal: Cell;
  /** The cell after which there are half as many; it has as many nodes. */
  readonly reduction: Cell;
}

/** A layer of a network of the macro space. */
export interface MacroLayer {
  /** What is done to the output of the layer before. */
  readonly operation: MacroOperation;
  /**
   * For each output before the direct input, whether it is added: the first is the stem's, the next that of the first
   * layer. As long as the layer's place, counted from 0.
   */
  readonly skips: readonly boolean[];
}

/** A network of the macro space: its layers in order. Plain data. */
export interface MacroArchitecture {
  /** Which space. */
  readonly space: "macro";
  /** Its layers. */
  readonly layers: readonly MacroLayer[];
}

/** A network that a search can find. */
export type Architecture = MicroArchitecture | MacroArchitecture;

/**
 * Checks that an architecture is one.
 *
 * @param architecture The architecture, of a file for example.
 * @returns The same.
 * @throws {Problem} Where it is none; names the value, its place and what is allowed.
 */
export function checkArchitecture(architecture: Architecture): Architecture {
  if (architecture.space === "micro") {
    const { normal, reduction } = architecture;
    checkCell("normal", normal);
    checkCell("reduction", reduction);
    if (normal.length !== reduction.length) {
      throw new Problem(
        `The normal cell has ${normal.length} nodes and the reduction cell ${reduction.length}, expected as many.`,
        "Give cells of one size.",
      );
    }
    return architecture;
  }
  const { space, layers } = architecture as Partial<MacroArchitecture>;
  if (space !== "macro")
    throw new Problem(`The space is "${String(space)}", expected "micro" or "macro".`, "Correct it.");
  if (!Array.isArray(layers) || layers.length === 0)
    throw new Problem("A macro architecture has no layers.", "Give at least one.");
  (layers as MacroLayer[]).forEach(({ operation, skips }, layer) => {
    checkOperation(operation, macroOperations, `layer ${layer}`);
    if (skips.length !== layer || skips.some((skip) => typeof skip !== "boolean")) {
      throw new Problem(
        `Layer ${layer} has ${skips.length} skip connections (${skips.join(", ")}), expected ${layer} times true or false.`,
        "Give one for the stem and for each layer but the one before.",
      );
    }
  });
  return architecture;
}

function checkCell(name: string, cell: Cell): void {
  // A file may lack it altogether.
  if (((cell as Cell | undefined)?.length ?? 0) === 0)
    throw new Problem(`The ${name} cell has no nodes.`, "Give at least one.");
  cell.forEach((node, index) => {
    for (const side of ["x", "y"] as const) {
      const { input, operation } = node[side];
      const place = `side ${side} of node ${index + 2} in the ${name} cell`;
      if (!Number.isInteger(input) || input < 0 || input > index + 1) {
        throw new Problem(
          `The input of ${place} is ${input}, expected 0 to ${index + 1}.`,
          "A node uses what is there before it.",
        );
      }
      checkOperation(operation, microOperations, place);
    }
  });
}

function checkOperation(operation: string, known: readonly string[], place: string): void {
  if (known.includes(operation)) return;
  throw new Problem(
    `The operation of ${place} is "${operation}", expected one of ${known.join(", ")}.`,
    `Did you mean "${closest(operation, [...known])}"?`,
  );
}

/**
 * Finds what no edge of a cell uses: it makes the cell's output.
 *
 * @param cell The cell.
 * @returns Places as edges name them: 0 and 1 for the cell's inputs, then its nodes; in order, at least one.
 */
export function looseEndsOf(cell: Cell): number[] {
  const used = new Set(cell.flatMap(({ x, y }) => [x.input, y.input]));
  return Array.from({ length: cell.length + 2 }, (_, place) => place).filter((place) => !used.has(place));
}
