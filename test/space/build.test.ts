import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { buildNetwork, supernetWeightsOf } from "../../lib/space/build";
import { decode, encode, hashArchitecture } from "../../lib/space/encode";
import { presets } from "../../lib/space/presets";
import { mutateArchitecture, sampleArchitecture } from "../../lib/space/sample";
import { hashOf } from "../../lib/files/checksum";
import { layers, type Layer } from "../../lib/graph/layer";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { createRandom } from "../../lib/runtime/random";
import type { GivenSpace } from "../../lib/space/space";
import { macroSpace, microSpace, readMicro } from "../helpers/spaces";
import { countTrainable } from "./helpers";
import recorded from "./recorded.json";

const size = { height: 32, width: 32, channels: 1 };

describe("buildNetwork(architecture, size, settings)", () => {
  it("builds the same network of the same architecture, in both spaces", () => {
    for (const space of [microSpace(5), macroSpace(7)] as const) {
      const architecture = sampleArchitecture(space, createRandom(1));
      const graph = buildNetwork(architecture, size, { classes: 3 });
      deepEqual(graph, buildNetwork(decode(space, encode(space, architecture)), size, { classes: 3 }));
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
    for (const space of [microSpace(5), macroSpace(7)] as const) {
      for (let index = 0; index < 20; index++) {
        for (const { name, layer } of buildNetwork(sampleArchitecture(space, random), size).nodes) {
          const [pattern, wanted] = expected.find(([candidate]) => candidate.test(name))!;
          deepEqual("filters" in layer ? { ...layer, filters } : layer, wanted(name), name);
          seen.add(pattern);
        }
      }
    }
    equal(seen.size, expected.length);
  });

  it("gives weights of one name the same shape in the search and in training with dropout and an auxiliary head", () => {
    const architecture = sampleArchitecture(microSpace(3), createRandom(2));
    const search = namedWeightsOf(buildNetwork(architecture, size, { dropout: 0 }));
    const training = new Map(
      namedWeightsOf(buildNetwork(architecture, size, { dropout: 0.3, dropPath: 0.3, auxiliary: true })).map(
        ({ key, specification }) => [key, specification],
      ),
    );
    for (const { key, specification } of search) deepEqual(training.get(key), specification, key);
  });

  it("refuses an architecture that is none", () => {
    const { normal, reduction } = readMicro("0 0 0 0 1 1 1 1  0 0 0 0 1 1 1 1");
    throws(
      () => buildNetwork({ kind: "micro", normal, reduction: reduction.slice(1) }, size),
      /2 nodes and the reduction cell 1, expected as many/,
    );
    const later = { x: { input: 2, operation: "identity" as const }, y: normal[0]!.y };
    throws(
      () => buildNetwork({ kind: "micro", normal: [later, normal[1]!], reduction }, size),
      /input of side x of node 2 in the normal cell is 2, expected 0 to 1/,
    );
    throws(() => buildNetwork({ kind: "macro", layers: [] }, size), /has no layers/);
    equal(buildNetwork({ kind: "micro", normal, reduction }, size).name, "ENAS8");
  });
});

const micro5 = microSpace(5);
const colour = { height: 32, width: 32, channels: 3 };

describe("supernetWeightsOf(space, size, settings)", () => {
  it("has the published number of weights in each layer, 80·(2C² + 38C) of edges and 7C² of loose ends", () => {
    const weights = supernetWeightsOf(micro5, colour, { classes: 10 });
    [20, 20, 40, 40, 40, 80, 80, 80].forEach((channels, layer) => {
      const count = (part: RegExp) =>
        countTrainable(weights.filter(({ key }) => key.startsWith(`layer${layer}/`) && part.test(key)));
      equal(count(/\/node\d/), 80 * (2 * channels ** 2 + 38 * channels));
      equal(count(/\/output\/input/), 7 * channels ** 2);
      equal(count(/\/output\/norm/), 2 * channels);
    });
  });

  it("has 5,373,140 parameters for 6 + 2 layers of 20 channels; a port of the authors' code has 4,250 more", () => {
    const weights = supernetWeightsOf(micro5, colour, { classes: 10 });
    const edges = 5_184_000;
    const looseEnds = 173_600;
    const outputNorms = 800;
    const stem = 3 * 3 * 3 * 60 + 2 * 60;
    // 60 channels of the stem to 20: both inputs of layer 0 and input 0 of layer 1.
    const projections = 3 * (60 * 20 + 2 * 20);
    // The newest output of a reduction layer, and the same again as input 0.
    const reductions = [20 * 40 + 2 * 40, 40 * 80 + 2 * 80];
    const logits = 80 * 10;
    const sum = edges + looseEnds + outputNorms + stem + projections + 2 * (reductions[0]! + reductions[1]!) + logits;
    equal(sum, 5_373_140);
    equal(countTrainable(weights), sum);
    // The port's count is 5,377,390: its logits have a bias, and the rest is as much as a third reduction in each
    // reduction layer has.
    equal(sum + 10 + reductions[0]! + reductions[1]!, 5_377_390);
    equal(countTrainable(supernetWeightsOf(micro5, colour, { classes: 10, logitsBias: true })), sum + 10);
  });

  it("follows the formula of the macro space: six operations a layer, and a reduction for each earlier output", () => {
    const [channels, count, third] = [36, 12, 4];
    const [square, norm] = [channels ** 2, 2 * channels];
    const operations = [9 * square, 9 * channels + square, 25 * square, 25 * channels + square].map((n) => n + norm);
    const layer = 6 * (square + norm) + operations.reduce((a, b) => a + b);
    const reductions = (third + 1 + 2 * third + 1) * (square + norm);
    const stem = 27 * channels + norm;
    equal(
      countTrainable(supernetWeightsOf({ kind: "macro", layers: count }, colour, { classes: 10 })),
      stem + count * layer + (count - 1) * norm + reductions + 10 * channels,
    );
  });

  it("names every weight once, in the same order each time", () => {
    const keys = supernetWeightsOf(micro5, colour).map(({ key }) => key);
    equal(new Set(keys).size, keys.length);
    deepEqual(
      keys,
      supernetWeightsOf(micro5, colour).map(({ key }) => key),
    );
  });

  it("is what many random networks use together, no more and no less, with the same shapes", () => {
    const random = createRandom(1);
    const cases: [GivenSpace, object, number][] = [
      [microSpace(1), { cells: 2, auxiliary: true }, 150],
      [microSpace(3), { cells: 3, dropPath: 0.2 }, 600],
      [macroSpace(4), { channels: 4 }, 300],
    ];
    for (const [space, settings, count] of cases) {
      const shared = new Map(
        supernetWeightsOf(space, colour, settings).map(({ key, specification }) => [key, specification] as const),
      );
      const used = new Set<string>();
      for (let index = 0; index < count; index++) {
        for (const { key, specification } of namedWeightsOf(
          buildNetwork(sampleArchitecture(space, random), colour, settings),
        )) {
          if (!used.has(key)) deepEqual(shared.get(key), specification, key);
          else ok(String(shared.get(key)!.shape) === String(specification.shape), key);
          used.add(key);
        }
      }
      deepEqual(
        [...shared.keys()].filter((key) => !used.has(key)),
        [],
      );
    }
  });

  it("refuses a space without a size, and settings that are wrong", () => {
    throws(() => supernetWeightsOf({ kind: "micro", nodes: 0 }, colour), /nodes = 0, expected a whole number from 1/);
    throws(() => supernetWeightsOf({ kind: "macro", layers: NaN }, colour), /layers = NaN/);
    throws(() => supernetWeightsOf(macroSpace(2), colour), /has 2 layers, expected at least 3/);
    throws(() => supernetWeightsOf(micro5, colour, { clases: 2 } as never), /no option "clases"/);
  });

  it("gives a weight of the shape space the size of the widest network, and its start the width of that", () => {
    const weights = new Map(
      supernetWeightsOf({ kind: "shape" }, size).map((weight) => [weight.key, weight.specification]),
    );
    const { shape, fanIn } = weights.get("stage2/block1/maxpool/convolution5x5/convolution/kernel")!;
    deepEqual(shape, [5, 5, 24, 48]);
    equal(fanIn, 5 * 5 * 24);
  });
});

describe("networks of before spaces were values", () => {
  // What 9ae2799 drew, wrote and built; the hashes are of the graphs as JSON, names of nodes included.
  const size = { height: 32, width: 40, channels: 3 };
  const square = { height: 48, width: 48, channels: 3 };
  const hash = (value: unknown) => hashOf(JSON.stringify(value));
  for (const { preset, weights, architectures } of recorded) {
    it(`are built to the same node, and have weights of the same keys: ${preset}`, () => {
      const { space, settings } = presets[preset as Exclude<keyof typeof presets, "shape">];
      const more = {
        micro: { dropPath: 0.3, auxiliary: true, stem: "reducing" },
        macro: { doubleChannels: true, stem: "reducing" },
      } as const;
      equal(hash(supernetWeightsOf(space, size, settings)), weights);
      const random = createRandom(11).split(preset);
      for (const { code, mutated, hash: name, graph, other } of architectures) {
        const architecture = sampleArchitecture(space, random);
        equal(encode(space, architecture).join(" "), code);
        equal(encode(space, mutateArchitecture(space, architecture, random)).join(" "), mutated);
        equal(hashArchitecture(architecture), name);
        equal(hash(buildNetwork(architecture, size, settings)), graph);
        equal(hash(buildNetwork(architecture, square, { ...settings, ...more[space.kind] })), other);
      }
    });
  }
});
