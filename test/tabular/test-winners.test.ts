import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { keepNestedSplit } from "../../lib/tabular/nested-search";
import { architectureOf, drawNetworks } from "../../lib/tabular/drawn-networks";
import { readProtocol } from "../../lib/tabular/protocol";
import { forgetWinners, testWinners } from "../../lib/tabular/test-winners";
import { temporaryFolder } from "../helpers/temporary";
import { writeTinySet } from "../validate/helpers";
import { writeProtocol } from "./helpers";

const options = {
  ...{ set: "one", outer: [1], searches: [1], size: 16, arms: {}, references: {} },
  winners: { size: 16, epochs: 2, seeds: [3, 4] },
};

describe("testWinners(protocol, options, split, fold, networks, step)", function () {
  this.timeout(120_000);
  const root = temporaryFolder();

  it("trains each network with each seed, and tells what it says of every image that the outer fold tests, the same in each call", async () => {
    writeTinySet(root.path);
    const protocol = readProtocol(writeProtocol(join(root.path, "benchmark")));
    const step = { workFolder: join(root.path, "work"), workers: 1, dataRoot: root.path };
    const split = await keepNestedSplit(protocol, step);
    const [drawn] = drawNetworks(protocol);
    const network = {
      name: "a",
      architecture: architectureOf(protocol, drawn!),
      settings: protocol.sets.one!.settings,
    };
    const test = () => testWinners(protocol, options, split, 1, [network, { ...network, name: "the same" }], step);
    const { ids, outcomes } = await test();
    const [one, same] = outcomes;
    deepEqual(
      one!.logits.map(({ length }) => length),
      [ids.length, ids.length],
    );
    ok(one!.logits.flat().every(Number.isFinite) && one!.areas.every((area) => area >= 0 && area <= 1));
    deepEqual(same, one, "equal networks come to the same");
    ok(String(one!.logits[0]) !== String(one!.logits[1]), "each seed is another training");
    deepEqual(await test(), { ids, outcomes });
    forgetWinners(1, step);
    equal(existsSync(join(step.workFolder, "nested-fold-1-winners")), false);
    deepEqual(readdirSync(step.workFolder), ["nested-split.json"]);
  });
});
