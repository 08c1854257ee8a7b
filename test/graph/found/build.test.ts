import { deepEqual, equal, throws } from "node:assert/strict";

import { buildFound } from "../../../lib/graph/found/build";
import { layers, type Layer } from "../../../lib/graph/layer";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { createRandom } from "../../../lib/runtime/random";
import type { MicroArchitecture } from "../../../lib/space/architecture";
import { decode, encode } from "../../../lib/space/encode";
import { sampleArchitecture } from "../../../lib/space/sample";

const size = { height: 32, width: 32, channels: 1 };

describe("buildFound(architecture, size, settings)", () => {
  it("builds the same network of the same architecture, in both spaces", () => {
    for (const space of [
      { space: "micro", nodes: 5 },
      { space: "macro", layers: 7 },
    ] as const) {
      const architecture = sampleArchitecture(space, createRandom(1));
      const graph = buildFound(architecture, size, { classes: 3 });
      deepEqual(graph, buildFound(decode(space.space, encode(architecture)), size, { classes: 3 }));
      deepEqual(graph.nodes.find(({ name }) => name === graph.output)!.shape, [3]);
    }
  });

  it("puts under each name the layer that it tells of, in both spaces", () => {
    const window = (name: string) => Number(/[35](?=x[35])/.exec(name));
    // How many filters a convolution has shows in the shapes, which other tests hold.
    const filters = 1;
    const expected: [RegExp, (name: string) => Layer][] = [
      [/averagepool3x3\/(input\d|pool)$/, () => layers.averagePool({ size: 3, stride: 1 })],
      [/maxpool3x3\/(input\d|pool)$/, () => layers.maxPool({ size: 3, stride: 1 })],
      [/\/(relu|squeeze-relu)$/, () => layers.activation("relu")],
      [/\/shift$/, () => layers.shift()],
      [/\/path[01]$/, () => layers.convolution({ size: 1, stride: 2, filters })],
      [/\/separable.*\/depthwise$/, (name) => layers.depthwise({ size: window(name) })],
      [/\/(pointwise|squeeze)$/, () => layers.convolution({ size: 1, filters })],
      [/\/(output\/input\d|calibrate\d)\/convolution$/, () => layers.convolution({ size: 1, filters })],
      [/\/convolution\dx\d\/convolution$/, (name) => layers.convolution({ size: window(name), filters })],
      [/norm$/, () => layers.batchNormalisation({ epsilon: 1e-5, momentum: 0.9 })],
      [/\/sum$/, () => layers.add()],
      [/\/concatenate$/, () => layers.concatenate()],
      [/^stem\/convolution$/, () => layers.convolution({ size: 3, filters })],
      [/^head\/pool$/, () => layers.globalAveragePool()],
      [/^head\/dropout$/, () => layers.dropout({ rate: 0.1 })],
      [/^head\/logits$/, () => layers.dense({ units: 2, bias: false })],
      [/^input$/, () => ({ kind: "input" })],
    ];
    const seen = new Set<RegExp>();
    const random = createRandom(5);
    for (const space of [
      { space: "micro", nodes: 5 },
      { space: "macro", layers: 7 },
    ] as const) {
      for (let index = 0; index < 20; index++) {
        for (const { name, layer } of buildFound(sampleArchitecture(space, random), size).nodes) {
          const [pattern, wanted] = expected.find(([candidate]) => candidate.test(name))!;
          deepEqual("filters" in layer ? { ...layer, filters } : layer, wanted(name), name);
          seen.add(pattern);
        }
      }
    }
    equal(seen.size, expected.length);
  });

  it("gives weights of one name the same shape in the search and in training with dropout and an auxiliary head", () => {
    const architecture = sampleArchitecture({ space: "micro", nodes: 3 }, createRandom(2));
    const search = namedWeightsOf(buildFound(architecture, size, { dropout: 0 }));
    const training = new Map(
      namedWeightsOf(buildFound(architecture, size, { dropout: 0.3, dropPath: 0.3, auxiliary: true })).map(
        ({ key, specification }) => [key, specification],
      ),
    );
    for (const { key, specification } of search) deepEqual(training.get(key), specification, key);
  });

  it("refuses an architecture that is none", () => {
    const { normal, reduction } = decode("micro", "0 0 0 0 1 1 1 1  0 0 0 0 1 1 1 1") as MicroArchitecture;
    throws(
      () => buildFound({ space: "micro", normal, reduction: reduction.slice(1) }, size),
      /2 nodes and the reduction cell 1, expected as many/,
    );
    const later = { x: { input: 2, operation: "identity" as const }, y: normal[0]!.y };
    throws(
      () => buildFound({ space: "micro", normal: [later, normal[1]!], reduction }, size),
      /input of side x of node 2 in the normal cell is 2, expected 0 to 1/,
    );
    throws(() => buildFound({ space: "macro", layers: [] }, size), /has no layers/);
    equal(buildFound({ space: "micro", normal, reduction }, size).name, "ENAS8");
  });
});
