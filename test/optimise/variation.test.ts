import { deepEqual, equal } from "node:assert/strict";

import { checkAugmentation } from "../../lib/data/augment/augmentation";
import { variationOf } from "../../lib/optimise/variation";

describe("variationOf(strength, size)", () => {
  it("is mirror images alone at 0, about the preset `light` at one half, and always an augmentation", () => {
    const { flipHorizontal, shift, rotation, scale, speckle } = checkAugmentation(variationOf(0, 64));
    deepEqual([flipHorizontal, shift, rotation, scale, speckle], [0.5, 0, 0, [1, 1], [0, 0]]);
    equal(checkAugmentation(variationOf(0.5, 64)).shift, 4);
    equal(checkAugmentation(variationOf(1, 128)).shift, 16);
  });
});
