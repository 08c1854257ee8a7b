import { deepEqual, equal } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { createRandom } from "../../lib/runtime/random";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { networksOfNested } from "../../lib/tabular/nested-networks";
import { exampleBenchmark } from "./example";
import { nestedBenchmark } from "./nested-example";

describe("networksOfNested(table)", () => {
  it("builds winners by the set that was searched and others by their own, for images that they are tested with", () => {
    const networks = networksOfNested(nestedBenchmark());
    deepEqual(
      networks.map(({ arm, found }) => [arm, found]),
      [
        ["race", true],
        ["race", true],
        ["plain", false],
        ["race", true],
        ["plain", false],
      ],
    );
    const size = { height: 32, width: 32, channels: 1 };
    const winner = buildNetwork(sampleArchitecture({ kind: "shape" }, createRandom(1)), size, { dropout: 0 });
    const plain = buildNetwork(sampleArchitecture({ kind: "macro", layers: 3 }, createRandom(3)), size, {
      ...{ layers: 3, channels: 4 },
    });
    deepEqual(costOf(networks[0]!.graph), costOf(winner));
    deepEqual(costOf(networks[2]!.graph), costOf(plain));
    equal(networks[3]!.network, networks[0]!.network);
  });

  it("has none where nothing is tested yet", () => {
    deepEqual(networksOfNested(exampleBenchmark()), []);
  });
});
