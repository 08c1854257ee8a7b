import { deepEqual, equal } from "node:assert/strict";

import { microKind } from "../../../lib/space/micro/kind";
import { microSpace, readMicro } from "../../helpers/spaces";

describe("microKind", () => {
  it("decides for each node on input and operation of either side, in the normal cell and then in the reduction cell", () => {
    const decisions = microKind.decisionsOf(microSpace(2));
    deepEqual(
      decisions.map(({ group, options }) => `${group}: ${options.length}`),
      ["normal cell", "reduction cell"].flatMap((cell) =>
        [2, 2, 3, 3].flatMap((inputs) => [`${cell}, input: ${inputs}`, `${cell}, operation: 5`]),
      ),
    );
    equal(decisions[12]!.name, "input of side x of node 3 in the reduction cell");
    deepEqual(decisions[12]!.options, ["input 0 (older)", "input 1 (newer)", "node 2"]);
  });

  it("says what an architecture chose in the words of the options", () => {
    deepEqual(microKind.chosenBy(readMicro("0 2 1 0  1 3 0 4")), [
      ...["input 0 (older)", "average pool 3×3", "input 1 (newer)", "separable 3×3"],
      ...["input 1 (newer)", "max pool 3×3", "input 0 (older)", "identity"],
    ]);
  });

  it("covers weights by one architecture for each operation with weights and each input, or by loose ends alone", () => {
    equal(microKind.coverWeights(microSpace(3)).length, 2 * 4);
    equal(microKind.coverWeights({ ...microSpace(3), operations: ["identity", "max pool 3×3"] }).length, 4);
  });
});
