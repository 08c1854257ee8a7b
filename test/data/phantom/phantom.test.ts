import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { createRandom } from "../../../lib/runtime/random";

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

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
