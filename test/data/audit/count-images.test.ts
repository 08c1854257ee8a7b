import { deepEqual, equal } from "node:assert/strict";

import { countImages, countLabels } from "../../../lib/data/audit/count-images";
import type { Inspection } from "../../../lib/data/inspect/inspection";
import type { ImageRecord } from "../../../lib/data/records/record";

const record = (id: string, label: ImageRecord["label"], more: Partial<ImageRecord> = {}): ImageRecord => ({
  id,
  label,
  image: { kind: "file", path: id },
  masks: [],
  ...more,
});
const seen = (id: string, width: number, height: number, box?: number[]): Inspection => ({
  id,
  findings: [],
  seen: {
    width,
    height,
    channels: 1,
    bits: 8,
    coloredShare: 0,
    pixelHash: id,
    contentHash: id,
    thumbnail: "",
    lesion: box === undefined ? null : { box: { left: 0, top: 0, width: box[0]!, height: box[1]! } },
    calipers: 0,
    textLines: 0,
  },
});

describe("countImages(records, inspections)", () => {
  const records = [
    record("a", "benign", { patient: "1", device: "X", birads: "3" }),
    record("b", "benign", { patient: "1", device: "X", birads: "3" }),
    record("c", "malignant", { patient: "2", device: "Y", birads: "10" }),
    record("d", "malignant", { patient: "3", device: "X", birads: "4a" }),
  ];
  const inspections = [
    seen("a", 100, 50, [10, 5]),
    seen("b", 200, 50, [20, 50]),
    seen("c", 300, 60),
    { id: "d", seen: null, findings: [] },
  ];
  const counts = countImages(records, inspections);

  it("counts images and patients of each class", () => {
    deepEqual(
      [counts.images, counts.byLabel, counts.patients, counts.patientsByLabel],
      [4, { benign: 2, malignant: 2 }, 3, { benign: 1, malignant: 2 }],
    );
    deepEqual(counts.imagesPerPatient, { "1": 2, "2": 1 });
  });

  it("counts by device and BI-RADS", () => {
    deepEqual(counts.byDevice, { X: { benign: 2, malignant: 1 }, Y: { malignant: 1 } });
    deepEqual(counts.byBirads, { "3": { benign: 2 }, "4a": { malignant: 1 }, "10": { malignant: 1 } });
  });

  it("gives sizes and the lesions' share of the image, without what cannot be read", () => {
    deepEqual(counts.width, { least: 100, median: 200, most: 300 });
    const { least, median, most } = counts.boxShare.benign!;
    deepEqual(
      [least, median, most].map((value) => value.toFixed(6)),
      ["0.010000", "0.055000", "0.100000"],
    );
    equal(counts.boxShare.malignant, undefined);
    deepEqual([counts.withLesion, counts.byFormat], [2, { "1 channel, 8 bits": 3 }]);
  });

  it("has no patients where the set names none, and nothing for no images", () => {
    equal(countImages([record("a", "benign")], [seen("a", 1, 1)]).patients, null);
    const empty = countImages([], []);
    deepEqual([empty.images, empty.width, empty.byLabel], [0, null, {}]);
  });
});

describe("countLabels(records)", () => {
  it("leaves out classes without images", () => {
    deepEqual(countLabels([record("a", "normal"), record("b", "benign")]), { benign: 1, normal: 1 });
  });
});
