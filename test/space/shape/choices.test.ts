import { deepEqual, ok } from "node:assert/strict";

import {
  blockOperations,
  deepest,
  downsamplings,
  heads,
  kernelSizes,
  stems,
  usualDepths,
  usualWidths,
  widest,
} from "../../../lib/space/shape/choices";

describe("the choices of the shape space", () => {
  it("keep their order, which is their code in hashes", () => {
    deepEqual(blockOperations.slice(0, 2), ["convolution", "separable"]);
    deepEqual(kernelSizes.slice(0, 2), [3, 5]);
    deepEqual(downsamplings.slice(0, 3), ["max pool", "strided convolution", "mean pool"]);
    deepEqual(stems.slice(0, 3), ["3×3", "5×5", "3×3 stride 2"]);
    deepEqual(heads.slice(0, 3), ["mean", "max pool then mean", "mean and max"]);
  });

  it("allow the usual widths and depths", () => {
    ok(usualWidths.flat().every((width) => width <= widest));
    ok(usualDepths.every((depth) => depth <= deepest));
  });
});
