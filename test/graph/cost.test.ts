import { deepEqual, equal, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { costOf, costsOfLayers, sumCosts } from "../../lib/graph/cost";
import { buildHandCrafted } from "../../lib/graph/hand-crafted/registry";
import { layers } from "../../lib/graph/layer";

/** 20 channels in, 32 × 32; a head for training alone, and a way that nothing needs. */
function smallNetwork() {
  const builder = startGraph("small", { height: 32, width: 32, channels: 20 });
  const convolution = builder.add("a/convolution", layers.convolution({ size: 3, filters: 40 }), builder.input);
  const norm = builder.add("a/norm", layers.batchNormalisation(), convolution);
  const depthwise = builder.add("b/depthwise", layers.depthwise({ size: 5, stride: 2, bias: true }), norm);
  const pool = builder.add("b/pool", layers.globalAveragePool(), depthwise);
  const logits = builder.add("head/dense", layers.dense({ units: 2 }), pool);
  const other = builder.add("auxiliary/pool", layers.globalAveragePool(), norm);
  const auxiliary = builder.add("auxiliary/dense", layers.dense({ units: 2, bias: false }), other);
  return builder.finish(logits, auxiliary);
}

describe("costOf(graph, options)", () => {
  it("counts a convolution by the formula: k · k · inputs · outputs, times rows and columns", () => {
    const builder = startGraph("one", { height: 32, width: 32, channels: 20 });
    const graph = builder.finish(builder.add("c", layers.convolution({ size: 3, filters: 40 }), builder.input));
    deepEqual(costOf(graph), {
      trainable: 3 * 3 * 20 * 40,
      nonTrainable: 0,
      multiplyAdds: 3 * 3 * 20 * 40 * 32 * 32,
      weightBytes: 4 * 3 * 3 * 20 * 40,
      largestOutput: 32 * 32 * 40,
    });
  });

  it("adds up layers of every kind that has weights, without the auxiliary head", () => {
    const [convolution, norm, depthwise, dense] = [7200, 80, 5 * 5 * 40 + 40, 40 * 2 + 2];
    deepEqual(costOf(smallNetwork()), {
      trainable: convolution + norm + depthwise + dense,
      nonTrainable: 80,
      multiplyAdds: convolution * 1024 + 5 * 5 * 40 * 16 * 16 + 40 * 2,
      weightBytes: 4 * (convolution + norm + depthwise + dense + 80),
      largestOutput: 32 * 32 * 40,
    });
  });

  it("counts the auxiliary head where it is asked to", () => {
    const [without, all] = [costOf(smallNetwork()), costOf(smallNetwork(), { auxiliary: true })];
    equal(all.trainable - without.trainable, 80);
    equal(all.multiplyAdds - without.multiplyAdds, 80);
  });

  it("counts a convolution without padding, with stride and bias by the places that it visits", () => {
    const builder = startGraph("one", { height: 11, width: 8, channels: 3 });
    const window = layers.convolution({ size: 3, stride: 2, padding: "valid", filters: 5, bias: true });
    const { trainable, multiplyAdds } = costOf(builder.finish(builder.add("c", window, builder.input)));
    // Rows 0, 2, 4, 6, 8 and columns 0, 2, 4 begin a window.
    deepEqual({ trainable, multiplyAdds }, { trainable: 27 * 5 + 5, multiplyAdds: 27 * 5 * 5 * 3 });
  });

  it("finds the published billions of multiply-adds, 224 × 224 pixels and 1000 classes", () => {
    // As torchvision lists them with its weights, as "GFLOPS".
    const published = {
      "VGG-16": 15.47,
      "ResNet-18": 1.814,
      "ResNet-50": 4.089,
      "DenseNet-121": 2.834,
      MobileNetV2: 0.301,
      "EfficientNet-B0": 0.386,
    };
    for (const [name, billions] of Object.entries(published)) {
      const graph = buildHandCrafted(name, { height: 224, width: 224, channels: 3 }, { classes: 1000 });
      equal((costOf(graph).multiplyAdds / 1e9).toFixed(3), billions.toFixed(3), name);
    }
  });

  it("refuses an option that there is not", () => {
    throws(() => costOf(smallNetwork(), { auxilary: true } as object), /no option "auxilary"/);
  });
});

describe("costsOfLayers(graph, options)", () => {
  it("has a row for each layer, in the network's order, that add up to the whole", () => {
    const graph = smallNetwork();
    const costs = costsOfLayers(graph, { auxiliary: true });
    deepEqual(
      costs.map(({ node }) => node.name),
      graph.nodes.map(({ name }) => name),
    );
    deepEqual(sumCosts(costs), costOf(graph, { auxiliary: true }));
    const dense = costs.find(({ node }) => node.name === "head/dense")!;
    deepEqual([dense.trainable, dense.multiplyAdds, dense.largestOutput], [82, 80, 2]);
  });

  it("leaves out the auxiliary head, as it is not there in use", () => {
    equal(
      costsOfLayers(smallNetwork()).some(({ node }) => node.name.startsWith("auxiliary")),
      false,
    );
  });
});

describe("sumCosts(costs)", () => {
  it("of nothing is nothing", () => {
    deepEqual(sumCosts([]), { trainable: 0, nonTrainable: 0, multiplyAdds: 0, weightBytes: 0, largestOutput: 0 });
  });
});
