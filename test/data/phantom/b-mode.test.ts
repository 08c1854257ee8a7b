import { deepEqual, equal, ok } from "node:assert/strict";

import { formImage } from "../../../lib/data/phantom/b-mode";
import { outlineDistance } from "../../../lib/data/phantom/lesion";
import { generatePhantoms, type Phantom } from "../../../lib/data/phantom/phantom";
import { createRandom } from "../../../lib/runtime/random";

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean gray level of an image where the distance from the lesion's outline is in a range. */
function levelWhere({ pixels, size, lesion }: Phantom, inside: (distance: number) => boolean): number {
  const chosen = [...pixels].filter((_, pixel) =>
    inside(outlineDistance(lesion, ((pixel % size) + 0.5) / size, (Math.floor(pixel / size) + 0.5) / size)),
  );
  return mean(chosen);
}

describe("formImage(lesion, size, random)", () => {
  it("draws lesions darker than the tissue around them", () => {
    const phantoms = generatePhantoms({ count: 40, size: 64, random: createRandom(4) });
    const darker = phantoms.filter((phantom) => levelWhere(phantom, (d) => d < 0.7) < levelWhere(phantom, (d) => d > 1.3 && d < 2) - 0.05);
    ok(darker.length >= 38, `${darker.length} of 40`);
  });

  it("makes speckle as in theory: the envelope of uniform tissue has a mean of 1.91 standard deviations", () => {
    // Rayleigh's distribution: mean / deviation = sqrt(pi / (4 - pi)) = 1.913. Taken in one row, where layers are alike,
    // far from lesions, over many images, and undoing the logarithm (50 dB from black to white).
    const ratios = generatePhantoms({ count: 150, size: 64, random: createRandom(5) }).map(({ pixels, size }) => {
      const row = [...pixels.slice(47 * size, 47 * size + 12)].map((level) => 10 ** (((level - 1) * 50) / 20));
      return row.map((value) => value / mean(row));
    });
    const envelope = ratios.flat();
    const ratio = 1 / Math.sqrt(mean(envelope.map((value) => (value - 1) ** 2)));
    ok(Math.abs(ratio - 1.913) < 0.25, String(ratio));
  });

  it("shows the shadow or the enhancement that the lesion casts", () => {
    const [phantom] = generatePhantoms({ count: 1, size: 64, random: createRandom(7) }) as [Phantom];
    const below = (posterior: number) => {
      const features = { ...phantom.lesion.features, posterior };
      const pixels = formImage({ ...phantom.lesion, features }, 64, createRandom(8));
      const column = Math.floor(phantom.lesion.center[0] * 64);
      return mean(Array.from({ length: 40 }, (_, place) => pixels[(44 + (place % 8)) * 64 + column - 2 + Math.floor(place / 8)]!));
    };
    ok(below(-12) < below(0) - 0.05 && below(0) < below(10) - 0.05);
  });

  it("gives the same image for the same seed, and another for another", () => {
    const [{ lesion }] = generatePhantoms({ count: 1, size: 16, random: createRandom(7) }) as [Phantom];
    deepEqual(formImage(lesion, 32, createRandom(1)), formImage(lesion, 32, createRandom(1)));
    ok(formImage(lesion, 32, createRandom(1)).some((level, pixel) => level !== formImage(lesion, 32, createRandom(2))[pixel]));
    equal(formImage(lesion, 32, createRandom(1)).length, 32 * 32);
  });
});
