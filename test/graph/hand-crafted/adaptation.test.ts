import { deepEqual, equal, match, ok } from "node:assert/strict";

import { sayAdaptation, smallestSide, sparedHalvings } from "../../../lib/graph/hand-crafted/adaptation";
import { square } from "./count";

/** Halves as windows with stride 2 and padding `same` do. */
function halve(side: number, times: number): number {
  return times === 0 ? side : halve(Math.ceil(side / 2), times - 1);
}

describe("sparedHalvings(size, halvings)", () => {
  it("spares as few as leave 4 pixels", () => {
    for (const halvings of [4, 5]) {
      for (let side = smallestSide; side <= 300; side++) {
        const spared = sparedHalvings(square(side), halvings);
        ok(halve(side, halvings - spared) >= 4, `${side} pixels`);
        ok(spared === 0 || halve(side, halvings - spared + 1) < 4, `${side} pixels`);
      }
    }
  });

  it("changes below 97 and 49 pixels for five halvings, below 49 for four", () => {
    const at = (halvings: number) => [224, 97, 96, 49, 48, 28].map((side) => sparedHalvings(square(side), halvings));
    deepEqual(at(5), [0, 0, 1, 1, 2, 2]);
    deepEqual(at(4), [0, 0, 0, 0, 1, 1]);
  });

  it("goes by the shorter side", () => {
    equal(sparedHalvings({ height: 224, width: 64, channels: 1 }, 5), 1);
    equal(sparedHalvings({ height: 32, width: 224, channels: 1 }, 5), 2);
  });

  it("spares all of them, and no more, for a single pixel", () => {
    equal(sparedHalvings(square(1), 5), 5);
  });
});

describe("sayAdaptation(first, second)", () => {
  it("says what changes from which size on", () => {
    match(
      sayAdaptation("the stem is halved", "the pool goes"),
      /from 97 pixels .*; below, the stem is halved; below 49, the pool goes\./,
    );
  });
});
