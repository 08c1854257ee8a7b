import { equal, ok } from "node:assert/strict";

import { drawStroke, drawTexture } from "../../../lib/data/phantom/brush";
import { createRandom } from "../../../lib/runtime/random";

describe("drawTexture(size, columns, rows, random)", () => {
  it("has a mean of 0 and a standard deviation of 1", () => {
    const texture = drawTexture(200, 40, 40, createRandom(1));
    const mean = texture.reduce((sum, value) => sum + value, 0) / texture.length;
    const deviation = Math.sqrt(texture.reduce((sum, value) => sum + (value - mean) ** 2, 0) / texture.length);
    ok(Math.abs(mean) < 0.1 && Math.abs(deviation - 1) < 0.1, `${mean}, ${deviation}`);
  });

  it("is the same at every size", () => {
    const [small, large] = [drawTexture(32, 5, 7, createRandom(1)), drawTexture(96, 5, 7, createRandom(1))];
    // A pixel's centre of the small one is the centre of the middle one of nine in the large one.
    for (let pixel = 0; pixel < small.length; pixel++) {
      const [row, column] = [Math.floor(pixel / 32), pixel % 32];
      ok(Math.abs(small[pixel]! - large[(row * 3 + 1) * 96 + column * 3 + 1]!) < 1e-5);
    }
  });

  it("changes slowly where few values are asked for", () => {
    const roughness = (columns: number) => {
      const texture = drawTexture(64, columns, 4, createRandom(2));
      return texture.reduce(
        (sum, value, pixel) => sum + (pixel % 64 === 0 ? 0 : Math.abs(value - texture[pixel - 1]!)),
        0,
      );
    };
    ok(roughness(4) < roughness(30) / 2);
  });
});

describe("drawStroke(levels, size, stroke)", () => {
  it("is as bright as asked along its middle, and falls by 4.3 dB one deviation away", () => {
    const levels = new Float32Array(64 * 64).fill(-40);
    const y = 20.5 / 64;
    const points = [
      [0.1, y],
      [0.9, y],
    ] as const;
    drawStroke(levels, 64, { points, width: 2 / 64, level: 5 });
    ok(Math.abs(levels[20 * 64 + 32]! - 5) < 0.1);
    ok(Math.abs(levels[22 * 64 + 32]! - (5 - 4.343)) < 0.15);
    equal(levels[40 * 64 + 32], -40);
  });

  it("leaves what is brighter, and what lies outside of the image", () => {
    const levels = new Float32Array(16 * 16).fill(20);
    const points = [
      [-0.5, -0.2],
      [1.5, 1.3],
    ] as const;
    drawStroke(levels, 16, { points, width: 0.02, level: 5 });
    ok(levels.every((level) => level === 20));
  });
});
