import { deepEqual, ok } from "node:assert/strict";

import { epochAxis } from "../../lib/display/epoch-axis";

const epochs = (count: number) => Array.from({ length: count }, (_, index) => ({ epoch: index + 1 }));

describe("epochAxis(epochs)", () => {
  it("writes whole epochs alone, seven at most but for a few, however many there are", () => {
    for (const count of [1, 2, 3, 9, 12, 30, 150, 630, 5000]) {
      const { range, dtick } = epochAxis(epochs(count));
      ok(Number.isInteger(dtick));
      ok((range![1] - range![0]) / (dtick as number) <= 9.1, String(count));
    }
  });

  it("puts a single epoch in the middle, and leaves an empty axis alone", () => {
    deepEqual(epochAxis(epochs(1)).range, [0.5, 1.5]);
    deepEqual(epochAxis([]), {});
  });
});
