import { equal } from "node:assert/strict";

import { decode } from "../../../lib/space/encode";
import type { ShapeArchitecture } from "../../../lib/space/shape/architecture";
import { describeShape } from "../../../lib/space/shape/describe";
import { shapeSpace } from "../../helpers/spaces";

describe("describeShape(architecture)", () => {
  it("tells the stem, the stages and what halves between them, and the head", () => {
    const numbers = "2 0 0 0 0 0  1 2 1 1 1 1  3 1 0 0 1 0  1 2  2 2";
    equal(
      describeShape(decode(shapeSpace(), numbers) as ShapeArchitecture),
      [
        "stem = convolution 3×3 stride 2, 16 channels",
        "stage 1 = 1 × convolution 3×3, 16 channels",
        "between = stride 2 in the next block",
        "stage 2 = 3 × separable 5×5, 24 channels, with excitation and residual connection",
        "between = mean pool 2×2",
        "stage 3 = 2 × convolution 3×3, 96 channels, with residual connection",
        "head = mean and max",
      ].join("\n"),
    );
  });
});
