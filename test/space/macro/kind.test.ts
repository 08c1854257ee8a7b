import { deepEqual, equal } from "node:assert/strict";

import { macroKind } from "../../../lib/space/macro/kind";
import { macroSpace, readMacro } from "../../helpers/spaces";

describe("macroKind", () => {
  it("decides for each layer on its operation, then on a skip connection from the stem and each layer but the one before", () => {
    const decisions = macroKind.decisionsOf(macroSpace(3));
    deepEqual(
      decisions.map(({ group, options }) => `${group}: ${options.join(", ")}`),
      [
        ...[0, 1, 1, 2, 2, 2].map((_, place) =>
          [0, 1, 3].includes(place)
            ? `operation: ${macroSpace(1).operations.join(", ")}`
            : `skip from: none, ${place === 5 ? "layer 0" : "stem"}`,
        ),
      ],
    );
    deepEqual(
      decisions.map(({ optional = false }) => optional),
      [false, false, true, false, true, true],
    );
  });

  it("says what an architecture chose in the words of the options", () => {
    deepEqual(macroKind.chosenBy(readMacro("0  3 1  5 0 1")), [
      ...["convolution 3×3", "separable 5×5", "stem"],
      ...["max pool 3×3", "none", "layer 0"],
    ]);
  });

  it("covers weights by one architecture for each operation", () => {
    equal(macroKind.coverWeights(macroSpace(3)).length, 6);
  });
});
