import { ok } from "node:assert/strict";

import { mirrorImages } from "../../../../lib/data/inspect/alike/align";
import { spectrumOf, transform } from "../../../../lib/data/inspect/alike/spectrum";
import { createRandom } from "../../../../lib/runtime/random";

const random = createRandom(2);
const picture = Float64Array.from({ length: 1024 }, () => random.normal());
const near = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  for (let place = 0; place < a.length; place++)
    ok(Math.abs(a[place]! - b[place]!) <= tolerance, `${a[place]!} is not ${b[place]!} at ${place}`);
};

describe("transform(picture, imaginary, size)", () => {
  it("is the sum of the definition", () => {
    const { real, imaginary } = transform(picture);
    for (const [row, column] of [
      [0, 0],
      [3, 29],
      [16, 1],
    ] as const) {
      let [re, im] = [0, 0];
      picture.forEach((value, place) => {
        const angle = (-2 * Math.PI * (row * Math.floor(place / 32) + column * (place % 32))) / 32;
        re += value * Math.cos(angle);
        im += value * Math.sin(angle);
      });
      near([real[row * 32 + column]!, imaginary[row * 32 + column]!], [re, im], 1e-9);
    }
  });

  it("comes back by the conjugate, at any power of two", () => {
    const small = Float64Array.from({ length: 64 }, () => random.normal());
    const { real, imaginary } = transform(small, null, 8);
    const back = transform(
      real,
      imaginary.map((value) => -value),
      8,
    );
    near(
      back.real.map((value) => value / 64),
      small,
      1e-12,
    );
  });
});

describe("spectrumOf(picture)", () => {
  it("is the same for mirror images", () => {
    const [own, ...others] = mirrorImages(picture).map(spectrumOf);
    for (const other of others) near(own!, other, 1e-9);
  });

  it("hardly changes with a shift of what fades out", () => {
    const blob = (left: number, top: number) =>
      Float64Array.from({ length: 1024 }, (_, place) => {
        const [x, y] = [(place % 32) - left, Math.floor(place / 32) - top];
        return Math.exp(-(x * x + y * y) / 8) * Math.cos(x) * Math.cos(0.7 * y);
      });
    const [still, shifted] = [blob(16, 15), blob(18, 14)].map(spectrumOf);
    const length = Math.hypot(...still!);
    ok(Math.hypot(...still!.map((value, place) => value - shifted![place]!)) < 0.15 * length);
  });
});
