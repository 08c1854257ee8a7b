import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { drawStratified, inEqualBatches, orderStratified } from "../../lib/search/reward-batches";

/** Names whose first letter says the class. */
const namesOf = (benign: number, malignant: number) => [
  ...Array.from({ length: benign }, (_, index) => `b${index}`),
  ...Array.from({ length: malignant }, (_, index) => `m${index}`),
];
const classOf = (id: string) => (id.startsWith("m") ? 1 : 0);
const countOf = (ids: readonly string[]) => ids.filter((id) => classOf(id) === 1).length;

describe("orderStratified(ids, classOf, random)", () => {
  it("keeps every name once, and the shares of the classes in every stretch to within one image", () => {
    for (const [benign, malignant] of [
      [30, 10],
      [17, 23],
      [40, 1],
      [5, 5],
    ] as const) {
      const ids = namesOf(benign, malignant);
      for (const random of [null, createRandom(1)]) {
        const order = orderStratified(ids, classOf, random);
        deepEqual([...order].sort(), [...ids].sort());
        for (let from = 0; from < order.length; from++) {
          for (let to = from + 1; to <= order.length; to++) {
            const expected = ((to - from) * malignant) / ids.length;
            ok(Math.abs(countOf(order.slice(from, to)) - expected) <= 1 + 1e-9, `${benign} ${malignant} ${from} ${to}`);
          }
        }
      }
    }
  });

  it("keeps the order of each class without chance, and changes it with", () => {
    const ids = namesOf(20, 20);
    const benignOf = (order: readonly string[]) => order.filter((id) => classOf(id) === 0);
    deepEqual(benignOf(orderStratified(ids, classOf, null)), namesOf(20, 0));
    const drawn = orderStratified(ids, classOf, createRandom(3));
    ok(benignOf(drawn).join() !== namesOf(20, 0).join());
    deepEqual(orderStratified(ids, classOf, createRandom(3)), drawn);
  });
});

describe("drawStratified(ids, classOf, count, random)", () => {
  it("draws as many as asked for, none twice, with the share of the classes rounded", () => {
    for (const [benign, malignant, count, expected] of [
      [30, 10, 8, 2],
      [30, 10, 40, 10],
      [20, 21, 10, 5],
      // At least one of each class, however rare.
      [99, 1, 10, 1],
      [1, 99, 10, 9],
      [60, 2, 4, 1],
    ] as const) {
      for (let seed = 0; seed < 20; seed++) {
        const drawn = drawStratified(namesOf(benign, malignant), classOf, count, createRandom(seed));
        equal(drawn.length, count);
        equal(new Set(drawn).size, count);
        equal(countOf(drawn), expected, `${benign} + ${malignant}, ${count}`);
      }
    }
  });

  it("draws each image of a class equally often", () => {
    const counts = new Map<string, number>();
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++)
      for (const id of drawStratified(namesOf(6, 3), classOf, 3, createRandom(draw)))
        counts.set(id, (counts.get(id) ?? 0) + 1);
    // Two of six benign and one of three malignant: each image in a third of the draws; 5 standard deviations.
    const deviation = Math.sqrt((draws * 2) / 9);
    for (const [id, count] of counts) ok(Math.abs(count - draws / 3) < 5 * deviation, `${id}: ${count}`);
    equal(counts.size, 9);
  });
});

describe("inEqualBatches(list, size)", () => {
  it("keeps the list, in batches that differ by one at most and have as many as asked for or more", () => {
    for (let length = 1; length <= 40; length++) {
      for (const size of [1, 2, 7, 16, 64]) {
        const list = Array.from({ length }, (_, index) => index);
        const batches = inEqualBatches(list, size);
        deepEqual(batches.flat(), list);
        const lengths = batches.map((batch) => batch.length);
        ok(Math.max(...lengths) - Math.min(...lengths) <= 1);
        ok(Math.min(...lengths) >= Math.min(size, length), `${length} by ${size}: ${lengths.join()}`);
      }
    }
  });
});
