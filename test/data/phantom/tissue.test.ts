import { deepEqual, ok } from "node:assert/strict";

import { drawTissue, mapTissue, type Tissue } from "../../../lib/data/phantom/tissue";
import { createRandom } from "../../../lib/runtime/random";

const tissue: Tissue = { skin: 0.05, fat: 0.25, muscle: 0.8, fattiness: 0, rib: false, attenuation: 0.6 };
const size = 96;
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rows = (map: Float32Array, from: number, to: number) =>
  map.slice(Math.round(from * size) * size, Math.round(to * size) * size);

describe("mapTissue(tissue, size, random)", () => {
  it("lays bright skin over dark fat over glandular tissue over darker muscle", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const map = mapTissue(tissue, size, createRandom(seed));
      const [skin, fat, gland, muscle] = [
        mean(rows(map, 0, 0.03)),
        mean(rows(map, 0.1, 0.18)),
        mean(rows(map, 0.4, 0.65)),
        mean(rows(map, 0.88, 1)),
      ];
      ok(skin > gland + 3 && gland > fat + 6 && gland > muscle + 3, `${skin}, ${fat}, ${gland}, ${muscle}`);
    }
  });

  it("is darker between the glands where the breast is fatty", () => {
    const level = (fattiness: number) =>
      mean(rows(mapTissue({ ...tissue, fattiness }, size, createRandom(1)), 0.4, 0.65));
    ok(level(1) < level(0) - 3);
  });

  it("casts a shadow behind a rib", () => {
    const darkest = (rib: boolean) => Math.min(...rows(mapTissue({ ...tissue, rib }, size, createRandom(1)), 0.98, 1));
    ok(darkest(true) < darkest(false) - 15);
  });

  it("shows the same at every size", () => {
    const at = (pixels: number) => mapTissue(tissue, pixels, createRandom(3));
    const [small, large] = [at(64), at(192)];
    const differences = small.map((level, pixel) => {
      const [row, column] = [Math.floor(pixel / 64), pixel % 64];
      return Math.abs(level - large[(row * 3 + 1) * 192 + column * 3 + 1]!);
    });
    // But for thin lines, which cannot be thinner than a pixel.
    ok([...differences].sort((low, high) => low - high)[Math.floor(0.75 * differences.length)]! < 0.01);
  });
});

describe("drawTissue(random)", () => {
  it("draws layers in their order, and sometimes a rib", () => {
    const drawn = Array.from({ length: 300 }, (_, index) => drawTissue(createRandom(1).split(index)));
    ok(drawn.every(({ skin, fat, muscle }) => skin > 0 && skin < fat && fat < muscle && muscle < 1));
    ok(drawn.every(({ attenuation }) => attenuation > 0.5 && attenuation < 0.75));
    const ribs = drawn.filter(({ rib }) => rib).length;
    ok(ribs > 20 && ribs < 80, String(ribs));
    deepEqual(drawTissue(createRandom(5)), drawTissue(createRandom(5)));
  });
});
