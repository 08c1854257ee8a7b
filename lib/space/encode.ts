import { createHash } from "node:crypto";

import { Problem } from "../runtime/problem";
import { checkArchitecture } from "./architecture";
import type { Decision } from "./kind";
import { kindOf, type Architecture } from "./kinds";
import { checkSpace, type GivenSpace } from "./space";

/**
 * Writes an architecture as whole numbers, as the authors of ENAS do: for each decision of its space the place among the
 * options. Micro: for each node input x, operation x, input y, operation y; the normal cell, then the reduction cell. Macro:
 * for each layer the operation, then a 0 or 1 for each skip connection. Shape: for each stage width, depth, operation, kernel,
 * residual connection and excitation; then how rows and columns are halved to the second and the third, the stem, the head.
 *
 * @returns The numbers: 8 a node in the micro space, layers + layers · (layers - 1) / 2 in the macro space, 22 in the shape space.
 * @throws {Problem} Where the architecture is none, or not one of the space.
 */
export function encode(space: GivenSpace, architecture: Architecture): number[] {
  const checked = checkSpace(space);
  const kind = kindOf(checked, "space");
  const decisions = kind.decisionsOf(checked);
  const own = kindOf(architecture);
  const chosen = own.chosenBy(checkArchitecture(architecture));
  if (own !== kind || chosen.length !== decisions.length) {
    throw new Problem(
      `An architecture of ${own.titleOf(own.wholeSpaceOf(architecture))} was given, expected one of ${kind.titleOf(checked)}.`,
      "Give it with the space that it comes from.",
    );
  }
  return decisions.map(({ name, options }, place) => {
    const number = options.indexOf(chosen[place]!);
    if (number >= 0) return number;
    throw new Problem(
      `The ${name} is ${chosen[place]!}, which the space does not have: expected one of ${options.join(", ")}.`,
      "Give it with the space that it comes from.",
    );
  });
}

/**
 * Reads an architecture from whole numbers; see {@link encode}.
 *
 * @param numbers The numbers, or a text in which they stand apart by spaces or commas.
 * @throws {Problem} Where there are too few or too many numbers, or one is not allowed where it stands.
 */
export function decode(space: GivenSpace, numbers: readonly number[] | string): Architecture {
  const list = typeof numbers === "string" ? parse(numbers) : numbers;
  const checked = checkSpace(space);
  const kind = kindOf(checked, "space");
  const decisions = kind.decisionsOf(checked);
  if (list.length !== decisions.length) {
    throw new Problem(
      `An architecture has ${list.length} numbers, expected ${decisions.length} for ${kind.titleOf(checked)}: one for each decision.`,
      "Give the space that it comes from, and all numbers in the order of the space's decisions.",
    );
  }
  decisions.forEach((decision, place) => {
    checkNumber(decision, list[place]!, place);
  });
  return kind.architectureOf(checked, list);
}

function checkNumber({ name, options }: Decision, number: number, place: number): void {
  if (Number.isInteger(number) && number >= 0 && number < options.length) return;
  throw new Problem(
    `Number ${place} of an architecture, the ${name}, is ${number}, expected 0 to ${options.length - 1}.`,
    `They are ${options.map((option, code) => `${code} ${option}`).join(", ")}.`,
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
 * Names an architecture by a hash: the same for the same architecture, on every machine and in every space that has it.
 *
 * @returns SHA-256 of its kind and of its numbers among all operations of the kind, hexadecimal.
 * @throws {Problem} Where the architecture is none.
 */
export function hashArchitecture(architecture: Architecture): string {
  const whole = kindOf(architecture).wholeSpaceOf(checkArchitecture(architecture));
  return createHash("sha256")
    .update(`${architecture.kind} ${encode(whole, architecture).join(" ")}`)
    .digest("hex");
}
