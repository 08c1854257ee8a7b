import { equal } from "node:assert/strict";

import type { Inspection } from "../../lib/data/inspect/inspection";
import type { ImageRecord } from "../../lib/data/records/record";
import { compareSets } from "../../lib/external/compare-sets";

const image = (id: string, level: number, more: Partial<ImageRecord>, width = 100): [ImageRecord, Inspection] => [
  { id, image: { kind: "file", path: id }, masks: [], label: "benign", ...more },
  {
    id,
    findings: [],
    seen: {
      ...{ width, height: 50, channels: 1, bits: 8, coloredShare: 0, pixelHash: id, contentHash: id },
      ...{ thumbnail: Buffer.alloc(1024, level).toString("base64"), lesion: null, calipers: 0, textLines: 0 },
    },
  },
];

describe("compareSets(sets)", () => {
  const set = (title: string, images: readonly [ImageRecord, Inspection][]) => ({
    ...{ title, records: images.map(([record]) => record), inspections: images.map(([, inspection]) => inspection) },
  });

  it("says of each set what may differ, and what is not known of it", () => {
    const box = { left: 1, top: 1, width: 20, height: 40 };
    const rows = compareSets([
      set("here", [
        image("a", 51, { patient: "1", device: "A", box, pixelSize: 0.1 }),
        image("b", 153, { patient: "1", label: "malignant", device: "B", box, pixelSize: 0.1 }),
      ]),
      set("there", [image("a", 255, {}, 400), image("b", 255, { label: "malignant", patient: "x" }, 400)]),
    ]);
    const of = (property: string) => rows.find((row) => row.property === property)!;
    equal(of("patients").here, "1");
    equal(of("patients").there, "1, and 1 images of unknown ones");
    equal(of("malignant").here, "1 of 2 (50.0 %)");
    equal(of("width, pixels").here, "100");
    equal(of("width, pixels").there, "400");
    equal(of("mean gray level, 0 to 1").here, "0.40 (0.22 to 0.58)", "0.2 and 0.6: quantiles between them");
    equal(of("mean gray level, 0 to 1").there, "1.00");
    equal(of("deviation of gray levels").there, "0.00");
    equal(of("lesion's box, share of the picture").here, "0.40");
    equal(of("lesion's box, share of the picture").there, "not known");
    equal(of("with a box").here, "2 of 2 (100.0 %)");
    equal(of("pixel size, mm").there, "not known");
    equal(of("devices").here, "A (1), B (1)");
    equal(of("devices").there, "not known");
  });
});
