import { deepEqual, equal } from "node:assert/strict";

import { countChoices } from "../../lib/search/search-record";
import type { Architecture, Space } from "../../lib/space/kinds";
import { sampleArchitecture } from "../../lib/space/sample";
import { createRandom } from "../../lib/runtime/random";
import { macroSpace, microSpace } from "../helpers/spaces";

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

describe("countChoices(space, architectures)", () => {
  it("counts operations and inputs of both cells, 0 where there are none", () => {
    const architecture: Architecture = {
      kind: "micro",
      normal: [
        { x: { input: 0, operation: "identity" }, y: { input: 1, operation: "identity" } },
        { x: { input: 2, operation: "max pool 3×3" }, y: { input: 0, operation: "identity" } },
      ],
      reduction: [
        { x: { input: 1, operation: "separable 5×5" }, y: { input: 1, operation: "separable 3×3" } },
        { x: { input: 1, operation: "separable 5×5" }, y: { input: 2, operation: "average pool 3×3" } },
      ],
    };
    const zero = {
      "separable 3×3": 0,
      "separable 5×5": 0,
      "average pool 3×3": 0,
      "max pool 3×3": 0,
      identity: 0,
    };
    deepEqual(countChoices(microSpace(2), [architecture]), {
      "normal cell, operation": { ...zero, identity: 3, "max pool 3×3": 1 },
      "normal cell, input": { "input 0 (older)": 2, "input 1 (newer)": 1, "node 2": 1 },
      "reduction cell, operation": { ...zero, "separable 5×5": 2, "separable 3×3": 1, "average pool 3×3": 1 },
      "reduction cell, input": { "input 0 (older)": 0, "input 1 (newer)": 3, "node 2": 1 },
    });
  });

  it("counts operations and skips of whole networks by where the skips come from", () => {
    const architecture: Architecture = {
      kind: "macro",
      layers: [
        { operation: "convolution 3×3", skips: [] },
        { operation: "max pool 3×3", skips: [true] },
        { operation: "convolution 3×3", skips: [true, false] },
        { operation: "separable 5×5", skips: [false, true, true] },
      ],
    };
    deepEqual(countChoices(macroSpace(4), [architecture, architecture]), {
      operation: {
        "convolution 3×3": 4,
        "separable 3×3": 0,
        "convolution 5×5": 0,
        "separable 5×5": 2,
        "average pool 3×3": 0,
        "max pool 3×3": 2,
      },
      "skip from": { stem: 4, "layer 0": 2, "layer 1": 2 },
    });
  });

  it("counts every decision of many architectures once, and nothing of none", () => {
    const random = createRandom(5);
    const micro: Space = microSpace(4);
    const architectures = Array.from({ length: 30 }, () => sampleArchitecture(micro, random));
    for (const counts of Object.values(countChoices(micro, architectures))) equal(sumOf(counts), 30 * 4 * 2);
    for (const counts of Object.values(countChoices(micro, []))) equal(sumOf(counts), 0);
    const macro: Space = macroSpace(5);
    const drawn = Array.from({ length: 30 }, () => sampleArchitecture(macro, random));
    const { operation, "skip from": skips } = countChoices(macro, drawn);
    equal(sumOf(operation!), 30 * 5);
    const made = drawn.flatMap((one) => (one.kind === "macro" ? one.layers.flatMap((layer) => layer.skips) : []));
    equal(sumOf(skips!), made.filter(Boolean).length);
  });
});
