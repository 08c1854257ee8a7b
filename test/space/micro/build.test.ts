import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import type { MicroArchitecture } from "../../../lib/space/micro/architecture";
import { buildNetwork } from "../../../lib/space/build";
import { mutateArchitecture, sampleArchitecture } from "../../../lib/space/sample";
import { nodeOf, withoutAuxiliary } from "../../../lib/graph/graph";
import { createRandom } from "../../../lib/runtime/random";
import { countMultiplyAdds, wiring } from "../helpers";
import { microSpace, readMicro } from "../../helpers/spaces";

const size = { height: 32, width: 32, channels: 3 };
const draw = (nodes: number, seed: number) =>
  sampleArchitecture(microSpace(nodes), createRandom(seed)) as MicroArchitecture;

/** One node: the normal cell a 3×3 separable convolution of input 1 plus input 0; the reduction cell two pools of input 1. */
const oneNode = readMicro("1 0 0 4  1 2 1 3");

/** The twelve random architectures whose cost was measured: one digit a number, the normal cell first. */
const measured = [
  "10002020021000243431 01002300300440240232",
  "11032020021331004310 01020402303201212130",
  "12122310341343220133 04031221201421235003",
  "00100402230420310313 02042304120241343211",
  "04012022100011033213 14131404022334240321",
  "14101303132003323313 11141411143303002301",
  "12122414241420441242 13102424012210305011",
  "14132012341240042411 13042401113214444430",
  "10130420211243430030 13111120242310011444",
  "04022023242233212024 10012422122221310453",
  "01122114343443343240 14001304121023242341",
  "13132023001142132120 02000212223413302442",
];

