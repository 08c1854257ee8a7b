import { deepEqual, equal, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { checkLatency, latencyColumns, latencyOf, type LatencyTable } from "../../lib/graph/latency";
import { layers } from "../../lib/graph/layer";

/** A convolution, its normalisation and ReLU, a pool, and what ends a network. */
function smallNetwork() {
  const builder = startGraph("small", { height: 10, width: 10, channels: 2 });
  let value = builder.add("first", layers.convolution({ size: 3, filters: 4 }), builder.input);
  value = builder.add("norm", layers.batchNormalisation({ epsilon: 1e-3, momentum: 0.9 }), value);
  value = builder.add("relu", layers.activation("relu"), value);
  value = builder.add("second", layers.convolution({ size: 3, filters: 4, stride: 2 }), value);
  value = builder.add("mean", layers.globalAveragePool(), value);
  return builder.finish(builder.add("logits", layers.dense({ units: 2 }), value));
}

const table: LatencyTable = {
  ...{ version: 2, machine: "a pocket calculator", batch: 1 },
  milliseconds: {
    ...{ "a pass": 0.5, "convolution 3×3, layers": 0.1, "convolution 3×3, thousand numbers": 0 },
    ...{ "convolution 3×3, thousand weights": 0, "convolution 3×3, million multiply-adds": 10 },
    ...{ "convolution 3×3, million multiply-adds in sixteens": 5, "convolution 3×3 stride 2, layers": 0.2 },
    ...{ "convolution 3×3 stride 2, thousand numbers": 0, "convolution 3×3 stride 2, thousand weights": 0 },
    ...{ "convolution 3×3 stride 2, million multiply-adds": 0 },
    ...{ "convolution 3×3 stride 2, million multiply-adds in sixteens": 0 },
    ...{ "global average pool, layers": 0, "global average pool, thousand numbers": 0 },
    ...{ "dense, layers": 0, "dense, thousand numbers": 0, "dense, thousand weights": 0 },
    ...{ "dense, million multiply-adds": 0, "dense, million multiply-adds in sixteens": 0 },
  },
  agreement: { networks: 24, tau: 0.95, error: 0.05 },
};

describe("latencyColumns(graph)", () => {
  it("counts layers, numbers, weights and multiply-adds by kind of layer, the last ones also as if outputs came in sixteens; normalisations and ReLUs are part of what is before them", () => {
    const columns = latencyColumns(smallNetwork());
    deepEqual(columns, {
      "a pass": 1,
      "convolution 3×3, layers": 1,
      "convolution 3×3, thousand numbers": 0.4,
      "convolution 3×3, thousand weights": 0.072,
      "convolution 3×3, million multiply-adds": (10 * 10 * 4 * 9 * 2) / 1e6,
      "convolution 3×3, million multiply-adds in sixteens": (10 * 10 * 16 * 9 * 2) / 1e6,
      "convolution 3×3 stride 2, layers": 1,
      "convolution 3×3 stride 2, thousand numbers": 0.1,
      "convolution 3×3 stride 2, thousand weights": 0.144,
      "convolution 3×3 stride 2, million multiply-adds": (5 * 5 * 4 * 9 * 4) / 1e6,
      "convolution 3×3 stride 2, million multiply-adds in sixteens": (5 * 5 * 16 * 9 * 4) / 1e6,
      "global average pool, layers": 1,
      "global average pool, thousand numbers": 0.004,
      "dense, layers": 1,
      "dense, thousand numbers": 0.002,
      "dense, thousand weights": 0.01,
      "dense, million multiply-adds": 8e-6,
      "dense, million multiply-adds in sixteens": 6.4e-5,
    });
  });
});

describe("latencyOf(table, graph)", () => {
  it("adds up what each takes", () => {
    equal(latencyOf(table, smallNetwork()).toFixed(9), (0.5 + 0.1 + 0.2 + 10 * 0.0072 + 5 * 0.0288).toFixed(9));
  });

  it("refuses a network with a layer that was not measured", () => {
    const { "dense, layers": _, ...milliseconds } = table.milliseconds;
    throws(
      () => latencyOf({ ...table, milliseconds }, smallNetwork()),
      /small has "dense, layers", which the table of latencies of a pocket calculator does not know/,
    );
  });
});

describe("checkLatency(table)", () => {
  it("takes one that does well on other networks, and refuses one that does not", () => {
    deepEqual(checkLatency(table), table);
    const agreeing = (agreement: object) => () =>
      checkLatency({ ...table, agreement: { ...table.agreement, ...agreement } });
    throws(agreeing({ tau: 0.7 }), /orders 24 other networks with τ 0\.70 and is off by 5 %, expected τ 0\.9 or more/);
    throws(agreeing({ error: 0.3 }), /off by 30 %/);
    throws(agreeing({ taus: 1 }), /taus.*Did you mean/s);
    throws(() => checkLatency({ ...table, version: 1 as 2 }), /version/);
    throws(() => checkLatency({ ...table, milliseconds: { "a pass": -1 } }), /a pass/);
  });
});
