import { deepEqual, equal, ok } from "node:assert/strict";

import { disturbOutline } from "../../../lib/data/augment/disturb-outline";
import { createRandom } from "../../../lib/runtime/random";

const size = 64;
const radius = 15;
const disc = () =>
  Float32Array.from({ length: size * size }, (_, place) =>
    Math.hypot((place % size) - 31.5, Math.floor(place / size) - 31.5) < radius ? 1 : 0,
  );
const disturbed = (offset: number, waves: number, seed: number, mask = disc()) => {
  disturbOutline(mask, size, { offset, waves }, createRandom(seed));
  return mask;
};
const areaOf = (mask: Float32Array) => mask.reduce((sum, share) => sum + share, 0);
const seeds = Array.from({ length: 60 }, (_, seed) => seed);

describe("disturbOutline(mask, size, outline, random)", () => {
  it("moves an outline as a whole, outwards or inwards and by no more than was said", () => {
    const radii = seeds.map((seed) => Math.sqrt(areaOf(disturbed(4, 0, seed)) / Math.PI));
    ok(Math.max(...radii) < radius + 4.3 && Math.min(...radii) > radius - 4.3);
    ok(Math.max(...radii) > radius + 2.5 && Math.min(...radii) < radius - 2.5);
    const mean = radii.reduce((sum, one) => sum + one, 0) / radii.length;
    ok(Math.abs(mean - radius) < 1, String(mean));
  });

  it("moves it by waves of the standard deviation that was asked for", () => {
    // To the right of the centre: where the outline is crossed, in pixels from where it was.
    const crossings = seeds.flatMap((seed) => {
      const mask = disturbed(0, 2, seed);
      return [mask.subarray(32 * size + 32, 33 * size).reduce((sum, share) => sum + share, 0) - radius];
    });
    const spread = Math.sqrt(crossings.reduce((sum, one) => sum + one ** 2, 0) / crossings.length);
    ok(spread > 1.4 && spread < 2.6, String(spread));
  });

  it("leaves it where it is, but for its soft edge, where nothing is to be moved", () => {
    const still = disturbed(0, 0, 1);
    deepEqual(
      still.map((share) => (share > 0.5 ? 1 : 0)),
      disc(),
    );
  });

  it("leaves a mask without an outline, of nothing or of everything, as it is", () => {
    for (const share of [0, 1]) {
      const mask = new Float32Array(size * size).fill(share);
      deepEqual(disturbed(4, 2, 3, mask.slice()), mask);
    }
  });

  it("does the same for the same chance, and gives shares from 0 to 1", () => {
    deepEqual(disturbed(3, 2, 7), disturbed(3, 2, 7));
    equal(
      disturbed(3, 2, 7).every((share) => share >= 0 && share <= 1),
      true,
    );
  });
});
