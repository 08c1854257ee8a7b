import { deepEqual } from "node:assert/strict";

import { chooseFrames } from "../../lib/dicom/choose-frames";

describe("chooseFrames(frames, wanted)", () => {
  it("takes the middle one", () => {
    deepEqual(chooseFrames(1, 1), [0]);
    deepEqual(chooseFrames(9, 1), [4]);
    deepEqual(chooseFrames(10, 1), [5]);
  });

  it("spreads several over the loop, and takes all of a short one", () => {
    deepEqual(chooseFrames(9, 3), [1, 4, 7]);
    deepEqual(chooseFrames(100, 4), [12, 37, 62, 87]);
    deepEqual(chooseFrames(3, 8), [0, 1, 2]);
  });
});
