import { deepEqual, equal, notDeepEqual, throws } from "node:assert/strict";

import type { MacroArchitecture } from "../../../lib/space/macro/architecture";
import { buildNetwork } from "../../../lib/space/build";
import { mutateArchitecture, sampleArchitecture } from "../../../lib/space/sample";
import { nodeOf, withoutAuxiliary } from "../../../lib/graph/graph";
import { createRandom } from "../../../lib/runtime/random";
import { wiring } from "../helpers";
import { macroSpace, readMacro } from "../../helpers/spaces";

const size = { height: 32, width: 32, channels: 3 };
const draw = (layers: number, seed: number) =>
  sampleArchitecture(macroSpace(layers), createRandom(seed)) as MacroArchitecture;

/** Four layers; layer 2 adds the stem, layer 3 the stem and layer 0. */
const fourLayers = readMacro("0  3 0  4 1 0  5 1 1 0");

const nameOf = (line: string) => line.split(" ")[0];

describe("buildNetwork(architecture, size, settings)", () => {
  it("applies each layer's operation to the output before, and adds the chosen ones", () => {
    const graph = buildNetwork(fourLayers, size);
    deepEqual(wiring(graph, "stem"), ["stem/convolution < input", "stem/norm < stem/convolution"]);
    const first = "layer0/convolution3x3";
    deepEqual(wiring(graph, "layer0/"), [
      `${first}/squeeze < stem/norm`,
      `${first}/squeeze-norm < ${first}/squeeze`,
      `${first}/squeeze-relu < ${first}/squeeze-norm`,
      `${first}/convolution < ${first}/squeeze-relu`,
      `${first}/norm < ${first}/convolution`,
      `${first}/relu < ${first}/norm`,
    ]);
    const second = "layer1/separable5x5";
    deepEqual(wiring(graph, "layer1/").slice(2), [
      `${second}/squeeze-relu < ${second}/squeeze-norm`,
      `${second}/depthwise < ${second}/squeeze-relu`,
      `${second}/pointwise < ${second}/depthwise`,
      `${second}/norm < ${second}/pointwise`,
      `${second}/relu < ${second}/norm`,
      `layer1/norm < ${second}/relu`,
    ]);
    const third = "layer2/averagepool3x3";
    deepEqual(wiring(graph, "layer2/").slice(2), [
      `${third}/squeeze-relu < ${third}/squeeze-norm`,
      `${third}/pool < ${third}/squeeze-relu`,
      `layer2/sum < ${third}/pool + pool1/output0/norm`,
      "layer2/norm < layer2/sum",
    ]);
    deepEqual(nodeOf(graph, "layer3/sum").inputs, [
      "layer3/maxpool3x3/pool",
      "pool1/output0/norm",
      "pool1/output1/norm",
    ]);
    deepEqual(wiring(graph, "head"), [
      "head/pool < layer3/norm",
      "head/dropout < head/pool",
      "head/logits < head/dropout",
    ]);
  });

  it("halves after a third and two thirds of the layers: after 3 and 7 of 12, after 7 and 15 of 24", () => {
    for (const [count, first, second] of [
      [12, 3, 7],
      [24, 7, 15],
      [3, 0, 1],
      [5, 0, 1],
    ] as const) {
      const architecture = draw(count, 1);
      const graph = buildNetwork(architecture, size, { doubleChannels: true, channels: 4 });
      equal(graph.name, `ENAS macro ${count}`);
      architecture.layers.forEach((_, layer) => {
        const shape = layer <= first ? [32, 32, 4] : layer <= second ? [16, 16, 8] : [8, 8, 16];
        const last = graph.nodes.filter(({ name }) => name.startsWith(`layer${layer}/`)).at(-1)!;
        deepEqual(last.shape, shape, `layer ${layer} of ${count}`);
      });
    }
  });

  it("keeps the channels where it is not told to double them", () => {
    const graph = buildNetwork(draw(12, 1), size);
    deepEqual(nodeOf(graph, "layer11/norm").shape, [8, 8, 36]);
  });

  it("halves only outputs that a later layer uses, so that no node is there in vain", () => {
    const reduced = (architecture: MacroArchitecture) =>
      buildNetwork(architecture, size).nodes.flatMap(({ name }) => (/^pool.*(?=\/norm)/.exec(name) ? [name] : []));
    deepEqual(reduced(fourLayers), [
      "pool0/output0/norm",
      "pool0/output1/norm",
      "pool1/output0/norm",
      "pool1/output1/norm",
      "pool1/output2/norm",
    ]);
    deepEqual(reduced(readMacro("0  0 0  0 0 0  0 0 0 0")), ["pool0/output1/norm", "pool1/output2/norm"]);
    for (let seed = 0; seed < 20; seed++) {
      const graph = buildNetwork(draw(3 + (seed % 10), seed), size);
      equal(withoutAuxiliary(graph).nodes.length, graph.nodes.length);
    }
  });

  it("changes with any operation and any skip connection", () => {
    const random = createRandom(4);
    const parent = draw(6, 4);
    const before = buildNetwork(parent, size);
    for (let index = 0; index < 100; index++) {
      const child = mutateArchitecture(macroSpace(6), parent, random) as MacroArchitecture;
      const after = buildNetwork(child, size);
      const layer = child.layers.findIndex((other, place) => {
        return JSON.stringify(other) !== JSON.stringify(parent.layers[place]);
      });
      for (let place = 0; place < 6; place++) {
        const [now, earlier] = [wiring(after, `layer${place}/`), wiring(before, `layer${place}/`)];
        if (place === layer) notDeepEqual(now, earlier);
        // What it takes may be called otherwise, as it may come from the changed layer.
        else deepEqual(now.map(nameOf), earlier.map(nameOf));
      }
    }
  });

  it("refuses odd channels, too few layers, and another number of layers than the settings have", () => {
    throws(
      () => buildNetwork(fourLayers, size, { channels: 35 }),
      /reduction pool0\/output0 gives 35 channels, expected an even number/,
    );
    throws(() => buildNetwork(draw(2, 1), size), /has 2 layers, expected at least 3/);
    throws(() => buildNetwork(fourLayers, size, { layers: 12 }), /has 4 layers, and the settings say layers: 12/);
    equal(buildNetwork(fourLayers, size, { layers: 4 }).name, "ENAS macro 4");
  });

  it("refuses images that are too small, and settings that are wrong", () => {
    throws(() => buildNetwork(fourLayers, { height: 2, width: 2, channels: 1 }), /have 2 × 2 pixels/);
    throws(() => buildNetwork(fourLayers, size, { classes: 1 }), /has classes: 1, expected a whole number from 2/);
    throws(() => buildNetwork(fourLayers, size, { dropPath: 0.1 }), /macro space has no option "dropPath"/);
  });
});
