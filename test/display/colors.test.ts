import { ok } from "node:assert/strict";

import { classStyles, seriesColors } from "../../lib/display/colors";

/** Linear light of an sRGB colour, red, green and blue from 0 to 1. */
function linear(color: string): number[] {
  return [1, 3, 5].map((start) => {
    const level = parseInt(color.slice(start, start + 2), 16) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
}

/** What is seen without one kind of cone: Machado, Oliveira and Fernandes 2009, full severity. */
const deficiencies: Record<string, number[][]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b* of linear light, D65. */
function lab(light: number[]): number[] {
  const [red, green, blue] = light.map((value) => Math.min(1, Math.max(0, value))) as [number, number, number];
  const xyz = [
    (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
    0.2126 * red + 0.7152 * green + 0.0722 * blue,
    (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
  ].map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)) as [number, number, number];
  return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])];
}

const distance = (one: number[], other: number[]) => Math.hypot(...one.map((value, index) => value - other[index]!));

describe("the colours", () => {
  for (const [name, matrix] of Object.entries(deficiencies)) {
    it(`of benign and malignant are far apart for readers with ${name}`, () => {
      const [benign, malignant] = [classStyles.benign.color, classStyles.malignant.color].map((color) =>
        lab(matrix.map((row) => row.reduce((sum, weight, index) => sum + weight * linear(color)[index]!, 0))),
      ) as [number[], number[]];
      // 10 is where neighbouring areas begin to look alike; the pair of red and green falls to 7.
      ok(distance(benign, malignant) > 60);
    });
  }

  it("of series are not those of classes", () => {
    const classes = Object.values(classStyles).map(({ color }) => color);
    ok(seriesColors.every((color) => !classes.includes(color)));
  });

  it("of classes have second marks beside them, all different", () => {
    const styles = Object.values(classStyles);
    ok(new Set(styles.map(({ dash }) => dash)).size === 3 && new Set(styles.map(({ symbol }) => symbol)).size === 3);
  });
});
