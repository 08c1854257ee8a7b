import { deepEqual, ok, throws } from "node:assert/strict";

import { checkNormalisation, computeNormalisation, normaliseInPlace } from "../../../lib/data/prepare/normalise";

const pixels = Float32Array.from({ length: 4 * 3 * 3 * 2 }, (_, place) => ((place * 37) % 101) / 101);
const prepared = { ids: ["a", "b", "c", "d"], pixels, size: 3, channels: ["gray", "mask"] as const };
const near = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((value, place) => Math.abs(value - other[place]!) < 1e-6);

/** The values of one plane of some images. */
const planeOf = (images: readonly number[], channel: number) =>
  images.flatMap((image) => [...pixels.slice(image * 18, image * 18 + 18)].filter((_, place) => place % 2 === channel));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("computeNormalisation(prepared, trainingIds)", () => {
  it("gives mean and standard deviation of each plane", () => {
    const own = computeNormalisation(prepared, ["a", "c"]);
    const planes = [planeOf([0, 2], 0), planeOf([0, 2], 1)];
    ok(near(own.mean, planes.map(mean)));
    // The root of the mean square minus the squared mean: another formula for the same.
    ok(
      near(
        own.deviation,
        planes.map((plane) => Math.sqrt(mean(plane.map((value) => value ** 2)) - mean(plane) ** 2)),
      ),
    );
  });

  it("looks at the training images alone", () => {
    const own = computeNormalisation(prepared, ["a", "c"]);
    const others = pixels.slice();
    others.fill(1e6, 18, 36);
    others.fill(NaN, 54);
    deepEqual(computeNormalisation({ ...prepared, pixels: others }, ["a", "c"]), own);
  });

  it("is plain data that survives a file", () => {
    const own = computeNormalisation(prepared, ["b"]);
    deepEqual(JSON.parse(JSON.stringify(own)), own);
  });

  it("leaves a plane that never varies undivided", () => {
    const flat = { ...prepared, pixels: new Float32Array(pixels.length).fill(0.25) };
    deepEqual(computeNormalisation(flat, ["a", "b"]), { mean: [0.25, 0.25], deviation: [1, 1] });
  });

  it("refuses no images, and names that are not there", () => {
    throws(() => computeNormalisation(prepared, []), /from no images/);
    throws(() => computeNormalisation(prepared, ["a", "x"]), /"x" is not among/);
    throws(() => computeNormalisation(prepared, ["a", "a"]), /"a" stands twice/);
  });
});

describe("normaliseInPlace(pixels, normalisation)", () => {
  it("gives the training images the mean 0 and the deviation 1", () => {
    const copy = pixels.slice();
    normaliseInPlace(copy, computeNormalisation(prepared, prepared.ids));
    const after = computeNormalisation({ ...prepared, pixels: copy }, prepared.ids);
    ok(near(after.mean, [0, 0]) && near(after.deviation, [1, 1]));
  });

  it("computes (value - mean) / deviation, plane by plane", () => {
    const copy = Float32Array.of(1, 10, 3, 20);
    normaliseInPlace(copy, { mean: [1, 10], deviation: [0.5, 5] });
    deepEqual([...copy], [0, 0, 4, 2]);
  });

  it("refuses numbers of another number of planes", () => {
    throws(() => {
      normaliseInPlace(new Float32Array(4), { mean: [1, 1, 1], deviation: [1, 1, 1] });
    }, /3 planes.*4 numbers/);
  });
});

describe("checkNormalisation(normalisation, channels)", () => {
  it("refuses what does not fit or is damaged", () => {
    checkNormalisation({ mean: [0.5], deviation: [0.2] }, 1);
    throws(() => {
      checkNormalisation({ mean: [0.5], deviation: [0.2] }, 3);
    }, /for 3 planes/);
    throws(() => {
      checkNormalisation({ mean: [NaN], deviation: [0.2] }, 1);
    }, /means \[NaN\]/);
    throws(() => {
      checkNormalisation({ mean: [0.5], deviation: [0] }, 1);
    }, /deviations \[0\]/);
  });
});
