import { deepEqual, equal, ok } from "node:assert/strict";

import { layers } from "../../../lib/graph/layer";
import { dropoutMask } from "../../../lib/networks/model/dropout-mask";
import { createRandom } from "../../../lib/runtime/random";

describe("dropoutMask(layer, shape, random)", () => {
  it("drops as many numbers as the rate says, and keeps the sum by making the others larger", () => {
    const { values, shape } = dropoutMask(layers.dropout({ rate: 0.2 }), [10, 10, 10, 50], createRandom(1));
    deepEqual(shape, [10, 10, 10, 50]);
    deepEqual(new Set(values), new Set([0, 1.25]));
    const dropped = values.filter((value) => value === 0).length / values.length;
    // Five standard errors of a share.
    ok(Math.abs(dropped - 0.2) < 5 * Math.sqrt((0.2 * 0.8) / values.length));
  });

  it("drops whole images, of any rank", () => {
    const layer = layers.dropout({ rate: 0.5, unit: "image" });
    const image = dropoutMask(layer, [400, 5, 5, 3], createRandom(1));
    deepEqual(image.shape, [400, 1, 1, 1]);
    equal(image.values.length, 400);
    deepEqual(new Set(image.values), new Set([0, 2]));
    deepEqual(dropoutMask(layer, [4, 7], createRandom(1)).shape, [4, 1]);
  });

  it("drops nothing at the rate 0, and the same for the same seed", () => {
    deepEqual(new Set(dropoutMask(layers.dropout({ rate: 0 }), [9, 9], createRandom(1)).values), new Set([1]));
    const draw = (seed: number) => dropoutMask(layers.dropout({ rate: 0.5 }), [4, 9], createRandom(seed)).values;
    deepEqual(draw(3), draw(3));
    ok(draw(3).some((value, index) => value !== draw(4)[index]));
  });
});