describe("buildNetwork(architecture, size, settings)", () => {
  it("has the published layout: reductions at 2 and 5 of 8 layers, at 5 and 11 of 17, at 1 and 3 of 7, at 0 and 1 of 4", () => {
    const layout = (cells: number) => {
      const { name, nodes } = buildNetwork(oneNode, size, { cells, channels: 4 });
      equal(name, `ENAS${cells + 2}`);
      return nodes.filter((node) => node.name.endsWith("output/norm")).map(({ shape }) => shape.join("×"));
    };
    const [large, half, quarter] = ["32×32×4", "16×16×8", "8×8×16"];
    deepEqual(layout(6), [large, large, half, half, half, quarter, quarter, quarter]);
    deepEqual(layout(15), [
      ...Array<string>(5).fill(large),
      ...Array<string>(6).fill(half),
      ...Array<string>(6).fill(quarter),
    ]);
    deepEqual(layout(5), [large, half, half, quarter, quarter, quarter, quarter]);
    deepEqual(layout(2), [half, quarter, quarter, quarter]);
  });

  it("begins with three times the channels and ends with ReLU, the mean, dropout and logits without bias", () => {
    const graph = buildNetwork(oneNode, size, { classes: 10 });
    deepEqual(nodeOf(graph, "stem/norm").shape, [32, 32, 60]);
    deepEqual(wiring(graph, "head"), [
      "head/relu < layer7/output/norm",
      "head/pool < head/relu",
      "head/dropout < head/pool",
      "head/logits < head/dropout",
    ]);
    deepEqual(nodeOf(graph, graph.output).layer, { kind: "dense", units: 10, bias: false });
    deepEqual(nodeOf(graph, graph.output).shape, [10]);
    const { layer } = nodeOf(
      buildNetwork(oneNode, size, { normEpsilon: 0.01, normMomentum: 0.5 }),
      "layer3/output/norm",
    );
    deepEqual(layer, { kind: "batch normalisation", epsilon: 0.01, momentum: 0.5 });
  });

  it("names the nodes of a layer by all that their weights depend on", () => {
    const graph = buildNetwork(oneNode, size);
    const edge = "layer1/node2/x/separable3x3";
    deepEqual(wiring(graph, "layer1/"), [
      "layer1/calibrate0/relu < stem/norm",
      "layer1/calibrate0/convolution < layer1/calibrate0/relu",
      "layer1/calibrate0/norm < layer1/calibrate0/convolution",
      `${edge}/half0/input1/relu < layer0/output/norm`,
      `${edge}/half0/input1/depthwise < ${edge}/half0/input1/relu`,
      `${edge}/half0/input1/pointwise < ${edge}/half0/input1/depthwise`,
      `${edge}/half0/input1/norm < ${edge}/half0/input1/pointwise`,
      `${edge}/half1/input1/relu < ${edge}/half0/input1/norm`,
      `${edge}/half1/input1/depthwise < ${edge}/half1/input1/relu`,
      `${edge}/half1/input1/pointwise < ${edge}/half1/input1/depthwise`,
      `${edge}/half1/input1/norm < ${edge}/half1/input1/pointwise`,
      `layer1/node2/sum < ${edge}/half1/input1/norm + layer1/calibrate0/norm`,
      "layer1/output/input2/relu < layer1/node2/sum",
      "layer1/output/input2/convolution < layer1/output/input2/relu",
      "layer1/output/norm < layer1/output/input2/convolution",
    ]);
  });

  it("takes both inputs of a reduction layer from the same output, by reductions of their own", () => {
    deepEqual(wiring(buildNetwork(oneNode, size), "layer2/"), [
      "layer2/reduce/path0 < layer1/output/norm",
      "layer2/reduce/shift < layer1/output/norm",
      "layer2/reduce/path1 < layer2/reduce/shift",
      "layer2/reduce/concatenate < layer2/reduce/path0 + layer2/reduce/path1",
      "layer2/reduce/norm < layer2/reduce/concatenate",
      "layer2/calibrate0/relu < layer1/output/norm",
      "layer2/calibrate0/path0 < layer2/calibrate0/relu",
      "layer2/calibrate0/shift < layer2/calibrate0/relu",
      "layer2/calibrate0/path1 < layer2/calibrate0/shift",
      "layer2/calibrate0/concatenate < layer2/calibrate0/path0 + layer2/calibrate0/path1",
      "layer2/calibrate0/norm < layer2/calibrate0/concatenate",
      "layer2/node2/x/averagepool3x3/input1 < layer2/reduce/norm",
      "layer2/node2/y/maxpool3x3/input1 < layer2/reduce/norm",
      "layer2/node2/sum < layer2/node2/x/averagepool3x3/input1 + layer2/node2/y/maxpool3x3/input1",
      // The unused input 0 is a loose end.
      "layer2/output/input0/relu < layer2/calibrate0/norm",
      "layer2/output/input0/convolution < layer2/output/input0/relu",
      "layer2/output/input2/relu < layer2/node2/sum",
      "layer2/output/input2/convolution < layer2/output/input2/relu",
      "layer2/output/sum < layer2/output/input0/convolution + layer2/output/input2/convolution",
      "layer2/output/norm < layer2/output/sum",
    ]);
  });

  it("calibrates only what does not fit: input 0 in the first two layers and the reductions, input 1 in the first", () => {
    const graph = buildNetwork(draw(5, 1), size);
    const calibrated = new Set(graph.nodes.flatMap(({ name }) => /layer\d+\/calibrate\d/.exec(name) ?? []));
    deepEqual(
      [...calibrated].sort(),
      ["layer0/calibrate0", "layer0/calibrate1", "layer1/calibrate0", "layer2/calibrate0", "layer5/calibrate0"].sort(),
    );
    // In the layer after a reduction, the older input is the reduced one.
    const { inputs } = nodeOf(buildNetwork(readMicro("0 4 1 4  0 4 1 4"), size), "layer3/node2/sum");
    deepEqual(inputs, ["layer2/reduce/norm", "layer2/output/norm"]);
  });

  it("adds the same value twice where both sides are identities of one input", () => {
    const graph = buildNetwork(readMicro("1 4 1 4  1 4 1 4"), size);
    deepEqual(nodeOf(graph, "layer1/node2/sum").inputs, ["layer0/output/norm", "layer0/output/norm"]);
  });

  it("drops edges at a rate that grows from layer to layer, but no identities", () => {
    const graph = buildNetwork(oneNode, size, { dropPath: 0.4 });
    const rates = graph.nodes.flatMap(({ name, layer }) =>
      layer.kind === "dropout" && layer.unit === "image" ? [[name, layer.rate.toFixed(3)]] : [],
    );
    const at = (layer: number, side: string, rate: string) => [`layer${layer}/node2/${side}/drop`, rate];
    deepEqual(rates, [
      at(0, "x", "0.050"),
      at(1, "x", "0.100"),
      at(2, "x", "0.150"),
      at(2, "y", "0.150"),
      at(3, "x", "0.200"),
      at(4, "x", "0.250"),
      at(5, "x", "0.300"),
      at(5, "y", "0.300"),
      at(6, "x", "0.350"),
      at(7, "x", "0.400"),
    ]);
    deepEqual(nodeOf(graph, "layer1/node2/sum").inputs, ["layer1/node2/x/drop", "layer1/calibrate0/norm"]);
    deepEqual(nodeOf(graph, "layer1/node2/x/drop").inputs, ["layer1/node2/x/separable3x3/half1/input1/norm"]);
    ok(buildNetwork(oneNode, size).nodes.every(({ name }) => !name.endsWith("/drop")));
  });

  it("has its auxiliary head after layer 2d + 2, and is the same network without it", () => {
    for (const [cells, layer] of [
      [2, 2],
      [3, 4],
      [6, 6],
      [15, 12],
    ] as const) {
      const graph = buildNetwork(oneNode, size, { cells, auxiliary: true });
      equal(graph.auxiliary, "auxiliary/logits");
      deepEqual(nodeOf(graph, "auxiliary/relu").inputs, [`layer${layer}/output/norm`]);
      deepEqual(withoutAuxiliary(graph), buildNetwork(oneNode, size, { cells }));
    }
  });

  it("has no node that its output does not need, at any architecture", () => {
    for (let seed = 0; seed < 20; seed++) {
      const graph = buildNetwork(draw(1 + (seed % 6), seed), size);
      equal(withoutAuxiliary(graph).nodes.length, graph.nodes.length);
    }
  });

  it("changes in the layers of a cell, and there alone, with any change of one operation or input of that cell", () => {
    const random = createRandom(3);
    const parent = draw(3, 3);
    const before = buildNetwork(parent, size);
    for (let index = 0; index < 100; index++) {
      const child = mutateArchitecture(microSpace(3), parent, random) as MicroArchitecture;
      const after = buildNetwork(child, size);
      const isNormal = JSON.stringify(child.reduction) === JSON.stringify(parent.reduction);
      for (let layer = 0; layer < 8; layer++) {
        const [now, earlier] = [wiring(after, `layer${layer}/`), wiring(before, `layer${layer}/`)];
        if ((layer === 2 || layer === 5) === isNormal) deepEqual(now, earlier);
        else notDeepEqual(now, earlier);
      }
    }
  });

  it("costs what was measured of the published search network: 73 to 144 MFLOP an image, 99.5 on average", () => {
    const costs = measured.map((digits) => {
      const graph = buildNetwork(readMicro(digits.replace(/\d/g, "$& ")), size, {
        cells: 6,
        channels: 20,
        classes: 10,
      });
      return (2 * countMultiplyAdds(graph)) / 1e6;
    });
    equal((costs.reduce((a, b) => a + b) / costs.length).toFixed(1), "99.5");
    deepEqual([Math.round(Math.min(...costs)), Math.round(Math.max(...costs))], [73, 144]);
  });

  it("takes images of 28 to 224 pixels, and sides that differ", () => {
    for (const [height, width] of [
      [28, 28],
      [64, 45],
      [3, 3],
    ] as const) {
      const graph = buildNetwork(oneNode, { height, width, channels: 1 }, { auxiliary: true });
      const quarter = [height, width].map((pixels) => Math.ceil(pixels / 4));
      deepEqual(nodeOf(graph, "layer7/output/norm").shape, [...quarter, 80]);
    }
    const large = buildNetwork(
      oneNode,
      { height: 224, width: 224, channels: 1 },
      { stem: "reducing", auxiliary: true },
    );
    deepEqual(nodeOf(large, "layer7/output/norm").shape, [14, 14, 80]);
  });

  it("refuses images that are too small, and settings that are wrong", () => {
    throws(
      () => buildNetwork(oneNode, { height: 2, width: 32, channels: 1 }),
      /have 2 × 32 pixels, expected at least 3 × 3/,
    );
    throws(() => buildNetwork(oneNode, { height: 8, width: 8, channels: 1 }, { stem: "reducing" }), /at least 9 × 9/);
    throws(() => buildNetwork(oneNode, { height: 1.5, width: 32, channels: 1 }), /input of ENAS8 has height = 1.5/);
    throws(() => buildNetwork(oneNode, size, { classes: 0 }), /has classes: 0/);
    throws(() => buildNetwork(oneNode, size, { cell: 6 } as never), /no option "cell". Did you mean "cells"/);
  });
});
