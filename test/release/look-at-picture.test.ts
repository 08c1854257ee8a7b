import { deepEqual, equal, match } from "node:assert/strict";

import { preparationDefaults } from "../../lib/data/prepare/configuration";
import { preparations } from "../../lib/data/prepare/presets";
import { lookAtPicture } from "../../lib/release/look-at-picture";

const size = { width: 80, height: 70 };
const pixels = Float32Array.from({ length: 5600 }, (_, pixel) => (pixel % 11) / 10);
const box = { left: 10, top: 10, width: 30, height: 20 };

/** The picture of a file, of whose pixels the first share is red. */
const withRed = (share: number) => {
  const colors = Uint8Array.from({ length: 5600 * 3 }, (_, place) =>
    place < 5600 * 3 * share && place % 3 > 0 ? 20 : 200,
  );
  return { ...size, pixels, channels: 3, bits: 8 as const, colors };
};

describe("lookAtPicture(picture, preparation, box)", () => {
  it("says nothing of a usual picture, nor of coloured marks on a gray one", () => {
    deepEqual(lookAtPicture({ ...size, pixels }, preparationDefaults, box), []);
    deepEqual(lookAtPicture(withRed(0.05), preparationDefaults, box), []);
  });

  it("warns of a colour photo, a small picture, one without contrast, and a tiny box", () => {
    const one = (...given: Parameters<typeof lookAtPicture>) => {
      const warnings = lookAtPicture(...given);
      equal(warnings.length, 1);
      return warnings[0]!;
    };
    match(one(withRed(0.5), preparationDefaults, box), /50 % of the picture is coloured/);
    const small = { width: 63, height: 70, pixels: pixels.subarray(0, 63 * 70) };
    match(one(small, preparationDefaults, box), /has 63 × 70 pixels, fewer than the 64 × 64/);
    const even = { ...size, pixels: new Float32Array(5600).fill(0.3) };
    match(one(even, preparationDefaults, box), /hardly any contrast/);
    match(one({ ...size, pixels }, preparationDefaults, { ...box, width: 7 }), /box has 7 × 20 pixels/);
    deepEqual(lookAtPicture({ ...size, pixels }, preparations.wholeImage, { ...box, width: 7 }), []);
  });
});
