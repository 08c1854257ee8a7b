import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { inOrder, readUnits, unitsToDo, urgencyOf, writeUnits, type Unit } from "../../lib/units/unit";

const unit = (name: string, needs: readonly string[] = [], cost = 1): Unit => ({
  ...{ name, needs, cost, kind: "search", title: `the ${name}`, threads: 1, of: { seed: 1 } },
});
const namesOf = (units: readonly Unit[]) => units.map(({ name }) => name).join(" ");

/** A search, two candidates, a winner, two units behind it, and one that needs nothing. */
const study = [
  unit("winner", ["a", "b"]),
  unit("x", ["winner"], 5),
  unit("search", [], 10),
  unit("a", ["search"], 3),
  unit("b", ["search"], 2),
  unit("y", ["winner"], 7),
  unit("alone", [], 4),
];

describe("inOrder(units)", () => {
  it("puts each after what it needs, otherwise in their order, also a chain of twenty thousand", () => {
    equal(namesOf(inOrder(study)), "search a b winner x y alone");
    const chain = Array.from({ length: 20_000 }, (_, index) => unit(`u${index}`, index === 0 ? [] : [`u${index - 1}`]));
    deepEqual(inOrder([...chain].reverse()), chain);
  });

  it("refuses a circle, a need that is none and a name that is there twice", () => {
    throws(() => inOrder([unit("a", ["b"]), unit("b", ["c"]), unit("c", ["a"])]), /The unit a needs itself, through c/);
    throws(() => inOrder([unit("a", ["a"])]), /a needs itself/);
    throws(() => inOrder([unit("a", ["b"])]), /The unit a needs b, which is none/);
    throws(() => inOrder([unit("a"), unit("a")]), /The unit a is there twice/);
  });
});

describe("unitsToDo(units, isDone)", () => {
  const toDo = (...done: string[]) => namesOf(unitsToDo(study, ({ name }) => done.includes(name)));

  it("leaves out what is done, and what only led to that", () => {
    equal(toDo(), "search a b winner x y alone");
    equal(toDo("search", "a", "alone"), "b winner x y");
    equal(toDo("winner"), "x y alone");
    equal(toDo("winner", "x", "y"), "alone");
    equal(toDo(...study.map(({ name }) => name)), "");
  });

  it("does again what is not done any more, where something that is not done needs it", () => {
    equal(toDo("a", "b", "x", "alone"), "winner y");
    equal(toDo("a", "x", "alone"), "search b winner y");
  });
});

describe("urgencyOf(units)", () => {
  it("adds to each the longest way behind it", () => {
    deepEqual(Object.fromEntries(urgencyOf(study)), {
      ...{ x: 5, y: 7, winner: 8, a: 11, b: 10, search: 21, alone: 4 },
    });
  });
});

describe("readUnits(lines, path)", () => {
  it("reads what was written, ten thousand in a second", () => {
    deepEqual(readUnits(writeUnits(study), "units.jsonl"), study);
    const many = Array.from({ length: 10_000 }, (_, index) => unit(`found/random-${index}/fold-1-seed-1`, ["winner"]));
    const started = performance.now();
    equal(readUnits(writeUnits([unit("winner"), ...many]), "units.jsonl").length, 10_001);
    ok(performance.now() - started < 2_000);
  });

  it("refuses lines that are none, and names that lead out of the folder", () => {
    const good = writeUnits([unit("a")]);
    for (const bad of [
      ...["{", "null", "[]", '{"name":"a"}', good.replace('"a"', '"../a"'), good.replace('"a"', '"/a"')],
      ...[good.replace('"threads":1', '"threads":0'), good.replace('"cost":1', '"cost":null')],
    ])
      throws(() => readUnits(`${good}${bad}`, "units.jsonl"), /units\.jsonl, line 2 is no unit/, bad);
    throws(() => readUnits(writeUnits([unit("a", ["b"])]), "units.jsonl"), /needs b, which is none/);
  });
});
