import { deepEqual, ok } from "node:assert/strict";

import { chooseSides, type Arc } from "../../../lib/graph/draw/sides";
import { createRandom } from "../../../lib/runtime/random";

/** Counts arcs of one side that cross, by looking at the order of their ends. */
function crossings(arcs: readonly Arc[], sides: readonly string[]): number {
  return arcs.flatMap((one, index) =>
    arcs.slice(index + 1).filter((other, place) => {
      if (sides[index] !== sides[index + 1 + place]) return false;
      const [first, second] = one.from < other.from ? [one, other] : [other, one];
      return first.from < second.from && second.from < first.to && first.to < second.to;
    }),
  ).length;
}

describe("chooseSides(arcs)", () => {
  it("leaves all on the right where none cross: within each other, after each other, from one box", () => {
    const arcs = [
      { from: 0, to: 6 },
      { from: 1, to: 3 },
      { from: 3, to: 5 },
      { from: 0, to: 3 },
    ];
    deepEqual(chooseSides(arcs), ["right", "right", "right", "right"]);
  });

  it("parts two that cross, and of many lets none cross that could be parted from it alone", () => {
    deepEqual(
      new Set(
        chooseSides([
          { from: 0, to: 2 },
          { from: 1, to: 3 },
        ]),
      ).size,
      2,
    );
    const random = createRandom(5);
    for (let round = 0; round < 50; round++) {
      const arcs = Array.from({ length: 12 }, () => {
        const from = random.integer(0, 10);
        return { from, to: from + 2 + random.integer(0, 8) };
      });
      const sides = chooseSides(arcs);
      ok(
        crossings(arcs, sides) <=
          crossings(
            arcs,
            arcs.map(() => "right"),
          ) /
            2,
      );
      for (const index of arcs.keys()) {
        const moved = sides.map((side, place) => (place === index ? (side === "left" ? "right" : "left") : side));
        ok(crossings(arcs, moved) >= crossings(arcs, sides));
      }
    }
  });
});
