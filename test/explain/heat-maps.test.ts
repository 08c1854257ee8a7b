import { deepEqual, match, throws } from "node:assert/strict";

import { mapOf, scaleHeatMaps } from "../../lib/explain/heat-maps";

const maps = { values: Float32Array.of(0, 1, 2, -1, 0, 0.5, 0.25, 1), images: 2, height: 2, width: 2 };
const numbers = (lists: readonly Float32Array[]) => lists.map((list) => [...list]);

describe("mapOf(maps, image)", () => {
  it("takes one image's values", () => {
    deepEqual([...mapOf(maps, 1)], [0, 0.5, 0.25, 1]);
  });
});

describe("scaleHeatMaps(maps, by)", () => {
  it("divides by the largest value of all, and cuts off what is below 0", () => {
    const { maps: scaled, full, scale } = scaleHeatMaps(maps);
    deepEqual(numbers(scaled), [
      [0, 0.5, 1, 0],
      [0, 0.25, 0.125, 0.5],
    ]);
    deepEqual(full, [2, 2]);
    match(scale, /1 = 2, the largest value of these images/);
  });

  it("divides each by its own where that is asked for, and says that they cannot be compared then", () => {
    const { maps: scaled, full, scale } = scaleHeatMaps(maps, "each");
    deepEqual(numbers(scaled)[1], [0, 0.5, 0.25, 1]);
    deepEqual(full, [2, 1]);
    match(scale, /each image by itself: images cannot be compared/);
  });

  it("divides by a given number, and cuts off what is above", () => {
    const { maps: scaled, scale } = scaleHeatMaps(maps, 0.5);
    deepEqual(numbers(scaled)[1], [0, 1, 0.5, 1]);
    match(scale, /1 = 0.5 or more/);
  });

  it("leaves a map without any value above 0 at 0", () => {
    const none = { values: Float32Array.of(0, -1), images: 1, height: 1, width: 2 };
    for (const by of ["all", "each"] as const) deepEqual(numbers(scaleHeatMaps(none, by).maps), [[0, 0]]);
  });

  it("refuses values that are none, and another scale", () => {
    const broken = { ...maps, values: Float32Array.of(NaN, 0, 0, 0, 0, 0, 0, 0) };
    throws(() => scaleHeatMaps(broken), { name: "Problem", message: /not a finite number/ });
    for (const by of [0, -1, NaN, Infinity, "most" as "all"])
      throws(() => scaleHeatMaps(maps, by), { name: "Problem", message: /expected "all", "each" or a number above 0/ });
  });
});
