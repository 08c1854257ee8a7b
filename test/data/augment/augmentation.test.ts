import { deepEqual, equal, notEqual, throws } from "node:assert/strict";

import {
  augmentationDefaults,
  changesAnything,
  changesLevels,
  checkAugmentation,
  type AugmentationOptions,
} from "../../../lib/data/augment/augmentation";

describe("checkAugmentation(options)", () => {
  it("fills in every default, as a copy", () => {
    deepEqual(checkAugmentation({}), augmentationDefaults);
    notEqual(checkAugmentation({}).cutout, augmentationDefaults.cutout);
    deepEqual(checkAugmentation({ shift: 3 }), { ...augmentationDefaults, shift: 3 });
  });

  it("names what is wrong and what is allowed", () => {
    const wrong: readonly [unknown, RegExp][] = [
      [{ flip: 1 }, /no option "flip"/],
      [{ flipHorizontal: 1.5 }, /flipHorizontal: 1\.5, expected a number from 0 to 1/],
      [{ flipVertical: NaN }, /flipVertical: NaN/],
      [{ flipVertical: "0.5" }, /flipVertical: "0\.5"/],
      [{ shift: 1.5 }, /shift: 1\.5, expected a whole number/],
      [{ shift: -1 }, /shift: -1/],
      [{ scale: [1.2, 0.8] }, /scale: \[1\.2, 0\.8\], expected \[low, high\]/],
      [{ scale: [0, 1] }, /scale: \[0, 1\].*from 0\.1 to 10; \[1, 1\] turns it off/],
      [{ scale: 1 }, /scale: 1, expected/],
      [{ gamma: [0.5] }, /gamma: \[0\.5\]/],
      [{ contrast: [-1, 1] }, /contrast: \[-1, 1\]/],
      [{ rotation: 200 }, /rotation: 200, expected a number from 0 to 180/],
      [{ speckle: -0.1 }, /speckle: -0\.1, expected a number from 0 to 1, or \[low, high\] of such/],
      [{ speckle: [0.2, 0.1] }, /speckle: \[0\.2, 0\.1\]/],
      [{ speckle: [0, 1.1] }, /speckle: \[0, 1\.1\]/],
      [{ fill: "white" }, /fill: "white".*"edge" or "black"/],
      [{ cutout: { count: 1, side: 2 } }, /cutout\.side: 2/],
      [{ cutout: { count: 0.5, side: 0.2 } }, /cutout\.count: 0\.5/],
      [{ cutout: { count: 1, size: 0.2 } }, /no option "cutout\.size".*count, side/],
    ];
    for (const [options, message] of wrong) throws(() => checkAugmentation(options as never), message);
  });
});

describe("changesLevels(settings) and changesAnything(settings)", () => {
  const each: readonly [Partial<AugmentationOptions>, boolean, boolean][] = [
    [{}, false, false],
    [{ fill: "black" }, false, false],
    [{ cutout: { count: 3, side: 0 } }, false, false],
    [{ flipHorizontal: 0.5 }, false, true],
    [{ flipVertical: 0.5 }, false, true],
    [{ shift: 1 }, false, true],
    [{ scale: [1, 1.1] }, false, true],
    [{ rotation: 1 }, false, true],
    [{ cutout: { count: 1, side: 0.1 } }, false, true],
    [{ gamma: [0.9, 1] }, true, true],
    [{ contrast: [1, 1.1] }, true, true],
    [{ speckle: 0.1 }, true, true],
    [{ speckle: [0, 0.1] }, true, true],
    [{ speckle: [0, 0] }, false, false],
  ];

  it("know which settings are on", () => {
    for (const [options, levels, anything] of each) {
      const settings = checkAugmentation(options);
      equal(changesLevels(settings), levels, JSON.stringify(options));
      equal(changesAnything(settings), anything, JSON.stringify(options));
    }
  });
});
