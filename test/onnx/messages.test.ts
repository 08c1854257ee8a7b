import { deepEqual } from "node:assert/strict";

import { modelMessage } from "../../lib/onnx/messages";
import { bytesOf } from "../../lib/onnx/protobuf";
import { readOnnx } from "./read-onnx";

describe("modelMessage(model)", () => {
  it("writes operations with settings of every kind, constants, and what goes in and comes out", () => {
    const attributes = { axis: -1, epsilon: { float: 0.25 }, pads: [0, 1, 300, 2 ** 40] };
    const bytes = bytesOf(
      modelMessage({
        name: "n",
        documentation: "d",
        version: "1",
        metadata: { key: "value" },
        operations: [{ type: "Any", inputs: ["a", "b"], output: "c", attributes }],
        constants: [
          { name: "one", shape: [], values: Float32Array.of(1.5) },
          { name: "part", shape: [2, 1], values: new Float32Array([9, 1, -2]).subarray(1) },
          { name: "whole", shape: [2], values: BigInt64Array.of(-1n, 7n) },
        ],
        inputs: [{ name: "a", shape: ["batch", 3] }],
        outputs: [{ name: "c", shape: [] }],
      }),
    );
    deepEqual(readOnnx(bytes), {
      format: 8,
      operatorSet: 17,
      documentation: "d",
      metadata: { key: "value" },
      nodes: [{ type: "Any", inputs: ["a", "b"], outputs: ["c"], attributes: { ...attributes, epsilon: 0.25 } }],
      constants: new Map([
        ["one", { shape: [], values: [1.5] }],
        ["part", { shape: [2, 1], values: [1, -2] }],
        ["whole", { shape: [2], values: [-1, 7] }],
      ]),
      inputs: [{ name: "a", shape: ["batch", 3] }],
      outputs: [{ name: "c", shape: [] }],
    });
  });
});
