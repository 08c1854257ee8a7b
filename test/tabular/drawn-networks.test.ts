import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { costOf } from "../../lib/graph/cost";
import { projectRoot } from "../../lib/runtime/environment";
import { buildNetwork } from "../../lib/space/build";
import { architectureOf, drawNetworks, keepNetworks, readNetworks } from "../../lib/tabular/drawn-networks";
import { readProtocol } from "../../lib/tabular/protocol";
import { temporaryFolder } from "../helpers/temporary";
import { tinyProtocol, writeProtocol } from "./helpers";

describe("drawNetworks(protocol)", () => {
  const root = temporaryFolder();

  it("draws as many of each set as the protocol says, none twice, all inside the bin, and always the same", () => {
    const folder = writeProtocol(root.path, { ...tinyProtocol, bin: { size: 16, multiplyAdds: [50_000, 200_000] } });
    const protocol = readProtocol(folder);
    const drawn = drawNetworks(protocol);
    deepEqual(
      drawn.map(({ set, place }) => `${set} ${place}`),
      ["one 0", "one 1", "one 2", "other 0", "other 1"],
    );
    equal(new Set(drawn.map(({ network }) => network)).size, 5);
    const size = { height: 16, width: 16, channels: 1 };
    for (const network of drawn) {
      const graph = buildNetwork(architectureOf(protocol, network), size, protocol.sets[network.set]!.settings);
      const { trainable, multiplyAdds } = costOf(graph);
      deepEqual([network.parameters, network.multiplyAdds], [trainable, multiplyAdds]);
      ok(multiplyAdds >= 50_000 && multiplyAdds <= 200_000);
    }
    deepEqual(drawNetworks(protocol), drawn);
  });

  it("refuses a bin in which a space has too few", () => {
    const protocol = readProtocol(
      writeProtocol(root.path, {
        ...tinyProtocol,
        sets: {
          one: {
            ...tinyProtocol.sets.one,
            space: { kind: "macro", layers: 3, operations: ["separable 3×3"] },
            count: 9,
          },
        },
        steps: [{ ...tinyProtocol.steps[0]!, runs: [] }],
      }),
    );
    throws(() => drawNetworks(protocol), /"one" has 8 different networks within its bin after \d+ draws, expected 9/);
  });
});

describe("keepNetworks(folder, protocol)", () => {
  const root = temporaryFolder();

  it("keeps what was drawn, and refuses a network that is not the one its hash says", () => {
    const protocol = readProtocol(writeProtocol(root.path));
    const kept = keepNetworks(root.path, protocol);
    deepEqual(kept, drawNetworks(protocol));
    const file = join(root.path, "networks.jsonl");
    const text = readFileSync(file, "utf8");
    // What is there stays, whatever would be drawn.
    writeFileSync(file, text.split("\n").slice(1).join("\n"));
    equal(keepNetworks(root.path, protocol).length, kept.length - 1);
    writeFileSync(file, text.replace(kept[0]!.network, kept[1]!.network));
    throws(() => readNetworks(root.path, protocol), /another network at place 0 of one than its hash says/);
  });

  it("has for BUS-BRA the networks that its protocol draws", () => {
    const folder = join(projectRoot, "results", "search-benchmark");
    const protocol = readProtocol(folder);
    deepEqual(readNetworks(folder, protocol), drawNetworks(protocol));
  });
});
