import { deepEqual, equal, match } from "node:assert/strict";

import { lookAtDevice, lookAtLevels } from "../../lib/release/gray-levels";
import { preparationDefaults } from "../../lib/data/prepare/configuration";
import { exampleCard } from "./example";

describe("lookAtLevels(values, card)", () => {
  const normalisation = { mean: [9, 0.4], deviation: [9, 0.2] };
  const card = { preparation: { ...preparationDefaults, channels: ["size", "gray"] as const }, normalisation };
  /** Two planes of 100 pixels: one that says nothing, and gray levels around a mean, normalised. */
  const input = (mean: number, spread: number) =>
    Float32Array.from({ length: 200 }, (_, place) => {
      if (place % 2 === 0) return 100;
      return mean + (place % 4 === 1 ? spread : -spread);
    });

  it("says nothing of an image like those of the training", () => {
    deepEqual(lookAtLevels(input(0, 1), card), []);
    deepEqual(lookAtLevels(input(-0.6, 0.8), card), []);
  });

  it("tells of an image that is brighter or darker, by its levels before normalisation", () => {
    const [bright, ...none] = lookAtLevels(input(2, 1), card);
    deepEqual(none, []);
    match(bright!, /brighter than the training's images: a mean gray level of 0\.80 against 0\.40 ± 0\.20/);
    match(lookAtLevels(input(-1.5, 1), card)[0]!, /darker .* of 0\.10 against/);
  });

  it("tells of an image without contrast, and of one with too much", () => {
    match(lookAtLevels(input(0, 0.1), card)[0]!, /less contrast .* spread by 0\.02, theirs by 0\.20/);
    match(lookAtLevels(input(0, 2.5), card)[0]!, /more contrast .* spread by 0\.50/);
  });

  it("allows more where levels stay as they are in the pictures", () => {
    const plain = { ...card, preparation: { ...card.preparation, stretch: null } };
    deepEqual(lookAtLevels(input(1.5, 0.3), plain), []);
    equal(lookAtLevels(input(1.5, 0.3), card).length, 2);
    equal(lookAtLevels(input(2, 0.1), plain).length, 2);
  });

  it("says nothing where the network takes no gray levels", () => {
    const masked = { ...card, preparation: { ...card.preparation, channels: ["mask", "gray × mask"] as const } };
    deepEqual(lookAtLevels(input(5, 5), masked), []);
  });
});

describe("lookAtDevice(device, card)", () => {
  const { data } = exampleCard();
  const card = { data: { ...data, devices: ["GE Logiq 9", "Samsung RS80A"] } };

  it("tells of a device that is none of the training's", () => {
    deepEqual(lookAtDevice("ge LOGIQ-9", card), []);
    const [warning] = lookAtDevice("Philips HD15", card);
    equal(warning, "The device Philips HD15 is none of the training's: GE Logiq 9, Samsung RS80A.");
  });

  it("says nothing where one of the two is not known", () => {
    deepEqual(lookAtDevice(undefined, card), []);
    deepEqual(lookAtDevice("Philips HD15", { data }), []);
  });
});
