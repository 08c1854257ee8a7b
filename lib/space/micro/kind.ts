import type { Decision, SpaceKind } from "../kind";
import {
  checkMicro,
  checkMicroSpace,
  type Cell,
  type CellNode,
  type MicroArchitecture,
  type MicroSpace,
} from "./architecture";
import { buildMicro } from "./build";
import { describeMicro, nameOf } from "./describe";
import { drawMicro } from "./draw";
import { microOperations, type MicroOperation } from "./operations";
import { checkMicroSettings, type MicroSettings } from "./settings";

/** The micro space, which searches for two cells (Pham and others, 2018, section 2.4). */
export const microKind: SpaceKind<MicroSpace, MicroArchitecture, MicroSettings> = {
  operations: microOperations,
  operationsOf: ({ operations }) => operations,
  groupsOf: () => [
    "normal cell, operation",
    "normal cell, input",
    "reduction cell, operation",
    "reduction cell, input",
  ],
  checkSpace: checkMicroSpace,
  titleOf: ({ nodes }) => `the micro space with cells of ${nodes} ${nodes === 1 ? "node" : "nodes"}`,
  wholeSpaceOf: ({ normal }) => ({
    ...{ kind: "micro", version: 1, nodes: normal.length },
    operations: Object.keys(microOperations) as MicroOperation[],
  }),
  decisionsOf: (space) => ["normal cell", "reduction cell"].flatMap((cell) => decisionsOfCell(cell, space)),
  chosenBy: ({ normal, reduction }) =>
    [...normal, ...reduction].flatMap(({ x, y }) =>
      [x, y].flatMap(({ input, operation }) => [nameOfInput(input), operation]),
    ),
  architectureOf(space, chosen) {
    const cellAt = (start: number): Cell =>
      Array.from({ length: space.nodes }, (_, node): CellNode => {
        const side = (place: number) => ({ input: chosen[place]!, operation: space.operations[chosen[place + 1]!]! });
        return { x: side(start + node * 4), y: side(start + node * 4 + 2) };
      });
    return { kind: "micro", normal: cellAt(0), reduction: cellAt(space.nodes * 4) };
  },
  checkArchitecture: checkMicro,
  describe: describeMicro,
  draw: drawMicro,
  checkSettings: checkMicroSettings,
  build: buildMicro,
  coverWeights,
};

function decisionsOfCell(cell: string, { nodes, operations }: MicroSpace): Decision[] {
  return Array.from({ length: nodes }, (_, index) =>
    ["x", "y"].flatMap((side): Decision[] => {
      const place = `side ${side} of node ${index + 2} in the ${cell}`;
      const inputs = Array.from({ length: index + 2 }, (_, input) => nameOfInput(input));
      return [
        { name: `input of ${place}`, group: `${cell}, input`, options: inputs },
        { name: `operation of ${place}`, group: `${cell}, operation`, options: operations },
      ];
    }),
  ).flat();
}

function nameOfInput(input: number): string {
  return input === 0 ? "input 0 (older)" : input === 1 ? "input 1 (newer)" : nameOf(input);
}

// For each operation with weights and each input, all edges that can have them do. Where all edges take input 0, all others
// are loose ends; where all take input 1, 0 is.
function coverWeights({ nodes, operations }: MicroSpace): MicroArchitecture[] {
  const weighted = operations.filter((operation) => microOperations[operation].hasWeights);
  const inputs = Array.from({ length: nodes + 1 }, (_, input) => input);
  // Where no operation has any, loose ends have.
  return (weighted.length > 0 ? weighted : operations.slice(0, 1)).flatMap((operation) =>
    inputs.map((input): MicroArchitecture => {
      const cell: Cell = inputs.slice(1).map((last) => {
        const edge = { input: Math.min(input, last), operation };
        return { x: edge, y: edge };
      });
      return { kind: "micro", normal: cell, reduction: cell };
    }),
  );
}
