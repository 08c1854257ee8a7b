import { deepEqual } from "node:assert/strict";

import { blockOperations, kernelSizes } from "../../../lib/space/shape/choices";
import { shapeOperation, shapeOperations } from "../../../lib/space/shape/operations";
import { layersOf } from "../../helpers/operation-layers";

describe("shapeOperations", () => {
  it("are each operation with each kernel, in the order of the choices", () => {
    deepEqual(
      Object.keys(shapeOperations),
      blockOperations.flatMap((operation) => kernelSizes.map((kernel) => shapeOperation(operation, kernel))),
    );
  });

  it("become a convolution, or a depthwise and a 1×1 one, with normalisation and ReLU behind", () => {
    const end = ["batch normalisation", "activation"];
    for (const size of kernelSizes) {
      deepEqual(layersOf(shapeOperations[shapeOperation("convolution", size)]), [`convolution ${size}`, ...end]);
      deepEqual(layersOf(shapeOperations[shapeOperation("separable", size)]), [
        ...[`depthwise convolution ${size}`, "convolution 1"],
        ...end,
      ]);
    }
  });
});
