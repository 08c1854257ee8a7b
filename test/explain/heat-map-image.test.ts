import { deepEqual, equal, throws } from "node:assert/strict";

import { decode } from "fast-png";

import { encodeHeatMap } from "../../lib/explain/heat-map-image";
import { viridis } from "../../lib/explain/viridis";

const image = {
  pixels: Float32Array.of(0, 0.5, 1, 2),
  map: Float32Array.of(0, 0.25, 1, 0.5),
  lesion: null,
  width: 2,
  height: 2,
};

describe("encodeHeatMap(image, alpha)", () => {
  it("mixes gray and colour by alpha, the same at every pixel", () => {
    const { data, width, height, channels } = decode(encodeHeatMap(image, 0.4));
    deepEqual([width, height, channels], [2, 2, 3]);
    for (let pixel = 0; pixel < 4; pixel++) {
      const gray = Math.min(1, image.pixels[pixel]!) * 255;
      const mixed = viridis(image.map[pixel]!).map((color) => Math.round(0.6 * gray + 0.4 * color));
      deepEqual([...data.slice(pixel * 3, pixel * 3 + 3)], mixed);
    }
  });

  it("shows the image alone at 0, and draws the lesion's outline in white", () => {
    const lesion = { width: 2, height: 2, pixels: Uint8Array.of(1, 0, 0, 0) };
    const { data } = decode(encodeHeatMap({ ...image, lesion }, 0));
    deepEqual([...data], [255, 255, 255, 128, 128, 128, 255, 255, 255, 255, 255, 255]);
    equal(decode(encodeHeatMap(image, 0)).data[0], 0);
  });

  it("refuses a map of another size or scale, and another lesion", () => {
    const refuse = (given: object, message: RegExp) => {
      throws(() => encodeHeatMap({ ...image, ...given }, 0.4), { name: "Problem", message });
    };
    refuse({ map: new Float32Array(3) }, /its heat map has 3 pixels, expected 2 × 2 = 4/);
    refuse({ map: Float32Array.of(0, 0, 3, 0), caption: "one" }, /one: its heat map has the value 3, expected 0 to 1/);
    refuse({ lesion: { width: 1, height: 1, pixels: Uint8Array.of(1) } }, /its lesion has 1 pixels/);
    refuse({ pixels: new Float32Array(9) }, /its image has 9 pixels/);
  });
});
