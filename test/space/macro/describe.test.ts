import { equal } from "node:assert/strict";

import { describeMacro } from "../../../lib/space/macro/describe";
import { readMacro } from "../../helpers/spaces";

describe("describeMacro(architecture)", () => {
  it("tells what each layer adds", () => {
    equal(
      describeMacro(readMacro("0  3 1  5 0 1")),
      [
        "layer 0 = convolution 3×3 of the stem",
        "layer 1 = separable 5×5 of layer 0 + the stem",
        "layer 2 = max pool 3×3 of layer 1 + layer 0",
      ].join("\n"),
    );
  });
});
