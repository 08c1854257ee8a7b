import { deepEqual, equal, throws } from "node:assert/strict";

import { spaceDistributions } from "../../lib/tabular/space-distributions";
import { exampleBenchmark } from "./example";
import { makeRow } from "./helpers";

describe("spaceDistributions(rows, sets)", () => {
  it("has the spaces that were measured, by means over two folds, and the plain CNN where it was", () => {
    const { rows } = exampleBenchmark();
    const of = (given: typeof rows) => spaceDistributions(given, ["shape", "macro", "blocks"]);
    deepEqual(
      of(rows).spaces.map(({ name, values }) => [name, values.length]),
      [
        ["shape", 24],
        ["macro", 24],
      ],
    );
    deepEqual(of(rows).marks, []);
    const plain = [1, 2, 3].map((fold) => makeRow({ set: "plain", fold, area: 0.7 + 0.1 * fold }));
    const [mark] = of([...rows, ...plain]).marks;
    equal(mark!.value.toFixed(6), "0.850000");
    throws(() => of([]), /no network of shape/);
  });
});
