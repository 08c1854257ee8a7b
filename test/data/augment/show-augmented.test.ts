import { equal, notEqual } from "node:assert/strict";

import { augmentations } from "../../../lib/data/augment/presets";
import { showAugmented } from "../../../lib/data/augment/show-augmented";
import type { Channel } from "../../../lib/data/prepare/configuration";
import { createRandom } from "../../../lib/runtime/random";
import { captureBundles } from "../../helpers/capture";

const random = createRandom(1);
const prepared = {
  ids: ["a", "b"],
  labels: Int32Array.of(0, 1),
  size: 16,
  channels: ["gray"] as Channel[],
  pixels: Float32Array.from({ length: 512 }, () => random.uniform()),
};

describe("showAugmented(prepared, ids, augmentation, random, options)", () => {
  const shown = captureBundles();
  const show = (seed: number) => {
    showAugmented(prepared, ["b"], augmentations.strong, createRandom(seed), { variants: 3 });
    return shown.last()["text/html"] as string;
  };

  it("shows the original and its variants, the same for the same seed", () => {
    equal(show(1).match(/<img /g)?.length, 4);
    equal(show(1), show(1));
    notEqual(show(1), show(2));
  });
});
