import { deepEqual, equal } from "node:assert/strict";

import { changesAnything, checkAugmentation } from "../../../lib/data/augment/augmentation";
import { augmentations } from "../../../lib/data/augment/presets";

describe("augmentations", () => {
  it("say every setting, each within its range", () => {
    for (const preset of Object.values(augmentations)) deepEqual(checkAugmentation(preset), preset);
  });

  it("change images, but for none", () => {
    const { none, ...others } = augmentations;
    equal(changesAnything(none), false);
    for (const preset of Object.values(others)) equal(changesAnything(preset), true);
  });

  it("follow the recipes that they are named after", () => {
    const { light, busBraAuthors } = augmentations;
    deepEqual([light.flipHorizontal, light.shift, light.rotation], [0.5, 4, 0]);
    deepEqual([busBraAuthors.shift, busBraAuthors.scale, busBraAuthors.rotation], [15, [0.7, 1.2], 10]);
  });
});
