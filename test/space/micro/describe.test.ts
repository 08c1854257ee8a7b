import { equal } from "node:assert/strict";

import { describeMicro } from "../../../lib/space/micro/describe";
import { readMicro } from "../../helpers/spaces";

describe("describeMicro(architecture)", () => {
  it("tells what each node adds, and what makes the cell's output", () => {
    equal(
      describeMicro(readMicro("0 2 1 0 2 4 1 3  1 0 1 1 1 4 0 4")),
      [
        "Normal cell:",
        "  node 2 = average pool 3×3 of input 0 + separable 3×3 of input 1",
        "  node 3 = identity of node 2 + max pool 3×3 of input 1",
        "  output = node 3",
        "Reduction cell:",
        "  node 2 = separable 3×3 of input 1 + separable 5×5 of input 1",
        "  node 3 = identity of input 1 + identity of input 0",
        "  output = node 2, node 3",
      ].join("\n"),
    );
  });
});
