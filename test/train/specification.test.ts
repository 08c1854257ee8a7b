import { deepEqual, equal, throws } from "node:assert/strict";

import { buildNetwork } from "../../lib/space/build";
import { buildHandCrafted } from "../../lib/graph/hand-crafted/registry";
import { buildSpecified, sizeOf, type NetworkSpecification } from "../../lib/train/specification";
import { tinyFound } from "./helpers";

const size = { height: 16, width: 16, channels: 1 };

describe("buildSpecified(specification, size)", () => {
  it("builds hand-crafted networks by their name and options", () => {
    const options = { dropout: 0.25 };
    deepEqual(
      buildSpecified({ kind: "hand-crafted", name: "plain CNN", options }, size),
      buildHandCrafted("plain CNN", size, options),
    );
  });

  it("builds the networks of architectures, by settings that came through a file too", () => {
    const read = JSON.parse(JSON.stringify(tinyFound)) as typeof tinyFound & { kind: "found" };
    deepEqual(buildSpecified(read, size), buildNetwork(read.architecture, size, read.settings));
  });

  it("refuses what is no network", () => {
    throws(
      () => buildSpecified({ kind: "own" } as unknown as NetworkSpecification, size),
      /kind is "own", expected "found"/,
    );
    throws(() => buildSpecified({ kind: "hand-crafted", name: "ResNet-19" }, size), /Did you mean "ResNet-18"/);
    const bad = { ...tinyFound, architecture: { kind: "micro", normal: [], reduction: [] } } as NetworkSpecification;
    throws(() => buildSpecified(bad, size), /normal cell has no nodes/);
  });
});

describe("sizeOf(prepared)", () => {
  it("counts the planes of images", () => {
    const of = sizeOf({ size: 24, channels: ["gray", "mask", "gray × mask"] });
    deepEqual(of, { height: 24, width: 24, channels: 3 });
    equal(sizeOf({ size: 24, channels: ["gray"] }).channels, 1);
  });
});
