import { Problem } from "../../runtime/problem";
import { checkOperation, checkSizedSpace, type SpaceParts } from "../check-space";
import { microOperations, publishedMicroOperations, type MicroOperation } from "./operations";

/** The micro space of one size, with the operations that its cells may have. Plain data. */
export interface MicroSpace extends SpaceParts {
  readonly kind: "micro";
  /** Nodes of a cell, from 1; published: 5. */
  readonly nodes: number;
  /** The operations; published: five, see `microOperations`. */
  readonly operations: readonly MicroOperation[];
}

/** A micro space of which the version and the operations may be left out. */
export type GivenMicroSpace = Pick<MicroSpace, "kind" | "nodes"> & Partial<MicroSpace>;

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
  /** Which kind. */
  readonly kind: "micro";
  /** The cell that keeps rows and columns. */
  readonly normal: Cell;
  /** The cell after which there are half as many; it has as many nodes. */
  readonly reduction: Cell;
}

/**
 * Fills in what is not given of a micro space and checks it.
 *
 * @param given What is given.
 * @throws {Problem} Where it is none.
 */
export function checkMicroSpace(given: object): MicroSpace {
  return checkSizedSpace<MicroSpace>(given, "nodes", Object.keys(microOperations), publishedMicroOperations);
}

/**
 * Checks that a micro architecture is one.
 *
 * @param architecture The architecture, of a file for example.
 * @returns The same.
 * @throws {Problem} Where it is none; names the value, its place and what is allowed.
 */
export function checkMicro(architecture: MicroArchitecture): MicroArchitecture {
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
      checkOperation(operation, Object.keys(microOperations), place);
    }
  });
}

/**
 * Finds what no edge of a cell uses: it makes the cell's output.
 *
 * @returns Places as edges name them: 0 and 1 for the cell's inputs, then its nodes; in order, at least one.
 */
export function looseEndsOf(cell: Cell): number[] {
  const used = new Set(cell.flatMap(({ x, y }) => [x.input, y.input]));
  return Array.from({ length: cell.length + 2 }, (_, place) => place).filter((place) => !used.has(place));
}
