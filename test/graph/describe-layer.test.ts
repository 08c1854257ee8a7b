import { deepEqual, equal } from "node:assert/strict";

import { describeContents, describeLayer, isFollower } from "../../lib/graph/describe-layer";
import { layers, type Layer } from "../../lib/graph/layer";

describe("describeLayer(layer)", () => {
  it("names what it does, its window, and a stride that is not the usual one", () => {
    const said: [Layer, string][] = [
      [layers.convolution({ size: 3, filters: 8 }), "convolution 3×3"],
      [layers.convolution({ size: 7, filters: 8, stride: 2 }), "convolution 7×7, stride 2"],
      [layers.depthwise({ size: 5 }), "depthwise convolution 5×5"],
      [layers.maxPool({ size: 2 }), "max pool 2×2"],
      [layers.averagePool({ size: 3, stride: 1 }), "average pool 3×3, stride 1"],
      [layers.batchNormalisation(), "batch normalisation"],
      [layers.activation("swish"), "swish"],
      [layers.dropout({ rate: 0.3 }), "dropout 0.3"],
      [layers.dropout({ rate: 0.1 + 0.2, unit: "image" }), "drop-path 0.3"],
      [layers.dense({ units: 2 }), "dense"],
    ];
    for (const [layer, text] of said) equal(describeLayer(layer), text);
  });
});

describe("describeContents(layers)", () => {
  const convolution = layers.convolution({ size: 3, filters: 8 });

  it("counts what is alike, in the order of the first, and leaves out what only follows", () => {
    const block = [convolution, layers.batchNormalisation(), layers.activation("relu"), convolution, layers.add()];
    equal(describeContents(block), "2 × convolution 3×3; add");
  });

  it("tells what follows where there is nothing else", () => {
    equal(describeContents([layers.batchNormalisation(), layers.activation("relu")]), "batch normalisation; relu");
  });

  it("of nothing is nothing", () => {
    equal(describeContents([]), "");
  });
});

describe("isFollower(layer)", () => {
  it("tells normalisations, activations and dropouts from what works on the image", () => {
    const all = [layers.layerNormalisation(), layers.activation("gelu"), layers.dropout({ rate: 0.5 })];
    deepEqual(all.map(isFollower), [true, true, true]);
    const working = [layers.dense({ units: 2 }), layers.add(), layers.maxPool({ size: 2 }), layers.shift()];
    deepEqual(working.map(isFollower), [false, false, false, false]);
  });
});
