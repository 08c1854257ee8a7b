import { deepEqual, equal, throws } from "node:assert/strict";

import {
  groupByBirads,
  groupByDevice,
  groupByLesionSize,
  groupBySet,
  groupBySide,
} from "../../lib/compare/image-groups";
import type { Inspection } from "../../lib/data/inspect/inspection";
import type { ImageRecord } from "../../lib/data/records/record";

const record = (id: string, more: Partial<ImageRecord> = {}): ImageRecord => ({
  id,
  image: { kind: "file", path: `${id}.png` },
  masks: [],
  label: "benign",
  ...more,
});
const box = (side: number) => ({ left: 0, top: 0, width: side, height: 1 });
const unseen = (records: readonly ImageRecord[]): Inspection[] =>
  records.map(({ id }) => ({ id, seen: null, findings: [] }));

describe("groupByBirads(records) and groupByDevice(records)", () => {
  it("name the group, and nothing where the set says nothing", () => {
    const records = [record("a", { birads: "4a", device: "Voluson" }), record("b")];
    deepEqual(["a", "b", "c"].map(groupByBirads(records)), ["BI-RADS 4a", null, null]);
    deepEqual(["a", "b"].map(groupByDevice(records)), ["Voluson", null]);
  });

  it("refuse a set that says nothing of any image", () => {
    throws(() => groupByBirads([record("a")]), /None of the 1 images has a BI-RADS category/);
    throws(() => groupByDevice([record("a")]), /has a device/);
  });
});

describe("groupBySide(records)", () => {
  it("takes the side as the set writes it, and refuses a set that states none", () => {
    deepEqual(["a", "b"].map(groupBySide([record("a", { side: "left" }), record("b")])), ["left", null]);
    throws(() => groupBySide([record("a")]), /None of the 1 images has a side/);
  });
});

describe("groupBySet(records)", () => {
  it("takes the set that images come from, and refuses where one set stands alone", () => {
    deepEqual(["a", "b"].map(groupBySet([record("a", { set: "busi" }), record("b", { set: "udiat" })])), [
      "busi",
      "udiat",
    ]);
    throws(() => groupBySet([record("a")]), /None of the 1 images has a set of several/);
  });
});

describe("groupByLesionSize(images)", () => {
  const sizes = [10, 20, 30, 40, 50, 60];

  it("divides into thirds by the longer side", () => {
    const records = [...sizes.map((side, index) => record(`i${index}`, { box: box(side) })), record("none")];
    const groupOf = groupByLesionSize({ records, inspections: unseen(records) });
    // Thirds of six equally spaced: at 10 + 50 / 3 and 10 + 100 / 3.
    deepEqual(
      records.map(({ id }) => groupOf(id)),
      [
        ...Array<string>(2).fill("1: up to 26.7 pixels"),
        ...Array<string>(2).fill("2: up to 43.3 pixels"),
        ...Array<string>(2).fill("3: above 43.3 pixels"),
        null,
      ],
    );
  });

  it("measures in millimetres where every pixel's size is known", () => {
    const records = sizes.map((side, index) => record(`i${index}`, { box: box(side), pixelSize: index < 3 ? 1 : 0.1 }));
    const groupOf = groupByLesionSize({ records, inspections: unseen(records) });
    // 10, 20, 30, 4, 5, 6 mm.
    equal(groupOf("i3"), "1: up to 5.7 mm");
    equal(groupOf("i2"), "3: above 13.3 mm");
  });

  it("refuses too few boxes, equal ones, and lists of different lengths", () => {
    const few = [record("a", { box: box(3) })];
    throws(() => groupByLesionSize({ records: few, inspections: unseen(few) }), /1 of 1 images have a lesion's box/);
    const equalOnes = [1, 2, 3, 4].map((index) => record(`i${index}`, { box: box(7) }));
    throws(() => groupByLesionSize({ records: equalOnes, inspections: unseen(equalOnes) }), /same size/);
    throws(() => groupByLesionSize({ records: few, inspections: [] }), /0 inspections for 1 images/);
  });
});
