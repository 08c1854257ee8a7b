import { deepEqual, equal, ok } from "node:assert/strict";

import { patientOf } from "../../../lib/data/phantom/patients";
import { createRandom } from "../../../lib/runtime/random";

const many = (count: number, malignant = 0.5, seed = 1) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => patientOf(index, malignant, random));
};

describe("patientOf(index, malignant, random)", () => {
  it("gives three of four patients two images and the fourth one", () => {
    const images = new Map<number, number[]>();
    for (const { patient, view } of many(700)) images.set(patient, [...(images.get(patient) ?? []), view]);
    equal(images.size, 400);
    const single = [...images.values()].filter((views) => views.length === 1);
    equal(single.length, 100);
    // The one with a single image is not always at the same place among four.
    equal(new Set([...images].filter(([, views]) => views.length === 1).map(([patient]) => patient % 4)).size, 4);
    for (const views of images.values()) deepEqual(views, views.length === 1 ? [1] : [1, 2]);
  });

  it("numbers patients in the order of their images, without gaps", () => {
    const numbers = [...new Set(many(350).map(({ patient }) => patient))];
    deepEqual(numbers, [...numbers.keys()]);
  });

  it("gives all images of a patient one class", () => {
    const classes = new Map<number, boolean>();
    for (const { patient, isMalignant } of many(350, 0.4)) {
      equal(classes.get(patient) ?? isMalignant, isMalignant);
      classes.set(patient, isMalignant);
    }
  });

  it("makes the share malignant that is asked for, nearly so in every few images", () => {
    for (const share of [0, 0.1, 0.3, 0.5, 0.9, 1]) {
      for (const count of [35, 140, 700]) {
        const found = many(count, share).filter(({ isMalignant }) => isMalignant).length;
        ok(Math.abs(found - count * share) <= 4, `${found} of ${count} at ${share}`);
      }
    }
  });

  it("mixes the classes, otherwise for another seed", () => {
    const classes = (seed: number) => many(70, 0.5, seed).map(({ isMalignant }) => isMalignant);
    ok(classes(1).some((isMalignant, index) => isMalignant !== classes(2)[index]));
    for (let start = 0; start < 70; start += 14) equal(new Set(classes(1).slice(start, start + 14)).size, 2);
  });
});
