import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import { groupRecords, type SplitRecord } from "../../../lib/data/split/groups";
import { sampleImages, sampleInspected } from "../../../lib/data/split/sample";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, record } from "./random-records";

const records = randomRecords(createRandom(1), { patients: 300, malignant: 0.4, most: 3 });
const half = { malignant: 0.5, benign: 0.5 };
const countOf = (list: readonly SplitRecord[], label: string) => list.filter((one) => one.label === label).length;

describe("sampleImages(records, options)", () => {
  for (const by of ["image", "patient"] as const) {
    it(`draws the number and the balance asked for, by ${by}`, () => {
      for (const [count, malignant] of [
        [200, 0.5],
        [137, 0.25],
        [1, 1],
      ] as const) {
        const sample = sampleImages(records, { count, balance: { malignant, benign: 1 - malignant }, by });
        equal(sample.records.length, count);
        ok(Math.abs(countOf(sample.records, "malignant") - malignant * count) < 1);
        equal(new Set(sample.records).size, count);
      }
    });

    it(`draws the same for the same seed in any order of the records, by ${by}, and others for another`, () => {
      const ids = (list: readonly SplitRecord[], seed: number) =>
        sampleImages(list, { count: 100, balance: half, by, seed })
          .records.map(({ id }) => id)
          .sort();
      deepEqual(ids(records, 1), ids([...records].reverse(), 1));
      notDeepEqual(ids(records, 1), ids(records, 2));
    });
  }

  it("draws whole patients and near-duplicate groups by patient, and parts of them by image", () => {
    const nearDuplicates = [records.slice(0, 2).map(({ id }) => id)];
    const groups = groupRecords(records, nearDuplicates);
    const across = (by: "image" | "patient") => {
      const drawn = new Set(sampleImages(records, { count: 200, balance: half, by, nearDuplicates }).records);
      const ids = new Set([...drawn].map(({ id }) => id));
      return groups.filter((group) => new Set(group.ids.map((id) => ids.has(id))).size === 2).length;
    };
    equal(across("patient"), 0);
    ok(across("image") > 10);
  });

  it("keeps the records as they are, in their order, and says how they were drawn", () => {
    const named = records.map((one) => ({ ...one, device: "x" }));
    const { records: drawn, description } = sampleImages(named, { count: 10, balance: half, seed: 3 });
    deepEqual(
      drawn,
      named.filter((one) => drawn.includes(one)),
    );
    equal(description, `10 of ${records.length} images (5 benign, 5 malignant), drawn by image with seed 3`);
  });

  it("keeps the set's own balance by default, rounding the largest remainders up", () => {
    const set = ["a", "b", "c", "d", "e", "f"].map((id, index) =>
      record(id, index < 2 ? "malignant" : index < 4 ? "normal" : "benign"),
    );
    const { records: drawn } = sampleImages(set, { count: 4 });
    deepEqual(
      ["benign", "malignant", "normal"].map((label) => countOf(drawn, label)),
      [2, 1, 1],
    );
  });

  it("draws each image about equally often", () => {
    const set = Array.from({ length: 10 }, (_, index) => record(`${index}`, "benign", `${index >> 1}`));
    for (const by of ["image", "patient"] as const) {
      const times = new Map<string, number>();
      for (let seed = 0; seed < 400; seed++) {
        for (const { id } of sampleImages(set, { count: 4, by, seed }).records) times.set(id, (times.get(id) ?? 0) + 1);
      }
      // 160 expected; a binomial number has a deviation of 10.
      ok(
        [...times.values()].every((count) => Math.abs(count - 160) < 40),
        `${by}: ${[...times.values()].join(" ")}`,
      );
    }
  });

  it("finds patients that add up where the next in order would not, and refuses where none do", () => {
    const pairs = Array.from({ length: 8 }, (_, index) => record(`${index}`, "benign", `${index >> 1}`));
    const triple = ["x", "y", "z"].map((id) => record(id, "benign", "t"));
    for (let seed = 0; seed < 20; seed++) {
      equal(sampleImages([...pairs, ...triple], { count: 9, by: "patient", seed }).records.length, 9);
    }
    throws(() => sampleImages(pairs, { count: 5, by: "patient" }), {
      name: "Problem",
      message: /No benign groups have 5 images in all: the set has 8, in 4 groups/,
    });
  });

  it("leaves out patients of two classes by patient, and says so", () => {
    const set = [record("a", "benign", "1"), record("b", "malignant", "1"), record("c"), record("d", "malignant")];
    const { records: drawn, description } = sampleImages(set, { count: 2, balance: half, by: "patient" });
    deepEqual(
      drawn.map(({ id }) => id),
      ["c", "d"],
    );
    ok(description.endsWith("without 1 group of more than one class"));
  });

  it("refuses more images than there are, and says how many there are", () => {
    const there = countOf(records, "malignant");
    throws(() => sampleImages(records, { count: 524, balance: { malignant: 1 } }), {
      name: "Problem",
      message: new RegExp(`The sample needs 524 malignant images; the set has ${there}\\.`),
    });
    throws(() => sampleImages(records, { count: 10, balance: { normal: 1 } }), /needs 10 normal images; the set has 0/);
  });

  it("refuses options that cannot be", () => {
    for (const count of [0, 2.5, NaN]) throws(() => sampleImages(records, { count }), /expected a whole number from 1/);
    throws(() => sampleImages(records, { count: 2, balance: { malignant: 0.5 } }), /shares from 0 that add up to 1/);
    throws(
      () => sampleImages(records, { count: 2, balance: { malignant: 1.5, benign: -0.5 } }),
      /balance\.benign: -0\.5, expected a number from 0/,
    );
    throws(() => sampleImages(records, { count: 2, balance: { cancer: 1 } as never }), /no option "balance\.cancer"/);
    throws(() => sampleImages(records, { count: 2, by: "breast" as never }), /expected "image" or "patient"/);
    throws(() => sampleImages([], { count: 2 }), /There are no images to draw from/);
  });
});

describe("sampleInspected(set, options)", () => {
  const inspections = records.map(({ id }) => `seen of ${id}`);

  it("draws what sampleImages draws, with what was seen of each", () => {
    const options = { count: 50, balance: half, seed: 4 };
    const drawn = sampleInspected({ records, inspections }, options);
    const { records: kept, description } = sampleImages(records, options);
    deepEqual(drawn.records, kept);
    deepEqual(
      drawn.inspections,
      kept.map(({ id }) => `seen of ${id}`),
    );
    equal(drawn.sample, description);
  });

  it("keeps all where nothing is to be drawn", () => {
    deepEqual(sampleInspected({ records, inspections }, null), { records, inspections, sample: null });
  });

  it("refuses what cannot be drawn", () => {
    throws(() => sampleInspected({ records: [], inspections: [] }, { count: 2 }), /There are no images to draw from/);
  });
});
