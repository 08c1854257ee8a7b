import { deepEqual, equal } from "node:assert/strict";

import { preparations } from "../../../lib/data/prepare/presets";
import { hasLesion, usableRecords, type UsableOptions } from "../../../lib/data/prepare/usable-records";
import type { ImageRecord } from "../../../lib/data/records/record";
import type { LoadedSet } from "../../../lib/data/sets/load";

const { squareContext, wholeImage } = preparations;
const box = { left: 1, top: 1, width: 2, height: 2 };
const record = (id: string, label: ImageRecord["label"], more: Partial<ImageRecord> = {}): ImageRecord => ({
  ...{ id, label, image: { kind: "file", path: id }, masks: [] },
  ...more,
});
const mask = { masks: [{ kind: "file", path: "m" }] } as const;
const records = [
  record("a", "benign", mask),
  record("b", "malignant", { box }),
  record("c", "benign"),
  record("n", "normal"),
];
const loaded = {
  records,
  inspections: records.map(({ id }) => ({ id, seen: null, findings: [] })),
  set: { title: "Set" },
} as unknown as LoadedSet;
const use = (more: Partial<UsableOptions> = {}) => {
  const options = { normal: "leave-out", withoutLesion: "leave-out", preparation: squareContext, ...more } as const;
  const { records: kept, inspections, normal, withoutLesion } = usableRecords(loaded, options);
  deepEqual(
    kept.map(({ id }) => id),
    inspections.map(({ id }) => id),
  );
  return { kept: kept.map(({ id, label }) => `${id} ${label}`), normal, withoutLesion };
};

describe("usableRecords(loaded, options)", () => {
  it("keeps images whose lesion is known by a mask or a box, and counts the others", () => {
    deepEqual(use(), { kept: ["a benign", "b malignant"], normal: 1, withoutLesion: ["c"] });
  });

  it("keeps all where no lesion has to be known, and those with a mask where a box is not enough", () => {
    deepEqual(use({ preparation: wholeImage }).kept, ["a benign", "b malignant", "c benign"]);
    deepEqual(use({ preparation: { ...squareContext, channels: ["gray", "mask"] } }).withoutLesion, ["b", "c"]);
  });

  it("counts normal images as benign where it is told to", () => {
    deepEqual(use({ normal: "benign", preparation: wholeImage }).kept, [
      "a benign",
      "b malignant",
      "c benign",
      "n benign",
    ]);
  });

  it("keeps what it is told to keep", () => {
    deepEqual(use({ normal: "keep", withoutLesion: "keep" }).kept.length, 4);
  });
});

describe("hasLesion(record, preparation)", () => {
  it("asks for what the preparation needs", () => {
    equal(hasLesion(records[1]!, squareContext), true);
    equal(hasLesion(records[1]!, { ...squareContext, channels: ["mask"] }), false);
    equal(hasLesion(records[2]!, squareContext), false);
    equal(hasLesion(records[2]!, wholeImage), true);
  });
});
