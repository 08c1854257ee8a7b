import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import { outlineDistance } from "../../../lib/data/phantom/lesion";
import { describePhantomAt, generatePhantoms, phantomAt, type Phantom } from "../../../lib/data/phantom/phantom";
import { createRandom } from "../../../lib/runtime/random";

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const share = (phantoms: Phantom[], holds: (phantom: Phantom) => boolean) =>
  phantoms.filter(holds).length / phantoms.length;
const isMalignant = ({ label }: Phantom) => label === "malignant";

describe("generatePhantoms(options)", () => {
  it("gives the same images for the same seed, and others for another", () => {
    const make = (seed: number) => generatePhantoms({ count: 3, size: 32, random: createRandom(seed) });
    deepEqual(make(1), make(1));
    notDeepEqual(make(1)[0]!.pixels, make(2)[0]!.pixels);
  });

  it("makes image n the same however many are made", () => {
    const make = (count: number) =>
      generatePhantoms({ count, size: 16, malignant: 0.4, marks: 0.5, random: createRandom(1) });
    const many = make(40);
    for (const count of [1, 2, 15, 39]) deepEqual(make(count), many.slice(0, count));
  });

  it("draws the same in image n at every size", () => {
    const make = (size: number) =>
      generatePhantoms({ count: 9, size, marks: 0.5, random: createRandom(1) }).map(
        ({ id, patient, view, device, label, lesion, marked }) => ({
          id,
          patient,
          view,
          device,
          label,
          lesion,
          marked,
        }),
      );
    deepEqual(make(16), make(48));
  });

  it("makes gray levels from 0 to 1, some of each, in the size asked for", () => {
    for (const { pixels, mask, size } of generatePhantoms({ count: 12, size: 48, random: createRandom(2) })) {
      equal(pixels.length, 48 * 48);
      equal(mask.length, 48 * 48);
      equal(size, 48);
      ok(pixels.every((level) => level >= 0 && level <= 1));
      ok(mean(pixels) > 0.2 && mean(pixels) < 0.8, String(mean(pixels)));
    }
  });

  it("makes the share malignant that is asked for, to a few images, mixed among the benign", () => {
    const phantoms = generatePhantoms({ count: 70, size: 16, malignant: 0.3, random: createRandom(3) });
    ok(Math.abs(phantoms.filter(isMalignant).length - 21) <= 3);
    ok(phantoms.slice(0, 35).some(isMalignant) && phantoms.slice(35).some(isMalignant));
  });

  it("gives the views of a patient one label, one device and one lesion, turned, elsewhere and with other speckle", () => {
    const phantoms = generatePhantoms({ count: 35, size: 16, random: createRandom(1) });
    const patients = new Map<string, Phantom[]>();
    for (const phantom of phantoms) patients.set(phantom.patient, [...(patients.get(phantom.patient) ?? []), phantom]);
    equal(patients.size, 20);
    for (const [first, second] of patients.values()) {
      equal(first!.view, 1);
      if (second === undefined) continue;
      equal(second.view, 2);
      deepEqual(
        [second.label, second.device, second.lesion.features],
        [first!.label, first!.device, first!.lesion.features],
      );
      ok(second.lesion.turn !== first!.lesion.turn);
      notDeepEqual(second.lesion.center, first!.lesion.center);
      // At the skin, where no lesion lies.
      notDeepEqual(second.pixels.slice(0, 16), first!.pixels.slice(0, 16));
    }
  });

  it("gives masks that follow the lesion's outline, and boxes around them", () => {
    for (const { mask, box, lesion, size } of generatePhantoms({ count: 5, size: 32, random: createRandom(6) })) {
      mask.forEach((value, pixel) => {
        const [x, y] = [pixel % size, Math.floor(pixel / size)];
        equal(value === 1, outlineDistance(lesion, (x + 0.5) / size, (y + 0.5) / size) <= 1);
        if (value === 1) ok(x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height);
      });
    }
  });

  it("names images, patients and devices so that nobody takes them for real ones, and says that they are synthetic", () => {
    const phantoms = generatePhantoms({ count: 30, size: 16, random: createRandom(1) });
    equal(new Set(phantoms.map(({ id }) => id)).size, 30);
    for (const { id, patient, device, synthetic } of phantoms) {
      ok(id.startsWith("phantom-") && patient.startsWith("phantom-patient-") && device.startsWith("Phantom "));
      equal(synthetic as boolean, true);
    }
    equal(new Set(phantoms.map(({ device }) => device)).size, 3);
  });

  it("keeps class and device apart, unless deviceBias is set", () => {
    const make = (deviceBias: number) =>
      generatePhantoms({ count: 245, size: 16, deviceBias, random: createRandom(1) });
    const shares = (phantoms: Phantom[]) =>
      [true, false].map((cancer) =>
        share(
          phantoms.filter((phantom) => isMalignant(phantom) === cancer),
          ({ device }) => device === "Phantom A",
        ),
      );
    const [cancer, benign] = shares(make(0)) as [number, number];
    ok(Math.abs(cancer - benign) < 0.15, `${cancer}, ${benign}`);
    deepEqual(shares(make(1)), [1, 0]);
    // The lesions stay the same.
    deepEqual(
      make(1).map(({ lesion }) => lesion),
      make(0).map(({ lesion }) => lesion),
    );
  });

  it("burns marks into the share that is asked for, in both classes alike, unless marksBias is set", () => {
    const make = (marks: number, marksBias: number) =>
      generatePhantoms({ count: 245, size: 16, marks, marksBias, random: createRandom(1) });
    const shares = (phantoms: Phantom[]) =>
      [true, false].map((cancer) =>
        share(
          phantoms.filter((phantom) => isMalignant(phantom) === cancer),
          ({ marked }) => marked,
        ),
      ) as [number, number];
    const even = shares(make(0.3, 0));
    ok(Math.abs(even[0] - 0.3) < 0.1 && Math.abs(even[1] - 0.3) < 0.1, even.join(", "));
    const biased = shares(make(0.3, 1));
    ok(Math.abs(biased[0] - 0.6) < 0.1 && biased[1] === 0, biased.join(", "));
    deepEqual(shares(make(0, 1)), [0, 0]);
    deepEqual(shares(make(0.5, 1)), [1, 0]);
  });

  it("changes only the marked pixels where there are marks, and not the mask", () => {
    const make = (marks: number) => generatePhantoms({ count: 1, size: 64, marks, random: createRandom(1) })[0]!;
    const [plain, marked] = [make(0), make(1)];
    deepEqual([plain.marked, marked.marked], [false, true]);
    deepEqual(marked.mask, plain.mask);
    const changed = marked.pixels.filter((level, pixel) => level !== plain.pixels[pixel]).length;
    ok(changed > 30 && changed < 300, String(changed));
  });

  it("refuses settings outside their range, by name", () => {
    const random = createRandom(1);
    throws(() => generatePhantoms({ count: 0, random }), /count: 0, expected a whole number from 1/);
    throws(() => generatePhantoms({ count: 1, size: 8, random }), /size: 8, expected a whole number from 16/);
    throws(
      () => generatePhantoms({ count: 1, malignant: 1.5, random }),
      /malignant: 1.5, expected a number from 0 to 1/,
    );
    throws(() => generatePhantoms({ count: 1, difficulty: NaN, random }), /difficulty: NaN/);
    throws(() => generatePhantoms({ count: 1, deviceBias: -1, random }), /deviceBias: -1/);
    throws(() => generatePhantoms({ count: 1, marks: 2, random }), /marks: 2/);
    throws(() => generatePhantoms({ count: 1, marksBias: 2, random }), /marksBias: 2/);
    throws(() => generatePhantoms({ count: 1, dificulty: 1, random } as never), /Did you mean "difficulty"/);
  });
});

