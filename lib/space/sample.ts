import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { decode, encode } from "./encode";
import { kindOf, type Architecture } from "./kinds";
import { checkSpace, decisionsOf, type GivenSpace } from "./space";

/**
 * Draws an architecture, all equally likely: the control for every search.
 *
 * @param random The source of chance; one number is drawn for each decision, in their order.
 * @throws {Problem} Where the space is none.
 */
export function sampleArchitecture(space: GivenSpace, random: RandomGenerator): Architecture {
  const checked = checkSpace(space);
  const kind = kindOf(checked, "space");
  return kind.architectureOf(
    checked,
    kind.decisionsOf(checked).map(({ options }) => random.integer(0, options.length - 1)),
  );
}

/**
 * Changes one decision of an architecture to another one that is allowed there: an input, an operation or a skip
 * connection. All places that leave a choice are equally likely, and at a place all other options.
 *
 * @param architecture The architecture, of the space; it stays as it is.
 * @param random The source of chance.
 * @returns An architecture that differs in one number.
 * @throws {Problem} Where the architecture is not of the space, or the only one.
 */
export function mutateArchitecture(
  space: GivenSpace,
  architecture: Architecture,
  random: RandomGenerator,
): Architecture {
  const numbers = encode(space, architecture);
  const open = [...decisionsOf(space).entries()].filter(([, { options }]) => options.length > 1);
  if (open.length === 0)
    throw new Problem(
      "The space has a single architecture, which nothing can be changed of.",
      "Choose a larger space.",
    );
  const [place, { options }] = random.choice(open);
  // One of the others: those from the present one on move up by one.
  const drawn = random.integer(0, options.length - 2);
  numbers[place] = drawn >= numbers[place]! ? drawn + 1 : drawn;
  return decode(space, numbers);
}
