import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { classWeightsOf, targetsOf } from "../../lib/train/targets";

describe("targetsOf(labels, classes, smoothing)", () => {
  it("puts 1 at each image's class without smoothing", () => {
    deepEqual([...targetsOf([1, 0, 2], 3, 0)], [0, 1, 0, 1, 0, 0, 0, 0, 1]);
  });

  it("spreads the smoothed share over all classes, so that rows add up to 1", () => {
    const targets = targetsOf([1, 0], 2, 0.1);
    [0.05, 0.95, 0.95, 0.05].forEach((expected, place) => {
      ok(Math.abs(targets[place]! - expected) < 1e-6);
    });
  });
});

describe("classWeightsOf(weighting, labels)", () => {
  it("weighs all alike where nothing is to be balanced", () => {
    deepEqual(classWeightsOf("none", [0, 0, 0]), [1, 1]);
  });

  it("weighs classes inversely to their images, with mean 1 over all images", () => {
    const labels = [0, 0, 0, 1, 0, 0, 0, 1];
    const [benign, malignant] = classWeightsOf("balanced", labels);
    deepEqual([benign, malignant], [8 / 12, 8 / 4]);
    equal(labels.reduce((sum, label) => sum + (label === 1 ? malignant : benign), 0) / labels.length, 1);
    equal(6 * benign, 2 * malignant, "both classes weigh the same in all");
  });

  it("refuses to balance where a class has no image", () => {
    throws(() => classWeightsOf("balanced", [1, 1]), /of the 2 training images 0 are benign and 2 malignant/);
  });
});
