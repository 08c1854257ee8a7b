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

describe("chunksOf(units, …) of thousands", () => {
  const searches = Array.from({ length: 1000 }, (_, index) => [
    unit(`search${index}`),
    unit(`scores${index}`, [`search${index}`]),
    ...[1, 2].map((place) => unit(`candidate${index}-${place}`, [`scores${index}`])),
  ]).flat();

  it("joins neighbours that wait for different ones, so that few arrays are submitted", () => {
    const chunks = chunksOf(searches, new Set(), 1000, 1);
    equal(chunks.length, 1 + 25 + 25);
    deepEqual(new Set(chunks.flatMap(({ units }) => units)), new Set(searches.map(({ name }) => name)));
    // Each after all that its units need, and after no more than can be listed.
    const before = new Set<string>();
    const needsOf = new Map(searches.map(({ name, needs }) => [name, needs]));
    for (const { units, needs } of chunks) {
      equal(needs.length <= 40 && needs.every((need) => before.has(need)), true);
      for (const name of units)
        equal(
          needsOf.get(name)!.every((need) => needs.includes(need)),
          true,
        );
      for (const name of units) before.add(name);
    }
  });

  it("joins none with other threads, and none of a study of usual size", () => {
    const mixed = searches.map((one, index) => ({ ...one, threads: (index % 2) + 1 }));
    for (const { units, threads } of chunksOf(mixed, new Set(), 1000, 1))
      equal(
        units.every((name) => mixed.find((one) => one.name === name)!.threads === threads),
        true,
      );
    equal(chunksOf(searches.slice(0, 400), new Set(), 1000, 1).length, 1 + 100 + 100);
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
