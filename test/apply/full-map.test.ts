import { deepEqual, equal, ok } from "node:assert/strict";

import { decode } from "fast-png";

import { encodeFullMap } from "../../lib/apply/full-map";
import { viridis } from "../../lib/explain/viridis";

describe("encodeFullMap(map)", () => {
  const [width, height] = [40, 30];
  const picture = { width, height, pixels: new Float32Array(width * height).fill(0.5) };
  /** A map whose left half is 0, and whose right half is 1. */
  const map = { width: 4, height: 4, pixels: Float32Array.from({ length: 16 }, (_, place) => (place % 4 < 2 ? 0 : 1)) };
  const part = { left: 10, top: 5, width: 20, height: 20 };
  const draw = (given: Partial<Parameters<typeof encodeFullMap>[0]> = {}) => {
    const image = decode(encodeFullMap({ picture, map, part, lesion: null, ...given }));
    const at = (column: number, row: number) => {
      const start = (row * image.width + column) * 3;
      return [...image.data.slice(start, start + 3)];
    };
    return { image, left: at, right: (column: number, row: number) => at(column + width + 8, row) };
  };
  // Clear where the map is 0, three quarters of colour where it is 1.
  const mixed = (level: number) =>
    viridis(level).map((color) => Math.round((1 - 0.75 * level) * 128 + 0.75 * level * color));

  it("draws the plain picture in its own resolution, and beside it the map over what the network saw", () => {
    const { image, left, right } = draw();
    deepEqual([image.width, image.height, image.channels], [2 * width + 8, height, 3]);
    for (const [column, row] of [
      [0, 0],
      [20, 15],
      [39, 29],
    ] as const)
      deepEqual(left(column, row), [128, 128, 128]);
    deepEqual(right(5, 15), [128, 128, 128], "outside of what was seen");
    deepEqual(right(12, 15), mixed(0));
    deepEqual(right(27, 15), mixed(1));
    deepEqual(right(10, 15), [160, 160, 160], "the frame");
    deepEqual(left(width + 4, 15), [255, 255, 255], "the gap");
  });

  it("draws the lesion's outline in white, and in blue where a network has found it", () => {
    const pixels = new Uint8Array(width * height);
    for (let row = 10; row < 20; row++) pixels.fill(1, row * width + 15, row * width + 25);
    const found = draw({ lesion: { width, height, pixels }, isFound: true });
    deepEqual(found.right(15, 15), [0x56, 0xb4, 0xe9]);
    const { right, left } = draw({ lesion: { width, height, pixels } });
    deepEqual(right(15, 15), [255, 255, 255]);
    ok(right(20, 15)[0]! < 255);
    deepEqual(left(15, 15), [128, 128, 128]);
  });

  it("takes a part that reaches beyond the picture", () => {
    const { right } = draw({ part: { left: -10, top: -5, width: 60, height: 60 } });
    deepEqual(right(0, 0), mixed(0));
    deepEqual(right(39, 29), mixed(1));
    equal(draw({ part: { left: -10, top: -5, width: 60, height: 60 } }).image.width, 88);
  });
});
