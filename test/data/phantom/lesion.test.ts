import { deepEqual, ok } from "node:assert/strict";

import {
  drawLesion,
  halfAxes,
  outlineAt,
  outlineDistance,
  viewLesion,
  type Lesion,
} from "../../../lib/data/phantom/lesion";
import { createRandom } from "../../../lib/runtime/random";

const features = {
  radius: 0.1,
  aspect: 4,
  irregularity: 0,
  spiculation: 0,
  blur: 0.1,
  halo: 0,
  contrast: -10,
  texture: 0,
  posterior: 0,
};
const ellipse: Lesion = { features, center: [0.5, 0.4], turn: 0, waves: [], spicules: [] };
const lesions = Array.from({ length: 200 }, (_, index) => drawLesion(index % 2 === 1, 0, createRandom(1).split(index)));

describe("drawLesion(isMalignant, difficulty, random)", () => {
  it("makes outlines whose lobes stray by exactly what the feature says", () => {
    for (const lesion of lesions) {
      const smooth = { ...lesion, spicules: [] };
      const strayed = Array.from({ length: 720 }, (_, degree) => outlineAt(smooth, (degree * Math.PI) / 360) - 1);
      // Where lobes are deepest the outline is kept away from the centre.
      if (Math.min(...strayed) <= -0.8) continue;
      const found = Math.sqrt(strayed.reduce((sum, value) => sum + value ** 2, 0) / 720);
      ok(Math.abs(found - lesion.features.irregularity) < 1e-9);
    }
  });

  it("makes its longest spicule as long as the feature says", () => {
    for (const { features, spicules } of lesions) {
      ok(Math.abs(Math.max(...spicules.map(({ length }) => length)) - features.spiculation) < 1e-12);
    }
  });

  it("gives the same lesion for the same seed, and another for another", () => {
    deepEqual(drawLesion(true, 0, createRandom(1)), drawLesion(true, 0, createRandom(1)));
    ok(drawLesion(true, 0, createRandom(1)).features.aspect !== drawLesion(true, 0, createRandom(2)).features.aspect);
  });
});

describe("viewLesion(lesion, random)", () => {
  it("keeps the features and the outline's form, turned and elsewhere", () => {
    const [first] = lesions as [Lesion];
    const second = viewLesion(first, createRandom(9));
    deepEqual(second.features, first.features);
    ok(second.turn !== first.turn && second.center[0] !== first.center[0]);
    const angle = 0.7;
    ok(Math.abs(outlineAt(second, angle + second.turn) - outlineAt(first, angle + first.turn)) < 1e-12);
  });

  it("keeps the centre in the image and the ellipse below the skin", () => {
    for (const { features, center } of lesions) {
      ok(center[0] > 0.3 && center[0] < 0.7 && center[1] > 0.3 && center[1] < 0.6, center.join(", "));
      ok(center[1] - halfAxes(features)[1] > 0.05);
    }
  });
});

describe("halfAxes(features)", () => {
  it("keeps the area and the proportion", () => {
    deepEqual(halfAxes({ radius: 0.1, aspect: 4 }), [0.05, 0.2]);
  });
});

describe("outlineDistance(lesion, x, y)", () => {
  it("is that of an ellipse where there are no waves: half axes 0.05 across and 0.2 down", () => {
    const at = (x: number, y: number) => Number(outlineDistance(ellipse, x, y).toFixed(9));
    deepEqual([at(0.5, 0.4), at(0.55, 0.4), at(0.5, 0.6), at(0.5, 0.8), at(0.6, 0.4)], [0, 1, 1, 2, 2]);
  });

  it("follows a wave of the outline, and a turn of a quarter", () => {
    const waves = [{ order: 2, size: 0.5, phase: 0 }];
    const round: Lesion = { ...ellipse, features: { ...features, aspect: 1 }, waves };
    // Half as far again to the sides, half as far up and down.
    ok(Math.abs(outlineDistance(round, 0.65, 0.4) - 1) < 1e-9);
    ok(Math.abs(outlineDistance(round, 0.5, 0.45) - 1) < 1e-9);
    ok(Math.abs(outlineDistance({ ...round, turn: Math.PI / 2 }, 0.5, 0.55) - 1) < 1e-9);
  });
});

describe("outlineAt(lesion, angle)", () => {
  it("has a spicule's whole length at its angle, a quarter of it half its width away, and nothing beyond", () => {
    // Near half a turn, where angles jump from π to -π.
    const spiked: Lesion = { ...ellipse, spicules: [{ angle: 3.1, length: 0.4, width: 0.2 }] };
    const at = (angle: number) => Number(outlineAt(spiked, angle).toFixed(9));
    deepEqual([at(3.1), at(3.0), at(3.2 - 2 * Math.PI), at(3.31 - 2 * Math.PI), at(0)], [1.4, 1.1, 1.1, 1, 1]);
  });

  it("never lets the outline reach the centre", () => {
    ok(Math.abs(outlineAt({ ...ellipse, waves: [{ order: 2, size: 1.5, phase: Math.PI }] }, 0) - 0.2) < 1e-12);
  });
});
