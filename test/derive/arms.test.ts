import { deepEqual } from "node:assert/strict";

import { armsOf } from "../../lib/derive/arms";
import { candidate, kept } from "./helpers";

describe("armsOf(searches)", () => {
  const found = (name: string) => kept([candidate(name, { score: 0.8 })]);
  const control = (seed: number) => kept([1, 2].map((index) => candidate(`random ${seed}.${index}`, { score: 0.7 })));
  const told = (searches: Parameters<typeof armsOf>[0]) =>
    armsOf(searches).map(({ name, candidates }) => [name, candidates.map(({ hash }) => hash).join(", ")]);

  it("makes an arm of each strategy by its name, and one of all random architectures, those of a seed once", () => {
    deepEqual(
      told([
        { name: "evolution", seed: 1, found: found("a"), control: control(1) },
        { name: "evolution", seed: 2, found: found("b"), control: control(2) },
        { name: "uniform policy", seed: 1, found: found("c"), control: control(1) },
      ]),
      [
        ["evolution", "a, b"],
        ["uniform policy", "c"],
        ["drawn at random", "random 1.1, random 1.2, random 2.1, random 2.2"],
      ],
    );
  });

  it("leaves out arms of which nothing was trained, and takes searches whose parts are not done", () => {
    deepEqual(
      told([
        { name: "ENAS", seed: 1, found: kept([candidate("untrained")]), control: control(1) },
        { name: "climb", seed: 2, found: found("d"), control: null },
        { name: "evolution", seed: 3, found: null, control: null },
      ]),
      [
        ["climb", "d"],
        ["drawn at random", "random 1.1, random 1.2"],
      ],
    );
    deepEqual(armsOf([]), []);
  });
});
