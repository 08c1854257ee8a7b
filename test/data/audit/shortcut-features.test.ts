import { deepEqual, equal } from "node:assert/strict";

import {
  boxGeometryOf,
  boxShareOf,
  grayLevelsOf,
  lesionBoxOf,
  type SeenImage,
} from "../../../lib/data/audit/shortcut-features";

const mask = { left: 10, top: 20, width: 41, height: 21 };
const stated = { left: 0, top: 0, width: 101, height: 51 };

/** An image of 200 × 100 pixels. */
function imageOf(box: typeof stated | undefined, lesionBox: typeof mask | null): SeenImage {
  const record = { id: "a", image: { kind: "file", path: "a.png" }, masks: [], label: "benign" } as const;
  return {
    record: box === undefined ? record : { ...record, box },
    seen: {
      width: 200,
      height: 100,
      channels: 1,
      bits: 8,
      coloredShare: 0,
      pixelHash: "",
      contentHash: "",
      thumbnail: Buffer.from([10, 20, 30, 40]).toString("base64"),
      lesion: lesionBox === null ? null : { box: lesionBox },
      calipers: 0,
      textLines: 0,
    },
  };
}

describe("lesionBoxOf(image)", () => {
  it("takes the box that is stated, else that of the mask, else none", () => {
    deepEqual(lesionBoxOf(imageOf(stated, mask)), stated);
    deepEqual(lesionBoxOf(imageOf(undefined, mask)), mask);
    equal(lesionBoxOf(imageOf(undefined, null)), null);
  });
});

describe("boxGeometryOf(image) and boxShareOf(image)", () => {
  it("measure from the first pixel to the last, as shares of the image", () => {
    deepEqual(boxGeometryOf(imageOf(stated, null)), [0.5, 0.5, 0.25, 0.5]);
    deepEqual(boxShareOf(imageOf(stated, null)), [0.25]);
    deepEqual(boxGeometryOf(imageOf(undefined, mask)), [0.2, 0.2, 0.04, 0.5]);
  });

  it("give none without a box, and a finite ratio for one a single pixel wide", () => {
    equal(boxGeometryOf(imageOf(undefined, null)), null);
    equal(boxShareOf(imageOf(undefined, null)), null);
    deepEqual(boxGeometryOf(imageOf({ ...stated, width: 1 }, null)), [0, 0.5, 0, 50]);
  });
});

describe("grayLevelsOf(image)", () => {
  it("gives mean and deviation of the thumbnail", () => {
    deepEqual(grayLevelsOf(imageOf(undefined, null)), [25, Math.sqrt(125)]);
  });
});
