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

describe("encodeHeatMap(image, opacity)", () => {
  it("mixes gray and colour the more, the larger the map's value: where it is 0, the image is as it is", () => {
    const { data, width, height, channels } = decode(encodeHeatMap(image, 0.4));
    deepEqual([width, height, channels], [2, 2, 3]);
    for (let pixel = 0; pixel < 4; pixel++) {
      const gray = Math.min(1, image.pixels[pixel]!) * 255;
      const share = 0.4 * image.map[pixel]!;
      const mixed = viridis(image.map[pixel]!).map((color) => Math.round((1 - share) * gray + share * color));
      deepEqual([...data.slice(pixel * 3, pixel * 3 + 3)], mixed);
    }
    deepEqual([...data.slice(0, 3)], [0, 0, 0]);
  });

  it("gives the outline of a lesion in a large image a dark edge", () => {
    const size = 128;
    const pixels = new Uint8Array(size * size);
    for (let row = 40; row < 80; row++) pixels.fill(1, row * size + 40, row * size + 80);
    const white = { pixels: new Float32Array(size * size).fill(1), map: new Float32Array(size * size) };
    const { data } = decode(
      encodeHeatMap({ ...white, width: size, height: size, lesion: { width: size, height: size, pixels } }, 0.75),
    );
    const at = (row: number, column: number) => data[(row * size + column) * 3];
    deepEqual([at(60, 38), at(60, 39), at(60, 40), at(60, 41), at(60, 42)], [255, 0, 255, 0, 255]);
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
