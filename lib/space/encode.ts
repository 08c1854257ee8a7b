import { createHash } from "node:crypto";

import { Problem } from "../runtime/problem";
import { checkArchitecture, type Architecture, type Cell, type CellNode, type MacroLayer } from "./architecture";
import { macroOperations, microOperations } from "./operations";

/**
 * Writes an architecture as whole numbers, as the authors of ENAS do. Micro: for each node input x, operation x, input y,
 * operation y; the normal cell, then the reduction cell. Macro: for each layer the operation, then a 0 or 1 for each skip
 * connection.
 *
 * @param architecture The architecture.
 * @returns The numbers: 8 a node in the micro space, layers + layers · (layers - 1) / 2 in the macro space.
 */
export function encode(architecture: Architecture): number[] {
  if (architecture.space === "macro") {
    return architecture.layers.flatMap(({ operation, skips }) => [
      macroOperations.indexOf(operation),
      ...skips.map(Number),
    ]);
  }
  const numbers = (cell: Cell) =>
    cell.flatMap(({ x, y }) => [
      x.input,
      microOperations.indexOf(x.operation),
      y.input,
      microOperations.indexOf(y.operation),
    ]);
  return [...numbers(architecture.normal), ...numbers(architecture.reduction)];
}

/**
 * Reads an architecture from whole numbers; see {@link encode}. How many nodes or layers it has follows from how many
 * numbers there are.
 *
 * @param space The space.
 * @param numbers The numbers, or a text in which they stand apart by spaces or commas.
 * @returns The architecture.
 * @throws {Problem} Where there are too few or too many numbers, or one is not allowed where it stands.
 */
export function decode(space: Architecture["space"], numbers: readonly number[] | string): Architecture {
  const list = typeof numbers === "string" ? parse(numbers) : numbers;
  return checkArchitecture(space === "micro" ? decodeMicro(list) : decodeMacro(list));
}

function decodeMicro(list: readonly number[]): Architecture {
  if (list.length === 0 || list.length % 8 !== 0) {
    throw new Problem(
      `A micro architecture has ${list.length} numbers, expected 8 for each node: 40 for cells of 5 nodes.`,
      "Give input, operation, input, operation for each node of the normal cell, then of the reduction cell.",
    );
  }
  const half = list.length / 2;
  const cellAt = (start: number): Cell =>
    Array.from({ length: half / 4 }, (_, node): CellNode => {
      const side = (offset: number) => {
        const place = start + node * 4 + offset;
        return { input: list[place]!, operation: operationAt(list, place + 1, microOperations) };
      };
      return { x: side(0), y: side(2) };
    });
  return { space: "micro", normal: cellAt(0), reduction: cellAt(half) };
}

function decodeMacro(list: readonly number[]): Architecture {
  const layers: MacroLayer[] = [];
  for (let place = 0; place < list.length; place += layers.length) {
    const skips = list.slice(place + 1, place + 1 + layers.length);
    const bad = skips.findIndex((skip) => skip !== 0 && skip !== 1);
    if (bad >= 0) {
      throw new Problem(
        `Number ${place + 1 + bad} of a macro architecture, skip connection ${bad} of layer ${layers.length}, is ${skips[bad]!}, expected 0 or 1.`,
        "Correct it.",
      );
    }
    if (skips.length < layers.length) {
      throw new Problem(
        `A macro architecture has ${list.length} numbers: layer ${layers.length} has ${skips.length} of its ${layers.length} skip connections.`,
        "Give an operation and a 0 or 1 for each skip connection: 1, 3, 6, 10, 15 and so on numbers in all.",
      );
    }
    layers.push({ operation: operationAt(list, place, macroOperations), skips: skips.map(Boolean) });
  }
  return { space: "macro", layers };
}

function operationAt<Operation>(list: readonly number[], place: number, operations: readonly Operation[]): Operation {
  const operation = operations[list[place]!];
  if (operation !== undefined) return operation;
  throw new Problem(
    `Number ${place} of an architecture, an operation, is ${list[place]!}, expected 0 to ${operations.length - 1}.`,
    `They are ${operations.map((name, code) => `${code} ${String(name)}`).join(", ")}.`,
  );
}

function parse(text: string): number[] {
  const words = text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== "");
  const bad = words.find((word) => !/^\d+$/.test(word));
  if (bad !== undefined)
    throw new Problem(`An architecture holds "${bad}", expected whole numbers.`, "Put spaces or commas between them.");
  return words.map(Number);
}

/**
 * Names an architecture by a hash: the same for the same architecture, on every machine.
 *
 * @param architecture The architecture.
 * @returns SHA-256 of its space and its numbers, hexadecimal.
 */
export function hashArchitecture(architecture: Architecture): string {
  return createHash("sha256")
    .update(`${architecture.space} ${encode(architecture).join(" ")}`)
    .digest("hex");
}
