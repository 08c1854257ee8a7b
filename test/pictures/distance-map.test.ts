import { deepEqual, ok } from "node:assert/strict";

import { distanceMap } from "../../lib/pictures/distance-map";
import { recordedPairs } from "../helpers/blobs";

describe("distanceMap(mask)", () => {
  it("is how far the nearest pixel of the mask is, as found by looking at all of them", () => {
    for (const { expert } of recordedPairs) {
      const { width, height, pixels } = expert;
      const map = distanceMap(expert);
      for (let place = 0; place < pixels.length; place += 37) {
        let nearest = Infinity;
        for (let other = 0; other < pixels.length; other++) {
          if (pixels[other] === 0) continue;
          const down = Math.floor(place / width) - Math.floor(other / width);
          nearest = Math.min(nearest, Math.hypot(down, (place % width) - (other % width)));
        }
        ok(Math.abs(map[place]! - nearest) < 1e-9, `${place} of ${width} × ${height}`);
      }
    }
  });

  it("is SciPy's distance_transform_edt", () => {
    for (const { expert, distances } of recordedPairs) {
      const map = distanceMap(expert);
      ok(Math.abs(map.reduce((sum, one) => sum + one, 0) - distances[0]) < 1e-6);
      ok(Math.abs(Math.max(...map) - distances[1]) < 1e-9);
    }
  });

  it("is endless where there is no mask, and 0 on it", () => {
    deepEqual([...distanceMap({ width: 2, height: 1, pixels: Uint8Array.of(0, 0) })], [Infinity, Infinity]);
    deepEqual([...distanceMap({ width: 3, height: 1, pixels: Uint8Array.of(0, 0, 1) })], [2, 1, 0]);
  });
});
