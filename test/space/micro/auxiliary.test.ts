import { deepEqual } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { addAuxiliary } from "../../../lib/space/micro/auxiliary";
import { layers } from "../../../lib/graph/layer";

/** The windows of the pool and of the last convolution, and the shapes after them, for an image of one size. */
function headAt(height: number, width = height) {
  const builder = startGraph("example", { height, width, channels: 8 });
  const logits = addAuxiliary(builder, builder.input, 7, false, layers.batchNormalisation());
  deepEqual(logits.shape, [7]);
  const { nodes } = builder.finish(builder.input, logits);
  return ["auxiliary/pool", "auxiliary/widen/convolution"].map((name) => {
    const node = nodes.find((candidate) => candidate.name === name)!;
    return [(node.layer as { size: number }).size, ...node.shape];
  });
}

describe("addAuxiliary(builder, input, classes, bias, norm)", () => {
  it("has the published windows at 8 × 8 pixels", () => {
    deepEqual(headAt(8), [
      [5, 2, 2, 8],
      [2, 2, 2, 768],
    ]);
  });

  it("takes smaller windows where the image is smaller, or its sides differ", () => {
    deepEqual(headAt(3), [
      [3, 1, 1, 8],
      [1, 1, 1, 768],
    ]);
    deepEqual(headAt(1, 9), [
      [1, 1, 3, 8],
      [1, 1, 3, 768],
    ]);
  });

  it("takes no larger ones where the image is larger", () => {
    deepEqual(headAt(56), [
      [5, 18, 18, 8],
      [4, 18, 18, 768],
    ]);
  });
});
