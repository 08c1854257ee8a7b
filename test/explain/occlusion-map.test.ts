import { deepEqual, equal, ok, rejects } from "node:assert/strict";

import { occlusionMap, type PredictProbability } from "../../lib/explain/occlusion-map";

const shape = { height: 6, width: 5, channels: 2 };
const length = 60;
const bright = new Float32Array(length).fill(0.5);

/** A model that looks at one number of the image alone. */
const watch =
  (place: number): PredictProbability =>
  (pixels, count) =>
    Array.from({ length: count }, (_, image) => pixels[image * length + place]!);

describe("occlusionMap(predict, images, options)", () => {
  it("finds the one place that a model looks at, and how much hiding it changes", async () => {
    // Row 2, column 3, the second channel.
    const place = (2 * 5 + 3) * 2 + 1;
    const found = await occlusionMap(watch(place), { pixels: bright, ...shape }, { patch: 1, stride: 1 });
    deepEqual(found.probabilities, [0.5]);
    const expected = new Float32Array(30);
    expected[13] = 0.5;
    for (const [pixel, value] of found.values.entries()) ok(Math.abs(value - expected[pixel]!) < 1e-7, `${pixel}`);
  });

  it("takes the mean over the squares that hide a pixel, and covers the borders", async () => {
    // Squares of 4 begin at rows 0 and 2, columns 0 and 1: the corner above left is hidden by one of four.
    const found = await occlusionMap(watch(0), { pixels: bright, ...shape }, { patch: 4, stride: 3, batchSize: 3 });
    const expected = (row: number, column: number) => {
      const rows = [0, 2].filter((top) => row >= top && row < top + 4);
      const columns = [0, 1].filter((left) => column >= left && column < left + 4);
      return rows[0] === 0 && columns[0] === 0 ? 0.5 / (rows.length * columns.length) : 0;
    };
    for (let row = 0; row < 6; row++)
      for (let column = 0; column < 5; column++)
        equal(found.values[row * 5 + column], expected(row, column), `${row}, ${column}`);
  });

  it("hides with 0, leaves the images as they are, and gives a map for each", async () => {
    const pixels = Float32Array.from({ length: 2 * length }, (_, place) => (place % 7) / 7);
    const before = pixels.slice();
    const seen: Float32Array[] = [];
    const predict: PredictProbability = (given, count) => {
      seen.push(given.slice());
      return Promise.resolve(new Array<number>(count).fill(0.25));
    };
    const found = await occlusionMap(predict, { pixels, ...shape }, { patch: 5, stride: 5 });
    deepEqual(pixels, before);
    equal(found.images, 2);
    equal(found.values.length, 60);
    ok(found.values.every((value) => value === 0));
    // The first call is the image as it is; in the second, the first pixel is hidden.
    deepEqual([...seen[1]!.subarray(0, 50)], new Array<number>(50).fill(0));
    deepEqual([...seen[1]!.subarray(50, length)], [...before.subarray(50, length)]);
  });

  it("refuses options, images and models that are none", async () => {
    const images = { pixels: bright, ...shape };
    const refuse = (given: object, message: RegExp) =>
      rejects(occlusionMap(watch(0), images, given), { name: "Problem", message });
    await refuse({ patch: 6 }, /patch: 6, expected a whole number from 1 to 5/);
    await refuse({ patch: 2, stride: 3 }, /stride: 3, expected a whole number from 1 to 2/);
    await refuse({ patch: 2, stride: 1, batchSize: 0 }, /batchSize: 0/);
    await refuse({ size: 3 }, /no option "size"/);
    const tooFew = { pixels: bright.subarray(1), ...shape };
    await rejects(occlusionMap(watch(0), tooFew), { name: "Problem", message: /59 numbers, expected images of/ });
    for (const [predict, message] of [
      [() => [1.5], /probability 1.5, expected 0 to 1/],
      [() => [NaN], /probability NaN/],
      [() => [], /0 probabilities for 1 images/],
    ] as [PredictProbability, RegExp][])
      await rejects(occlusionMap(predict, images, { patch: 2, stride: 1 }), { name: "Problem", message });
  });
});
