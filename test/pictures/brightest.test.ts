import { equal } from "node:assert/strict";

import { brightestOf } from "../../lib/pictures/brightest";

const brightest = (...levels: number[]) => brightestOf({ pixels: Float32Array.from(levels) });

describe("brightestOf(picture)", () => {
  it("finds the brightest level, wherever it lies", () => {
    equal(brightest(0.75, 0.25, 0.5), 0.75);
    equal(brightest(0, 0.5, 1), 1);
  });

  it("is 0 of a black picture and of none", () => {
    equal(brightest(0, 0), 0);
    equal(brightest(), 0);
  });
});
