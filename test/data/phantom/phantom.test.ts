import { deepEqual, equal, ok, throws } from "node:assert/strict";

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

describe("generatePhantoms(options)", () => {
  it("gives the same images for the same seed", () => {
    const make = () => generatePhantoms({ count: 3, size: 32, random: createRandom(1) }).map(({ pixels }) => [...pixels]);
    deepEqual(make(), make());
  });

  it("gives image n the same content however many are made", () => {
    const make = (size: number) => generatePhantoms({ count: 2, malignant: 1, size, random: createRandom(1) });
    const many = generatePhantoms({ count: 6, malignant: 1, size: 32, random: createRandom(1) });
    deepEqual(make(32)[1]!.pixels, many[1]!.pixels);
    deepEqual(make(64)[1]!.lesion, many[1]!.lesion);
  });

  it("makes gray levels from 0 to 1, some of each, in the size asked for", () => {
    for (const { pixels, size } of generatePhantoms({ count: 4, size: 48, random: createRandom(2) })) {
      equal(pixels.length, 48 * 48);
      equal(size, 48);
      ok(pixels.every((level) => level >= 0 && level <= 1));
      ok(mean([...pixels]) > 0.2 && mean([...pixels]) < 0.8);
    }
  });

  it("makes the share of malignant ones that is asked for, mixed among the benign", () => {
    const labels = generatePhantoms({ count: 40, size: 16, malignant: 0.3, random: createRandom(3) }).map(({ label }) => label);
    equal(labels.filter((label) => label === "malignant").length, 12);
    ok(labels.slice(0, 20).includes("malignant") && labels.slice(20).includes("malignant"));
  });

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

  it("makes classes that differ, and that do not where the difficulty is 1", () => {
    const gap = (difficulty: number) => {
      const phantoms = generatePhantoms({ count: 300, size: 16, difficulty, random: createRandom(6) });
      const aspects = (label: string) => phantoms.filter((phantom) => phantom.label === label).map(({ lesion }) => lesion.features.aspect);
      return mean(aspects("malignant")) - mean(aspects("benign"));
    };
    ok(gap(0) > 0.25);
    ok(Math.abs(gap(1)) < 0.08);
  });

  it("says of every image that it is synthetic", () => {
    const marks: boolean[] = generatePhantoms({ count: 3, size: 16, random: createRandom(1) }).map(({ synthetic }) => synthetic);
    deepEqual(marks, [true, true, true]);
  });

  it("refuses settings outside their range, by name", () => {
    const random = createRandom(1);
    throws(() => generatePhantoms({ count: 0, random }), /count = 0, expected a whole number from 1/);
    throws(() => generatePhantoms({ count: 1, size: 8, random }), /size = 8, expected a whole number from 16/);
    throws(() => generatePhantoms({ count: 1, malignant: 1.5, random }), /malignant = 1.5, expected a number from 0 to 1/);
    throws(() => generatePhantoms({ count: 1, difficulty: NaN, random }), /difficulty = NaN/);
    throws(() => generatePhantoms({ count: 1, dificulty: 1, random } as never), /Did you mean "difficulty"/);
  });
});
