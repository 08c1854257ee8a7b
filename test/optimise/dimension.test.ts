import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { checkDimensions, columnsOf, encodePoint, moveNear, samplePoint, valuesOf } from "../../lib/optimise/dimension";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";

const dimensions = checkDimensions({
  rate: { kind: "number", from: 0.001, to: 0.1, scale: "logarithmic" },
  cells: { kind: "whole", from: 2, to: 5 },
  channels: { kind: "whole", from: 2, to: 32, scale: "logarithmic" },
  doubling: { kind: "choice", of: [true, false] },
});

describe("samplePoint(dimensions, random)", () => {
  const random = createRandom(1);
  const points = Array.from({ length: 4000 }, () => samplePoint(dimensions, random));
  const share = (of: (point: (typeof points)[number]) => boolean) => points.filter(of).length / points.length;

  it("draws whole numbers alike often, and numbers evenly on their scale, never outside", () => {
    for (const cells of [2, 3, 4, 5]) ok(Math.abs(share((point) => point.cells === cells) - 0.25) < 0.03);
    ok(Math.abs(share(({ rate }) => (rate as number) < 0.01) - 0.5) < 0.03);
    ok(points.every(({ rate }) => (rate as number) >= 0.001 && (rate as number) <= 0.1));
    ok(
      points.every(
        ({ channels }) => Number.isInteger(channels) && (channels as number) >= 2 && (channels as number) <= 32,
      ),
    );
    // log(8.5 / 1.5) of log(32.5 / 1.5)
    ok(Math.abs(share(({ channels }) => (channels as number) <= 8) - 0.5638) < 0.03);
    ok(Math.abs(share(({ doubling }) => doubling === true) - 0.5) < 0.03);
  });

  it("draws equal points of equal seeds", () => {
    deepEqual(samplePoint(dimensions, createRandom(5)), samplePoint(dimensions, createRandom(5)));
  });
});

describe("encodePoint(dimensions, point) and columnsOf(dimensions)", () => {
  it("write numbers from 0 to 1 by their scale, and choices as one number each", () => {
    const encoded = encodePoint(dimensions, { rate: 0.01, cells: 2, channels: 32, doubling: false });
    deepEqual(columnsOf(dimensions), ["rate", "cells", "channels", "doubling", "doubling"]);
    ok(Math.abs(encoded[0]! - 0.5) < 1e-12);
    equal(encoded[1], 0.125);
    ok(encoded[2]! < 1 && encoded[2]! > 0.99);
    deepEqual(encoded.slice(3), [0, 1]);
  });
});

describe("moveNear(dimensions, point, step, random) and valuesOf(dimension, count)", () => {
  it("stay in bounds, near the point", () => {
    const random = createRandom(2);
    const point = { rate: 0.001, cells: 2, channels: 2, doubling: true };
    for (let draw = 0; draw < 200; draw++) {
      const near = moveNear(dimensions, point, 0.05, random);
      ok((near.rate as number) >= 0.001 && (near.rate as number) < 0.003, String(near.rate));
      ok([2, 3].includes(near.cells as number));
    }
  });

  it("list each whole number once, and a choice whole", () => {
    deepEqual(valuesOf(dimensions.cells!, 15), [2, 3, 4, 5]);
    deepEqual(valuesOf(dimensions.doubling!, 15), [true, false]);
    const rates = valuesOf(dimensions.rate!, 3) as number[];
    ok(Math.abs(rates[1]! - 0.01) < 1e-12);
  });
});

describe("checkDimensions(given)", () => {
  it("names the setting that is none, and what to do", () => {
    const refused: [Parameters<typeof checkDimensions>[0], RegExp][] = [
      [{}, /no settings/],
      [{ rate: { kind: "number", from: 1, to: 1 } }, /rate may be from 1 to 1/],
      [{ rate: { kind: "number", from: 0, to: 1, scale: "logarithmic" } }, /rate is on a logarithmic scale from 0/],
      [{ cells: { kind: "whole", from: 0.5, to: 2 } }, /cells is a whole number from 0.5/],
      [{ way: { kind: "choice", of: ["a"] } }, /way/],
      [{ way: { kind: "other" } as never }, /way/],
    ];
    for (const [given, expected] of refused)
      throws(
        () => checkDimensions(given),
        (error: unknown) => error instanceof Problem && expected.test(error.message),
        String(expected),
      );
  });
});
