import { deepEqual, throws } from "node:assert/strict";

import { drawSpaces } from "../../../lib/tabular/figures/draw-spaces";
import { exampleBenchmark } from "../example";
import { makeRow } from "../helpers";

describe("drawSpaces(rows, sets)", () => {
  it("draws the spaces that were measured, and the plain CNN as a line where it was", () => {
    const { rows } = exampleBenchmark();
    const namesOf = (given: typeof rows) =>
      drawSpaces(given, ["shape", "macro", "blocks"]).data.map((trace) => (trace as { name: string }).name);
    deepEqual(namesOf(rows), ["shape (24)", "macro (24)"]);
    const plain = [1, 2].map((fold) => makeRow({ set: "plain", fold, area: 0.8 }));
    deepEqual(namesOf([...rows, ...plain]), ["shape (24)", "macro (24)", "plain CNN"]);
    throws(() => namesOf([]), /no network of shape/);
  });
});
