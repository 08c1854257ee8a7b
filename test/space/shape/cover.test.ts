import { deepEqual, equal, ok } from "node:assert/strict";

import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { createRandom } from "../../../lib/runtime/random";
import { buildNetwork, supernetWeightsOf } from "../../../lib/space/build";
import { sampleArchitecture } from "../../../lib/space/sample";
import { checkShapeSpace } from "../../../lib/space/shape/architecture";
import { coverShape } from "../../../lib/space/shape/cover";
import { shapeSpace } from "../../helpers/spaces";

const size = { height: 16, width: 16, channels: 1 };

describe("coverShape(space)", () => {
  it("has as many architectures as the first block of a stage has kinds, thrice where widths are chosen", () => {
    // Two operations, two kernels, three kinds of downsampling.
    equal(coverShape(shapeSpace()).length, 3 * 12);
    const stage = { widths: [8], operations: ["separable"], kernels: [3] };
    const narrow = { kind: "shape", stages: [stage, stage, stage], downsampling: ["mean pool"] };
    equal(coverShape(checkShapeSpace(narrow)).length, 3);
  });

  it("gives every weight at least as large as any network of the space has it", () => {
    const space = checkShapeSpace({ kind: "shape", stages: [{ widths: [24, 8] }, { widths: [16, 32] }, {}] });
    const largest = new Map(supernetWeightsOf(space, size).map(({ key, specification }) => [key, specification]));
    deepEqual(largest.get("stem/5x5/convolution/kernel")!.shape, [5, 5, 1, 24]);
    deepEqual(largest.get("stage2/block2/convolution3x3/convolution/kernel")!.shape, [3, 3, 32, 32]);
    deepEqual(largest.get("head/meanandmax/logits/kernel")!.shape, [2 * 96, 2]);
    // Of equal widths nothing is projected, but 24 and 32 differ.
    deepEqual(largest.get("stage2/block1/maxpool/projection/convolution/kernel")!.shape, [1, 1, 24, 32]);
    const random = createRandom(1);
    for (let index = 0; index < 200; index++)
      for (const { key, specification } of namedWeightsOf(buildNetwork(sampleArchitecture(space, random), size)))
        ok(
          specification.shape.every((length, axis) => length <= largest.get(key)!.shape[axis]!),
          key,
        );
  });

  it("finds the projection that only narrower networks have", () => {
    const keys = (widths: number[]) =>
      supernetWeightsOf({ kind: "shape", stages: [{ widths: [16] }, { widths }, {}], downsampling: ["max pool"] }, size)
        .map(({ key }) => key)
        .filter((key) => key.includes("stage2") && key.includes("projection/convolution"));
    equal(keys([16]).length, 0);
    equal(keys([8, 16]).length, 1);
  });
});
