import { deepEqual, equal, throws } from "node:assert/strict";

import { planeOf, showPrepared } from "../../../lib/data/prepare/show-prepared";
import type { Channel } from "../../../lib/data/prepare/configuration";
import { classStyles } from "../../../lib/display/colors";
import { captureBundles } from "../../helpers/capture";

const prepared = {
  ids: ["a", "b"],
  labels: Int32Array.of(0, 1),
  size: 2,
  channels: ["gray", "mask"] as Channel[],
  // Each pixel's number, and a tenth of it in the second plane, less for the second image.
  pixels: Float32Array.of(0, 0, 0.1, 0.01, 0.2, 0.02, 0.3, 0.03, 1, 0.1, 0.9, 0.09, 0.8, 0.08, 0.7, 0.07),
};

describe("planeOf(prepared, place, channel)", () => {
  it("takes one plane of one image, framed in its class's colour", () => {
    const { pixels, width, height, color, caption } = planeOf(prepared, 1, 1);
    deepEqual([...pixels], [...Float32Array.of(0.1, 0.09, 0.08, 0.07)]);
    deepEqual([width, height, color, caption], [2, 2, classStyles.malignant.color, "b · mask"]);
  });
});

describe("showPrepared(prepared, options)", () => {
  const shown = captureBundles();

  it("shows one row a plane", () => {
    showPrepared(prepared);
    equal(
      shown.last()["text/plain"],
      ["a · gray", "b · gray", "a · mask", "b · mask"].map((name) => `Image, 2 by 2 pixels: ${name}`).join("\n"),
    );
  });

  it("shows the images that are named, and refuses one that is not there", () => {
    showPrepared(prepared, { ids: ["b"] });
    equal(shown.last()["text/plain"].split("\n").length, 2);
    throws(() => {
      showPrepared(prepared, { ids: ["c"] });
    }, /"c"|c /);
  });
});
