import { deepEqual, ok } from "node:assert/strict";

import { alignable, alignedCorrelation, mirrorImages } from "../../../../lib/data/inspect/alike/align";
import { flatten } from "../../../../lib/data/inspect/alike/thumbnail";
import { crop, phantoms, thumbnailOf, turn, type Change } from "./helpers";

describe("alignedCorrelation(still, images)", () => {
  const [one, two] = phantoms(2);
  const prepare = (pixels: Float32Array, change?: Change) => flatten(thumbnailOf(pixels, change));
  const correlation = (a: Float64Array, b: Float64Array) =>
    alignedCorrelation(alignable(b), mirrorImages(a).map(alignable));

  it("is 1 for the same picture and its mirror images", () => {
    const own = prepare(one!);
    for (const image of mirrorImages(own)) ok(correlation(own, image) > 1 - 1e-9);
  });

  it("is high for a picture that was turned, cropped and shifted, and low for another one", () => {
    const changed: Change = (column, row) => crop(6, 4, 8, 2)(...turn(4)(column - 7, row + 5));
    ok(correlation(prepare(one!), prepare(one!, changed)) > 0.8);
    ok(correlation(prepare(one!), prepare(two!)) < 0.7);
  });

  it("is low for flat pictures", () => {
    ok(correlation(new Float64Array(1024), prepare(one!)) <= 0);
  });
});

describe("mirrorImages(picture)", () => {
  it("are the picture, left to right, upside down, and both", () => {
    const picture = Float64Array.from({ length: 1024 }, (_, place) => place);
    deepEqual(
      mirrorImages(picture).map((image) => [image[0], image[1]]),
      [
        [0, 1],
        [31, 30],
        [992, 993],
        [1023, 1022],
      ],
    );
  });
});
