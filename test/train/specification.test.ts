import { deepEqual, equal, throws } from "node:assert/strict";

import { buildFound } from "../../lib/graph/found/build";
import { buildHandCrafted } from "../../lib/graph/hand-crafted/registry";
import { buildNetwork, sizeOf, type NetworkSpecification } from "../../lib/train/specification";
import { tinyFound } from "./helpers";

const size = { height: 16, width: 16, channels: 1 };

describe("buildNetwork(specification, size)", () => {
  it("builds hand-crafted networks by their name and options", () => {
    const options = { dropout: 0.25 };
    deepEqual(
      buildNetwork({ kind: "hand-crafted", name: "plain CNN", options }, size),
      buildHandCrafted("plain CNN", size, options),
    );
  });

  it("builds the networks of architectures, by settings that came through a file too", () => {
    const read = JSON.parse(JSON.stringify(tinyFound)) as typeof tinyFound & { kind: "found" };
    deepEqual(buildNetwork(read, size), buildFound(read.architecture, size, read.settings));
  });

  it("refuses what is no network", () => {
    throws(
      () => buildNetwork({ kind: "own" } as unknown as NetworkSpecification, size),
      /kind is "own", expected "found"/,
    );
    throws(() => buildNetwork({ kind: "hand-crafted", name: "ResNet-19" }, size), /Did you mean "ResNet-18"/);
    const bad = { ...tinyFound, architecture: { space: "micro", normal: [], reduction: [] } } as NetworkSpecification;
    throws(() => buildNetwork(bad, size), /normal cell has no nodes/);
  });
});

describe("sizeOf(prepared)", () => {
  it("counts the planes of images", () => {
    const of = sizeOf({ size: 24, channels: ["gray", "mask", "gray × mask"] });
    deepEqual(of, { height: 24, width: 24, channels: 3 });
    equal(sizeOf({ size: 24, channels: ["gray"] }).channels, 1);
  });
});
