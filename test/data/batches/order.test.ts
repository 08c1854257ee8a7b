import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";

import { orderBalanced, orderOfShare, orderOnce } from "../../../lib/data/batches/order";
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

describe("orderOfShare(classes, share, random)", () => {
  const benign = Array.from({ length: 14 }, (_, place) => place);
  const malignant = [100, 101, 102, 103, 104, 105];
  const classes = [benign, malignant] as const;
  const countsOf = (share: number, places: readonly number[], seed = 1) => {
    const turns = orderOfShare(classes, share, createRandom(seed));
    return places.map((image) => turns.filter(({ place }) => place === image).length);
  };
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

  it("gives an epoch of the same length the stated share, to the nearest image", () => {
    for (const share of [0.1, 0.35, 0.5, 0.7, 0.82, 0.9]) {
      const own = sum(countsOf(share, benign));
      ok(Math.abs(own - share * 20) <= 0.5, `${share}: ${own}`);
      equal(sum(countsOf(share, malignant)), 20 - own);
    }
    deepEqual([sum(countsOf(0.001, benign)), sum(countsOf(0.999, benign))], [1, 19]);
  });

  it("repeats images evenly, or leaves some out, each at most once", () => {
    // 18 of 14 benign ones, and 2 of 6 malignant ones.
    deepEqual(countsOf(0.9, benign).sort(), [...new Array<number>(10).fill(1), ...new Array<number>(4).fill(2)]);
    deepEqual(countsOf(0.9, malignant).sort(), [0, 0, 0, 0, 1, 1]);
    deepEqual(countsOf(0.7, benign), new Array<number>(14).fill(1));
  });

  it("leaves out others, and has another order, in another epoch; the same in the same", () => {
    const left = [1, 2, 3, 4, 5, 6].map((seed) => String(countsOf(0.9, malignant, seed)));
    ok(new Set(left).size > 2);
    deepEqual(orderOfShare(classes, 0.6, createRandom(3)), orderOfShare(classes, 0.6, createRandom(3)));
    const places = orderOfShare(classes, 0.6, createRandom(3)).map(({ place }) => place);
    ok(places.slice(0, 12).some((place) => place >= 100) && places.slice(12).some((place) => place < 100));
  });

  it("numbers repeats, and keeps the order where there is no chance", () => {
    deepEqual(
      orderOfShare(
        [
          [1, 2],
          [7, 8, 9],
        ],
        0.6,
        null,
      ),
      [
        { place: 1, repeat: 0 },
        { place: 2, repeat: 0 },
        { place: 1, repeat: 1 },
        { place: 7, repeat: 0 },
        { place: 8, repeat: 0 },
      ],
    );
  });
});
