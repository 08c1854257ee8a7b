import { deepEqual, equal } from "node:assert/strict";

import { buildAlexNet } from "../../../lib/graph/hand-crafted/alexnet";
import { lastMapOf, nodesOfKind, parametersOf, square } from "./count";

describe("buildAlexNet(size, options)", () => {
  it("has 6 × 6 pixels at 224 before the dense layers, and the remaining ones below", () => {
    deepEqual(lastMapOf(buildAlexNet(square(224))), [6, 6, 256]);
    for (const side of [28, 32, 64, 128]) {
      const graph = buildAlexNet(square(side));
      const [height, width] = lastMapOf(graph) as [number, number];
      const saved = (6 * 6 - height * width) * 256 * 4096;
      equal(parametersOf(graph), parametersOf(buildAlexNet(square(224))) - saved, `${side} pixels`);
    }
  });

  it("has stride 4, 2 or 1 in its first convolution by the shorter side", () => {
    const stride = (height: number, width: number) =>
      nodesOfKind(buildAlexNet({ height, width, channels: 1 }), "convolution")[0]!.layer.stride;
    deepEqual([stride(224, 224), stride(97, 200), stride(224, 96), stride(49, 49), stride(48, 224)], [4, 4, 2, 2, 1]);
  });

  it("has five convolutions with bias, three pools and two dropouts of 0.5", () => {
    const graph = buildAlexNet(square(224));
    deepEqual(
      nodesOfKind(graph, "convolution").map(({ layer }) => [layer.size, layer.filters, layer.bias]),
      [
        [11, 64, true],
        [5, 192, true],
        [3, 384, true],
        [3, 256, true],
        [3, 256, true],
      ],
    );
    equal(nodesOfKind(graph, "max pool").length, 3);
    deepEqual(
      nodesOfKind(graph, "dropout").map(({ name, layer }) => [name, layer.rate]),
      [
        ["head/dropout1", 0.5],
        ["head/dropout2", 0.5],
      ],
    );
  });
});
