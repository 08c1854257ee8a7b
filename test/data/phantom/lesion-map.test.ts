import { deepEqual, equal, ok } from "node:assert/strict";

import { drawLesion, outlineDistance } from "../../../lib/data/phantom/lesion";
import { mapLesion } from "../../../lib/data/phantom/lesion-map";
import { createRandom } from "../../../lib/runtime/random";

const lesions = Array.from({ length: 12 }, (_, index) => drawLesion(index % 2 === 1, 0, createRandom(4).split(index)));

describe("mapLesion(lesion, size)", () => {
  it("marks exactly the pixels whose centres lie within the outline", () => {
    for (const lesion of lesions) {
      const { mask, distances } = mapLesion(lesion, 64);
      mask.forEach((value, pixel) => {
        const distance = outlineDistance(lesion, ((pixel % 64) + 0.5) / 64, (Math.floor(pixel / 64) + 0.5) / 64);
        equal(value, distance <= 1 ? 1 : 0);
        ok(Math.abs(distances[pixel]! / distance - 1) < 0.02);
      });
    }
  });

  it("puts the box tightly around the mask", () => {
    for (const lesion of lesions) {
      const { mask, box } = mapLesion(lesion, 48);
      const places = [...mask.keys()].filter((pixel) => mask[pixel] === 1);
      const [columns, rows] = [places.map((pixel) => pixel % 48), places.map((pixel) => Math.floor(pixel / 48))];
      const [left, top] = [Math.min(...columns), Math.min(...rows)];
      deepEqual(box, { left, top, width: Math.max(...columns) - left + 1, height: Math.max(...rows) - top + 1 });
    }
  });

  it("covers the same share of the image at every size", () => {
    for (const lesion of lesions) {
      const share = (size: number) => mapLesion(lesion, size).mask.reduce((sum, value) => sum + value, 0) / size ** 2;
      ok(Math.abs(share(64) - share(192)) < 0.01);
    }
  });

  it("covers some 7 per cent of the image where benign and 15 where malignant, in the median", () => {
    const median = (isMalignant: boolean) => {
      const shares = Array.from({ length: 300 }, (_, index) => {
        const { mask } = mapLesion(drawLesion(isMalignant, 0, createRandom(5).split(index)), 48);
        return mask.reduce((sum, value) => sum + value, 0) / 48 ** 2;
      });
      return shares.sort((low, high) => low - high)[150]!;
    };
    ok(Math.abs(median(false) - 0.07) < 0.015, String(median(false)));
    ok(Math.abs(median(true) - 0.15) < 0.025, String(median(true)));
  });

  it("has at least a pixel, however small the lesion", () => {
    const [lesion] = lesions;
    const tiny = { ...lesion!, features: { ...lesion!.features, radius: 1e-4 } };
    equal(
      mapLesion(tiny, 16).mask.reduce((sum, value) => sum + value, 0),
      1,
    );
  });
});
