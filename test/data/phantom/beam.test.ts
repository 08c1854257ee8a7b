import { ok } from "node:assert/strict";

import { grazing, pathsInside } from "../../../lib/data/phantom/beam";

const size = 96;

/** A disc in the upper half, as shares of the image. */
const inside = Float32Array.from({ length: size * size }, (_, pixel) => {
  const [x, y] = [((pixel % size) + 0.5) / size, (Math.floor(pixel / size) + 0.5) / size];
  return Math.hypot(x - 0.5, y - 0.35) <= 0.2 ? 1 : 0;
});
const paths = pathsInside(inside, size);
const at = (x: number, y: number) => paths[Math.floor(y * size) * size + Math.floor(x * size)]!;

describe("pathsInside(inside, size)", () => {
  it("is the length of the chord behind a disc", () => {
    for (const x of [0.35, 0.42, 0.5, 0.58]) {
      const chord = 2 * Math.sqrt(0.2 ** 2 - (x - 0.5) ** 2);
      // Softened by what moves between beams.
      ok(Math.abs(at(x, 0.57) - chord) < 0.03, `${x}: ${at(x, 0.57)}, expected ${chord}`);
    }
  });

  it("is nothing above and beside, and deepens within", () => {
    ok(at(0.5, 0.12) === 0 && at(0.1, 0.9) < 1e-3);
    const within = [0.2, 0.28, 0.36, 0.44, 0.52].map((y) => at(0.5, y));
    ok(within.every((path, index) => index === 0 || path > within[index - 1]! + 0.05));
  });

  it("loses nothing on the way: each row behind the disc sums to its area", () => {
    const area = inside.reduce((sum, value) => sum + value, 0) / size;
    for (const row of [60, 75, 95]) {
      const sum = paths.slice(row * size, (row + 1) * size).reduce((total, path) => total + path, 0);
      ok(Math.abs(sum / area - 1) < 1e-4);
    }
  });

  it("softens the shadow's edge with depth", () => {
    const edge = (y: number) => at(0.69, y) - at(0.72, y);
    ok(edge(0.4) > edge(0.95) && at(0.74, 0.95) > at(0.74, 0.5));
  });
});

describe("grazing(paths, size)", () => {
  it("is found where beams touch the rims, not in the middle or beside", () => {
    const grazed = grazing(paths, size);
    const row = Math.floor(0.5 * size) * size;
    const most = (low: number, high: number) =>
      Math.max(...grazed.slice(row + Math.floor(low * size), row + Math.floor(high * size)));
    ok(most(0.26, 0.36) > 0.3 && most(0.64, 0.74) > 0.3);
    ok(most(0.42, 0.58) === 0 && most(0, 0.2) === 0);
    ok(grazed.every((share) => share >= 0 && share <= 1));
  });
});
