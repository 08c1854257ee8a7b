import { deepEqual, equal } from "node:assert/strict";

import { microOperations, publishedMicroOperations } from "../../../lib/space/micro/operations";
import { layersOf } from "../../helpers/operation-layers";

describe("microOperations", () => {
  it("begin with the published ones, in their order, which is their code in hashes", () => {
    deepEqual(Object.keys(microOperations).slice(0, 5), publishedMicroOperations);
    equal(publishedMicroOperations.indexOf("separable 5×5"), 1);
    equal(publishedMicroOperations.indexOf("identity"), 4);
  });

  it("become the published layers", () => {
    const half = (size: number) => [
      "activation",
      `depthwise convolution ${size}`,
      "convolution 1",
      "batch normalisation",
    ];
    deepEqual(layersOf(microOperations["separable 3×3"]), [...half(3), ...half(3)]);
    deepEqual(layersOf(microOperations["separable 5×5"]), [...half(5), ...half(5)]);
    deepEqual(layersOf(microOperations["average pool 3×3"]), ["average pool 3"]);
    deepEqual(layersOf(microOperations["max pool 3×3"]), ["max pool 3"]);
    deepEqual(layersOf(microOperations.identity), []);
  });
});
