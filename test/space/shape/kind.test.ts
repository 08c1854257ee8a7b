import { deepEqual, equal } from "node:assert/strict";

import { decode } from "../../../lib/space/encode";
import { checkShapeSpace, type ShapeArchitecture } from "../../../lib/space/shape/architecture";
import { shapeKind } from "../../../lib/space/shape/kind";
import { shapeSpace } from "../../helpers/spaces";

describe("shapeKind", () => {
  it("decides stage by stage, then on what halves between them, the stem and the head", () => {
    const decisions = shapeKind.decisionsOf(shapeSpace());
    equal(decisions.map(({ options }) => options.length).join(""), "4322224322224322223333");
    deepEqual(
      decisions.slice(6, 12).map(({ name, options }) => `${name}: ${options.join(", ")}`),
      [
        "width of stage 2: 16 channels, 24 channels, 32 channels, 48 channels",
        "depth of stage 2: 1 block, 2 blocks, 3 blocks",
        "operation of stage 2: convolution, separable",
        "kernel of stage 2: 3×3, 5×5",
        "residual connection of stage 2: none, residual",
        "excitation of stage 2: none, excitation",
      ],
    );
    deepEqual(
      decisions.slice(18).map(({ name, group }) => [name, group]),
      [
        ["downsampling to stage 2", "downsampling"],
        ["downsampling to stage 3", "downsampling"],
        ["stem", "stem"],
        ["head", "head"],
      ],
    );
  });

  it("makes of numbers what they say", () => {
    const numbers = "3 0 0 1 0 1  0 2 1 0 1 0  1 1 0 0 0 0  2 1  1 0";
    deepEqual(decode(shapeSpace(), numbers) as ShapeArchitecture, {
      kind: "shape",
      stem: "5×5",
      stages: [
        { width: 24, depth: 1, operation: "convolution", kernel: 5, residual: false, excitation: true },
        { width: 16, depth: 3, operation: "separable", kernel: 3, residual: true, excitation: false },
        { width: 48, depth: 2, operation: "convolution", kernel: 3, residual: false, excitation: false },
      ],
      downsampling: ["mean pool", "strided convolution"],
      head: "mean",
    });
  });

  it("lists the operations that a stage may have", () => {
    deepEqual(shapeKind.operationsOf(shapeSpace()), Object.keys(shapeKind.operations));
    const stage = { operations: ["separable"], kernels: [5] };
    const narrow = checkShapeSpace({ kind: "shape", stages: [stage, stage, { ...stage, kernels: [3, 5] }] });
    deepEqual(shapeKind.operationsOf(narrow), ["separable 3×3", "separable 5×5"]);
  });
});
