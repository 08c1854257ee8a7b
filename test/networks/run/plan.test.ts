import { deepEqual, equal, ok } from "node:assert/strict";

import { buildNetwork } from "../../../lib/space/build";
import { startGraph } from "../../../lib/graph/builder";
import { handCraftedNetworks } from "../../../lib/graph/hand-crafted/registry";
import { layers } from "../../../lib/graph/layer";
import { imageOf, planNetwork } from "../../../lib/networks/run/plan";
import { patterns } from "./pattern-graphs";

/** A small network: what each step reads can be seen. */
function example() {
  const builder = startGraph("Example", { height: 4, width: 4, channels: 2 });
  const first = builder.add("first", layers.convolution({ size: 3, filters: 2 }), builder.input);
  const second = builder.add("second", layers.activation("relu"), first);
  const third = builder.add("third", layers.averagePool({ size: 3, stride: 1 }), second);
  const sum = builder.add("sum", layers.add(), first, third);
  const mean = builder.add("mean", layers.globalAveragePool(), sum);
  return builder.finish(mean);
}

describe("planNetwork(graph)", () => {
  it("knows after which step nobody reads a value any more", () => {
    const { steps, lastReads } = planNetwork(example());
    deepEqual(
      steps.map(({ output }, index) => [output, [...lastReads[index]!].sort()]),
      [
        ["first", ["input"]],
        ["second", []],
        // The pool, which only the sum reads, is computed with it.
        ["sum", ["first", "second"]],
        ["mean", ["sum"]],
      ],
    );
  });

  it("lists the weights that it reads, by node and name, and which of them are trained", () => {
    deepEqual(planNetwork(example()).weights, [{ node: "first", name: "kernel", trainable: true }]);
    const { graph } = patterns["half of a separable operation"]!;
    const moving = planNetwork(graph).weights.filter(({ trainable }) => !trainable);
    deepEqual(
      moving.map(({ name }) => name),
      ["moving_mean", "moving_variance"],
    );
  });

  it("knows which values the backward pass needs: inputs of convolutions, outputs of ReLUs, and none of pools and sums", () => {
    deepEqual([...planNetwork(example()).needed].sort(), ["input", "second"]);
  });

  it("has the last to add to a normalisation's gradient find the sums of it, where it can and they are wanted", () => {
    const edge = (input: number) => ({ input, operation: "separable 3×3" }) as const;
    const pool = (input: number) => ({ input, operation: "average pool 3×3" }) as const;
    const cell = [
      { x: edge(0), y: pool(1) },
      { x: edge(1), y: edge(0) },
    ];
    const graph = buildNetwork(
      { kind: "micro", normal: cell, reduction: cell },
      { height: 16, width: 16, channels: 1 },
      { cells: 2, channels: 4, dropout: 0 },
    );
    const { steps, finders } = planNetwork(graph);
    ok(finders.size > 0);
    const places = new Map(steps.map(({ output }, index) => [output, index]));
    for (const step of steps) {
      const readers = steps.filter(({ inputs }) => inputs.includes(step.output));
      const [first] = readers;
      const found = finders.get(step.output);
      if (found === undefined) {
        ok(step.takesSums !== true || first?.findsSums?.includes(step.output) !== true, step.output);
        continue;
      }
      equal(found, first!.output);
      ok(step.takesSums === true && first!.findsSums!.includes(step.output));
      for (const reader of readers) ok(places.get(reader.output)! >= places.get(found)!);
    }
  });

  it("says of every value that is read when it is read last, once, and never before it is there", () => {
    const graphs = Object.values(patterns).map(({ graph }) => graph);
    const known = handCraftedNetworks.map((network) => network.build({ height: 32, width: 32, channels: 1 }));
    for (const graph of [...graphs, ...known]) {
      const { steps, lastReads } = planNetwork(graph);
      equal(lastReads.length, steps.length);
      const gone = new Set<string>();
      steps.forEach(({ inputs, output }, index) => {
        for (const input of inputs) ok(!gone.has(input), `${output} of ${graph.name} reads ${input} too late`);
        for (const node of lastReads[index]!) {
          ok(inputs.includes(node), `${node} of ${graph.name} is not read by ${output}`);
          gone.add(node);
        }
      });
      deepEqual([...gone].sort(), [...new Set(steps.flatMap(({ inputs }) => inputs))].sort());
    }
  });
});

describe("imageOf(graph)", () => {
  it("is the first node", () => {
    deepEqual(imageOf(example()), { name: "input", layer: { kind: "input" }, inputs: [], shape: [4, 4, 2] });
  });
});
