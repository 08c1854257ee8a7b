import { deepEqual, equal, match, throws } from "node:assert/strict";

import { chooseSure, sureByDefault } from "../../lib/segment/choose-sure";
import type { OutlineRow } from "../../lib/segment/outline-rows";
import { rowOf } from "./helpers";

/** An outline of which the network expects so much, and whose box is right or not. */
function row(id: number, expectedDice: number, right: boolean): OutlineRow {
  const one = rowOf(`i${id}`, 0.8, { expectedDice });
  return { ...one, agreement: { ...one.agreement!, boxIntersectionOverUnion: right ? 0.5 : 0.49 } };
}

describe("chooseSure(rows, whose)", () => {
  it("takes the least expected Dice at which 90 % of the boxes are right", () => {
    // From .61 on each twentieth is wrong; below, every second one.
    const sure = Array.from({ length: 60 }, (_, place) => row(place, 0.61 + place / 200, place % 20 !== 19));
    const unsure = Array.from({ length: 20 }, (_, place) => row(100 + place, 0.3 + place / 100, place % 2 === 0));
    const chosen = chooseSure([...unsure, ...sure], "other folds");
    equal(chosen.expectedDice, 0.61);
    equal(
      chosen.origin,
      "the least at which 90 % of the boxes have an IoU of .5 or more with the expert's, on 80 images of other folds: from there on 57 of 60 have, below 10 of 20",
    );
    // The order of the rows says nothing.
    deepEqual(chooseSure([...sure, ...unsure].reverse(), "other folds"), chosen);
  });

  it("does not count outlines as sure because nearly all others are right", () => {
    const good = Array.from({ length: 1000 }, (_, place) => row(place, 0.9 + place / 20_000, true));
    const bad = Array.from({ length: 40 }, (_, place) => row(2000 + place, 0.4 + place / 200, place % 2 === 0));
    equal(chooseSure([...bad, ...good], "other folds").expectedDice, 0.9);
  });

  it("takes images of which the same is expected together", () => {
    const rows = Array.from({ length: 60 }, (_, place) => row(place, place < 30 ? 0.9 : 0.7, place < 45));
    equal(chooseSure(rows, "others").expectedDice, 0.9);
  });

  it("counts none as sure where no value is good enough, and says so", () => {
    const rows = Array.from({ length: 50 }, (_, place) => row(place, place / 100, false));
    const { expectedDice, origin } = chooseSure(rows, "others");
    equal(expectedDice, 1);
    match(origin, /nothing that is expected has 90 % of the boxes of 50 images of others right/);
  });

  it("chooses by no image without an expert's mask, and by none at all where there are fewer than 40", () => {
    const bare = Array.from({ length: 50 }, (_, place) => rowOf(`i${place}`, 0.8, { agreement: null }));
    deepEqual(chooseSure(bare, "others"), sureByDefault);
    deepEqual(
      chooseSure(
        Array.from({ length: 39 }, (_, place) => row(place, 0.5, true)),
        "others",
      ),
      sureByDefault,
    );
    throws(() => chooseSure([row(1, 0.5, true), row(1, 0.6, true)], "others"), { name: "Problem", message: /twice/ });
  });
});
