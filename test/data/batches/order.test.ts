import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";

import { orderBalanced, orderOnce } from "../../../lib/data/batches/order";
import { createRandom } from "../../../lib/runtime/random";

const places = [4, 8, 15, 16, 23, 42];

describe("orderOnce(places, random)", () => {
  it("takes every image once, in order or shuffled", () => {
    deepEqual(
      orderOnce(places, null).map(({ place }) => place),
      places,
    );
    const shuffled = orderOnce(places, createRandom(1));
    notDeepEqual(
      shuffled.map(({ place }) => place),
      places,
    );
    deepEqual(
      shuffled.map(({ place }) => place).sort((one, other) => one - other),
      places,
    );
    ok(shuffled.every(({ repeat }) => repeat === 0));
  });
});

describe("orderBalanced(classes, random)", () => {
  const benign = Array.from({ length: 10 }, (_, place) => place);
  const malignant = [100, 101, 102];

  for (const classes of [
    [benign, malignant],
    [malignant, benign],
  ] as const) {
    it(`takes turns between ${classes[0].length} and ${classes[1].length} images`, () => {
      const turns = orderBalanced(classes, createRandom(1));
      equal(turns.length, 20);
      for (const [turn, { place }] of turns.entries()) equal(classes[turn % 2]!.includes(place), true);
    });
  }

  it("takes the larger class once, and repeats the smaller evenly", () => {
    const turns = orderBalanced([benign, malignant], createRandom(2));
    const own = turns.filter(({ place }) => place < 100);
    deepEqual(
      own.map(({ place }) => place).sort((one, other) => one - other),
      benign,
    );
    const counts = malignant.map((image) => turns.filter(({ place }) => place === image).length);
    deepEqual(counts.sort(), [3, 3, 4]);
  });

  it("numbers repeats, so that each can be varied in its own way", () => {
    const turns = orderBalanced([benign, malignant], createRandom(2));
    equal(new Set(turns.map(({ place, repeat }) => `${place} ${repeat}`)).size, 20);
    deepEqual(
      turns.filter(({ place }) => place >= 100).map(({ repeat }) => repeat),
      [0, 0, 0, 1, 1, 1, 2, 2, 2, 3],
    );
  });

  it("keeps the order within each class where there is no chance", () => {
    deepEqual(
      orderBalanced([[1, 2, 3], [7]], null).map(({ place }) => place),
      [1, 7, 2, 7, 3, 7],
    );
  });
});
