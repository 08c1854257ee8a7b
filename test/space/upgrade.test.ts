import { deepEqual, equal } from "node:assert/strict";

import { upgradeStored } from "../../lib/space/upgrade";
import { createRandom } from "../../lib/runtime/random";
import type { Json } from "../../lib/runs/state";
import { sampleArchitecture } from "../../lib/space/sample";
import { checkSpace } from "../../lib/space/space";
import { macroSpace, microSpace } from "../helpers/spaces";

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;

describe("upgradeStored(json)", () => {
  it("gives old spaces their version and the operations of their time, and these are the published ones", () => {
    deepEqual(upgradeStored({ space: "micro", nodes: 4 }), json(microSpace(4)));
    deepEqual(upgradeStored({ space: "macro", layers: 6 }), json(macroSpace(6)));
    deepEqual(checkSpace(upgradeStored({ space: "macro", layers: 6 }) as never), macroSpace(6));
  });

  it("gives old architectures their kind, wherever they stand, and keeps all else", () => {
    const random = createRandom(1);
    const [cells, layers] = [sampleArchitecture(microSpace(3), random), sampleArchitecture(macroSpace(3), random)];
    const old = ({ kind, ...others }: object & { kind: string }) => ({ space: kind, ...others });
    const stored = (architectures: readonly unknown[]) =>
      json({
        winner: { hash: "abc", seed: 1, architecture: architectures[0] },
        controls: [{ architecture: architectures[1] }, null, 3, "space"],
        space: "a word",
        kind: "search",
      });
    deepEqual(upgradeStored(stored([old(cells), old(layers)])), stored([cells, layers]));
  });

  it("gives what says of groups across parts its names of today, and no other key", () => {
    const stored = json({ settings: { allowTornGroups: null }, split: { groupsTorn: { count: 1 }, constructor: 1 } });
    deepEqual(upgradeStored(stored), {
      settings: { allowGroupsAcrossParts: null },
      split: { groupsAcrossParts: { count: 1 }, constructor: 1 },
    });
  });

  it("leaves today's form and plain data as they are: the very same", () => {
    for (const value of [
      null,
      3,
      "micro",
      [],
      {},
      { space: "micro" },
      { space: "outer", nodes: 3 },
      { kind: "found", space: "micro", nodes: 3 },
      [{ a: [1, { b: null }] }],
      json({ space: microSpace(2), strategy: { kind: "enas" } }),
    ]) {
      equal(upgradeStored(value), value);
    }
  });

  it("keeps what is wrong with an old space, for the check to name it", () => {
    deepEqual(upgradeStored({ space: "micro", nodes: 0, depth: 1 }), {
      ...(json({ ...microSpace(1), nodes: 0 }) as object),
      depth: 1,
    });
  });
});
