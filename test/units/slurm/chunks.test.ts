import { deepEqual, equal } from "node:assert/strict";

import { chunksOf, dependencyOf } from "../../../lib/units/slurm/chunks";

const unit = (name: string, needs: readonly string[] = [], threads = 1) => ({ name, needs, threads });

describe("chunksOf(units, queued, most, first)", () => {
  const told = (...given: Parameters<typeof chunksOf>) =>
    chunksOf(...given).map(({ number, units, needs }) => `${number}: ${units.join(" ")} after ${needs.join(" ")}`);

  it("puts units together that wait for the same, each chunk after those that it waits for", () => {
    const units = [unit("x", ["winner"]), unit("winner", ["a", "b"]), unit("a", ["s"]), unit("b", ["s"]), unit("s")];
    deepEqual(told(units, new Set(), 100, 7), [
      "7: s after ",
      "8: a b after s",
      "9: winner after a b",
      "10: x after winner",
    ]);
  });

  it("waits for nothing that is done, and for what is in the queue already", () => {
    deepEqual(told([unit("a", ["s", "done"]), unit("b", ["done"])], new Set(["s"]), 100, 1), [
      "1: a after s",
      "2: b after ",
    ]);
  });

  it("divides what is more than an array may have, and keeps threads apart", () => {
    const many = Array.from({ length: 5 }, (_, index) => unit(`u${index}`, [], index === 4 ? 2 : 1));
    deepEqual(told(many, new Set(), 3, 1), ["1: u0 u1 u2 after ", "2: u3 after ", "3: u4 after "]);
  });
});

describe("dependencyOf(needs, placeOf)", () => {
  const places = new Map(
    Array.from({ length: 60 }, (_, index) => [`u${index}`, { job: "12", index: index + 1, size: 60 }] as const),
  );
  const names = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);

  it("names places of an array, or all of it where many or all are waited for", () => {
    equal(dependencyOf(["u0", "u2", "elsewhere"], places), "afterany:12_1:12_3");
    equal(dependencyOf(names(60), places), "afterany:12");
    equal(dependencyOf(names(41), places), "afterany:12");
    equal(dependencyOf(["elsewhere"], places), null);
    equal(dependencyOf([], places), null);
  });
});
