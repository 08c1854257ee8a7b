import { deepEqual, equal, ok } from "node:assert/strict";

import { buildNetwork } from "../../../lib/space/build";
import { presets } from "../../../lib/space/presets";
import { sampleArchitecture } from "../../../lib/space/sample";
import { handCraftedNetworks } from "../../../lib/graph/hand-crafted/registry";
import { fuse } from "../../../lib/networks/run/fuse";
import { createRandom } from "../../../lib/runtime/random";
import { outputInside, patterns } from "./pattern-graphs";

describe("fuse(graph)", () => {
  for (const [name, { graph, steps }] of Object.entries({ ...patterns, ...outputInside })) {
    it(`makes the steps ${name}`, () => {
      deepEqual(
        fuse(graph).map((step) => step.output),
        steps,
      );
    });
  }

  it("makes steps that read what is there before them, and give what the network gives", () => {
    const size = { height: 32, width: 32, channels: 1 };
    const found = Object.values(presets).map(({ space, settings }) =>
      buildNetwork(sampleArchitecture(space, createRandom(2)), size, settings),
    );
    for (const graph of [...handCraftedNetworks.map((network) => network.build(size)), ...found]) {
      const there = new Set(["input"]);
      for (const { output, inputs, keeps } of fuse(graph)) {
        for (const input of inputs) ok(there.has(input), `${output} of ${graph.name} reads ${input}`);
        for (const kept of keeps) ok(inputs.includes(kept), `${output} of ${graph.name} keeps ${kept}`);
        ok(!there.has(output), `${output} of ${graph.name} is computed twice`);
        there.add(output);
      }
      ok(there.has(graph.output) && (graph.auxiliary === null || there.has(graph.auxiliary)), graph.name);
    }
  });

  it("computes a found network in few steps: two for a separable operation, one for the end of a cell", () => {
    const edge = (input: number) => ({ input, operation: "separable 3×3" }) as const;
    const cell = [
      { x: edge(0), y: edge(1) },
      { x: edge(0), y: edge(1) },
    ];
    const { length } = fuse(
      buildNetwork(
        { kind: "micro", normal: cell, reduction: cell },
        { height: 16, width: 16, channels: 1 },
        { cells: 2, channels: 4, dropout: 0 },
      ),
    );
    // Of each of the 4 layers: 8 halves of separable operations, 2 sums, the end. Both reduction layers come first, each
    // with two factorised reductions; the others need none. Around them: convolution with normalisation; mean with its ReLU, logits.
    equal(length, 4 * (8 + 2 + 1) + 2 * 2 + 1 + 2);
  });
});
