import { deepEqual, equal, notEqual } from "node:assert/strict";

import { activationFunctions, layers } from "../../lib/graph/layer";

describe("layers", () => {
  it("have the defaults that their documentation names", () => {
    const window = { stride: 1, padding: "same" };
    deepEqual(layers.convolution({ size: 3, filters: 8 }), {
      kind: "convolution",
      size: 3,
      filters: 8,
      bias: false,
      ...window,
    });
    deepEqual(layers.depthwise({ size: 5 }), {
      kind: "depthwise convolution",
      size: 5,
      bias: false,
      constant: null,
      ...window,
    });
    deepEqual(layers.batchNormalisation(), { kind: "batch normalisation", epsilon: 0.001, momentum: 0.9 });
    deepEqual(layers.layerNormalisation(), { kind: "layer normalisation", epsilon: 0.000001 });
    deepEqual(layers.dense({ units: 2 }), { kind: "dense", units: 2, bias: true });
    deepEqual(layers.upsample(), { kind: "upsample", factor: 2 });
    deepEqual(layers.dropout({ rate: 0.3 }), { kind: "dropout", rate: 0.3, unit: "number" });
  });

  it("have a pool's stride as its size, unless it is given", () => {
    for (const [pool, kind] of [
      [layers.maxPool, "max pool"],
      [layers.averagePool, "average pool"],
    ] as const) {
      deepEqual(pool({ size: 3 }), { kind, size: 3, stride: 3, padding: "same" });
      deepEqual(pool({ size: 3, stride: 1, padding: "valid" }), { kind, size: 3, stride: 1, padding: "valid" });
    }
  });

  it("take what is given instead of every default", () => {
    const given = { size: 3, filters: 8, stride: 2, padding: "valid", bias: true } as const;
    deepEqual(layers.convolution(given), { kind: "convolution", ...given });
    const depthwise = { size: 1, stride: 2, padding: "valid", bias: true, constant: 0.5 } as const;
    deepEqual(layers.depthwise(depthwise), { kind: "depthwise convolution", ...depthwise });
    equal(layers.batchNormalisation({ momentum: 0.99 }).epsilon, 0.001);
    equal(layers.batchNormalisation({ epsilon: 0.5 }).momentum, 0.9);
    equal(layers.dense({ units: 2, bias: false }).bias, false);
    equal(layers.dropout({ rate: 0.3, unit: "image" }).unit, "image");
    deepEqual(layers.reshape([1, 1, 4]).shape, [1, 1, 4]);
  });

  it("are new objects each time, of a kind of their own, and plain data", () => {
    const made = [
      layers.convolution({ size: 1, filters: 1 }),
      layers.depthwise({ size: 1 }),
      layers.batchNormalisation(),
      layers.layerNormalisation(),
      ...activationFunctions.map((name) => layers.activation(name)),
      layers.maxPool({ size: 1 }),
      layers.averagePool({ size: 1 }),
      layers.globalAveragePool(),
      layers.globalMaxPool(),
      layers.add(),
      layers.multiply(),
      layers.concatenate(),
      layers.dense({ units: 1 }),
      layers.flatten(),
      layers.reshape([1]),
      layers.dropout({ rate: 0 }),
      layers.shift(),
      layers.upsample(),
    ];
    equal(new Set(made.map((layer) => JSON.stringify(layer))).size, made.length);
    equal(new Set(made.map(({ kind }) => kind)).size, Object.keys(layers).length);
    deepEqual(JSON.parse(JSON.stringify(made)), made);
    notEqual(layers.add(), layers.add());
  });
});
