import { deepEqual, equal } from "node:assert/strict";

import { describeDifferences, findDifferences } from "../../lib/runs/differences";

describe("findDifferences(first, second)", () => {
  it("finds none in equal data, whatever the order of their keys, and takes undefined as missing", () => {
    deepEqual(findDifferences({ a: [1, { b: null }], c: undefined }, { a: [1, { b: null }] }), []);
  });

  it("finds the deepest places, with both values", () => {
    const one = { rate: 0.1, deep: { list: [1, 2, 3], kind: "a" }, gone: true };
    const other = { rate: 0.2, deep: { list: [1, 5], kind: { b: 1 } }, new: null };
    deepEqual(findDifferences(one, other), [
      { place: "deep.kind", first: '"a"', second: '{"b":1}' },
      { place: "deep.list[1]", first: "2", second: "5" },
      { place: "deep.list[2]", first: "3", second: "missing" },
      { place: "gone", first: "true", second: "missing" },
      { place: "new", first: "missing", second: "null" },
      { place: "rate", first: "0.1", second: "0.2" },
    ]);
  });

  it("does not take what every object inherits for a key", () => {
    deepEqual(findDifferences({}, { toString: 1 }), [{ place: "toString", first: "missing", second: "1" }]);
  });
});

describe("describeDifferences(differences)", () => {
  it("names the first three, and counts the rest", () => {
    const all = findDifferences([1, 2, 3, 4, 5], [0, 0, 0, 0, 0]);
    equal(
      describeDifferences(all),
      "[0] is 1 there and 0 here; [1] is 2 there and 0 here; [2] is 3 there and 0 here; and 2 more",
    );
    equal(describeDifferences(all.slice(0, 1)), "[0] is 1 there and 0 here");
  });

  it("cuts long values", () => {
    equal(describeDifferences(findDifferences({ a: "x".repeat(500) }, {})).length < 200, true);
  });
});
