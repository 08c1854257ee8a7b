import { deepEqual, ok } from "node:assert/strict";

import { drawLesion, outlineDistance, type Lesion } from "../../../lib/data/phantom/lesion";
import { createRandom } from "../../../lib/runtime/random";

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const lesions = (isMalignant: boolean, difficulty = 0) =>
  Array.from({ length: 400 }, (_, index) => drawLesion(isMalignant, difficulty, createRandom(1).split(index)).features);

describe("drawLesion(isMalignant, difficulty, random)", () => {
  it("gives malignant ones what radiologists look for: irregular, taller, blurred, in a shadow", () => {
    const [benign, malignant] = [lesions(false), lesions(true)];
    for (const [feature, sign] of [
      ["irregularity", 1],
      ["aspect", 1],
      ["blur", 1],
      ["posterior", -1],
    ] as const) {
      const difference = mean(malignant.map((lesion) => lesion[feature])) - mean(benign.map((lesion) => lesion[feature]));
      ok(difference * sign > 0, feature);
    }
  });

  it("lets the classes overlap in every feature, so that no rule is always right", () => {
    const [benign, malignant] = [lesions(false), lesions(true)];
    for (const feature of ["irregularity", "aspect", "blur", "posterior", "contrast"] as const) {
      const range = (list: typeof benign) => [
        Math.min(...list.map((lesion) => lesion[feature])),
        Math.max(...list.map((lesion) => lesion[feature])),
      ];
      const [[low, high], [otherLow, otherHigh]] = [range(benign), range(malignant)] as [number[], number[]];
      ok(low! < otherHigh! && otherLow! < high!, feature);
    }
  });

  it("makes the classes alike where the difficulty is 1", () => {
    const aspects = (isMalignant: boolean) => mean(lesions(isMalignant, 1).map(({ aspect }) => aspect));
    ok(Math.abs(aspects(true) - aspects(false)) < 0.05);
  });
});

describe("outlineDistance(lesion, x, y)", () => {
  const features = { irregularity: 0, aspect: 4, blur: 0.1, posterior: 0, contrast: -10 };
  const ellipse: Lesion = { features, center: [0.5, 0.4], radius: 0.1, waves: [] };

  it("is that of an ellipse where there are no waves: half axes 0.05 across and 0.2 down", () => {
    const at = (x: number, y: number) => Number(outlineDistance(ellipse, x, y).toFixed(9));
    deepEqual([at(0.5, 0.4), at(0.55, 0.4), at(0.5, 0.6), at(0.5, 0.8), at(0.6, 0.4)], [0, 1, 1, 2, 2]);
  });

  it("follows a wave of the outline", () => {
    const waves = [{ order: 2, size: 0.5, phase: 0 }];
    const round: Lesion = { ...ellipse, features: { ...features, aspect: 1 }, waves };
    // Half as far again to the sides, half as far up and down.
    ok(Math.abs(outlineDistance(round, 0.65, 0.4) - 1) < 1e-9);
    ok(Math.abs(outlineDistance(round, 0.5, 0.45) - 1) < 1e-9);
  });
});
