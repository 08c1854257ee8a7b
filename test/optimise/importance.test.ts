import { deepEqual, ok } from "node:assert/strict";

import { checkDimensions, type Point } from "../../lib/optimise/dimension";
import { importanceOf } from "../../lib/optimise/importance";
import { createRandom } from "../../lib/runtime/random";

const angle = { kind: "number", from: -Math.PI, to: Math.PI } as const;
const dimensions = checkDimensions({ first: angle, second: angle, third: angle });

describe("importanceOf(dimensions, valuesOf, draws, random)", () => {
  it("has the indices of Ishigami's function, which are known", () => {
    const ishigami = (points: readonly Point[]) =>
      points.map(({ first, second, third }) => {
        const [x, y, z] = [first, second, third].map(Number) as [number, number, number];
        return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
      });
    const found = importanceOf(dimensions, ishigami, 20_000, createRandom(1));
    deepEqual(
      found.map(({ name }) => name),
      ["first", "second", "third"],
    );
    const expected = { first: [0.3139, 0.5576], second: [0.4424, 0.4424], third: [0, 0.2437] } as const;
    for (const { name, alone, total } of found) {
      const [own, all] = expected[name as keyof typeof expected];
      ok(Math.abs(alone - own) < 0.03 && Math.abs(total - all) < 0.03, `${name}: ${alone}, ${total}`);
    }
  });

  it("is 0 of what changes nothing", () => {
    const same = importanceOf(dimensions, (points) => points.map(() => 3), 10, createRandom(1));
    ok(same.every(({ alone, total }) => alone === 0 && total === 0));
  });
});