describe("phantomAt(settings, index)", () => {
  const settings = {
    count: 20,
    size: 24,
    malignant: 0.4,
    difficulty: 0.2,
    deviceBias: 0.5,
    marks: 0.5,
    marksBias: 0.3,
    seed: 11,
  };

  it("makes exactly the image that generatePhantoms makes", () => {
    const { seed, ...options } = settings;
    const all = generatePhantoms({ ...options, random: createRandom(seed) });
    for (const index of [0, 1, 7, 13, 19]) deepEqual(phantomAt(settings, index), all[index]);
  });

  it("takes its settings from JSON, with the same defaults", () => {
    const few = JSON.parse(JSON.stringify({ count: 3, seed: 5 })) as { count: number; seed: number };
    deepEqual(phantomAt(few, 2), generatePhantoms({ count: 3, random: createRandom(5) })[2]);
  });

  it("refuses images that there are not, and settings outside their range, by name", () => {
    throws(() => phantomAt(settings, 20), /image 20 of 20, expected a whole number from 0 to 19/);
    throws(() => phantomAt(settings, -1), /image -1/);
    throws(() => phantomAt(settings, 0.5), /image 0.5/);
    throws(() => phantomAt({ ...settings, marks: 3 }, 0), /phantomAt has marks: 3/);
    throws(() => phantomAt({ ...settings, seed: -1 }, 0), /seed: -1, expected a whole number from 0/);
    throws(() => phantomAt({ ...settings, random: 1 } as never, 0), /phantomAt has no option "random"/);
  });
});

describe("describePhantomAt(settings, index)", () => {
  it("tells what phantomAt then computes", () => {
    const settings = { count: 20, size: 32, malignant: 0.4, difficulty: 0.2, deviceBias: 0.5, marks: 0.5, seed: 11 };
    for (const index of [0, 5, 19]) {
      const { id, patient, view, device, label, lesion, synthetic } = phantomAt(settings, index);
      deepEqual(describePhantomAt(settings, index), { id, patient, view, device, label, lesion, synthetic });
    }
    throws(() => describePhantomAt(settings, 20), /describePhantomAt was asked for image 20 of 20/);
  });
});
