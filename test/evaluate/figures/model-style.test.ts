import { deepEqual, equal, match, ok } from "node:assert/strict";

import { classStyles, seriesColors } from "../../../lib/display/colors";
import { modelStyle } from "../../../lib/evaluate/figures/model-style";

describe("modelStyle(index)", () => {
  it("draws 25 models differently, and none like a class", () => {
    const styles = Array.from({ length: 25 }, (_, index) => modelStyle(index));
    equal(new Set(styles.map(({ color, dash }) => `${color} ${dash}`)).size, 25);
    equal(new Set(styles.map(({ color, symbol }) => `${color} ${symbol}`)).size, 25);
    const ofClasses = Object.values(classStyles).map(({ color }) => color);
    ok(styles.every(({ color }) => !ofClasses.includes(color)));
    deepEqual(
      styles.slice(0, 5).map(({ color }) => color),
      seriesColors,
    );
  });

  it("gives a band the colour of its curve", () => {
    // #009E73
    match(modelStyle(0).band, /^rgba\(0,158,115,0\.\d+\)$/);
  });
});
