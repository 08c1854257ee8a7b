import { deepEqual, equal, throws } from "node:assert/strict";

import { decode, encode, hashArchitecture } from "../../../lib/space/encode";
import { sampleArchitecture } from "../../../lib/space/sample";
import { checkShape, checkShapeSpace, type ShapeArchitecture } from "../../../lib/space/shape/architecture";
import type { GivenSpace } from "../../../lib/space/space";
import { createRandom } from "../../../lib/runtime/random";
import { shapeSpace } from "../../helpers/spaces";

const drawn = () => sampleArchitecture(shapeSpace(), createRandom(1)) as ShapeArchitecture;

describe("checkShapeSpace(given)", () => {
  it("fills in every choice that is not given, each stage its own widths", () => {
    const { stages, downsampling, stems, heads, version } = checkShapeSpace({ kind: "shape", stages: [{}, {}, {}] });
    deepEqual(
      stages.map(({ widths }) => widths),
      [
        [8, 12, 16, 24],
        [16, 24, 32, 48],
        [32, 48, 64, 96],
      ],
    );
    deepEqual(stages[1].depths, [1, 2, 3]);
    deepEqual([downsampling.length, stems.length, heads.length, version], [3, 3, 3, 1]);
    deepEqual(checkShapeSpace({ kind: "shape" }), checkShapeSpace({ kind: "shape", stages: [{}, {}, {}] }));
  });

  it("keeps a narrower choice in its order, and one beyond the usual", () => {
    const { stages } = checkShapeSpace({ kind: "shape", stages: [{ widths: [20, 256], kernels: [5, 3] }, {}, {}] });
    deepEqual(
      [stages[0].widths, stages[0].kernels],
      [
        [20, 256],
        [5, 3],
      ],
    );
  });

  it("refuses a key, a version, a count and a choice that are none, and says what it may have meant", () => {
    const stages = (first: object) => ({ stages: [first, {}, {}] });
    const wrong: [object, RegExp][] = [
      [{ stage: [] }, /no option "stage"\. Did you mean "stages"/],
      [stages({ width: [8] }), /no option "stages\[0\]\.width"\. Did you mean "stages\[0\]\.widths"/],
      [{ version: 2 }, /has version: 2, expected 1.*another SonoNAS/s],
      [{ stages: [{}, {}] }, /has stages: \[\{\}, \{\}\], expected a list of 3/],
      [{ stages: {} }, /has stages: \{\}, expected a list of 3/],
      [{ stages: [{}, null, {}] }, /has stages\[1\]: null/],
      [stages({ widths: [] }), /has stages\[0\]\.widths: \[\], expected a list of at least one item/],
      [stages({ depths: [1, 1] }), /has stages\[0\]\.depths: \[1, 1\], .*none of them twice/],
      [stages({ widths: [0] }), /has stages\[0\]\.widths\[0\]: 0, expected a whole number from 1 to 256/],
      [stages({ depths: [9] }), /has stages\[0\]\.depths\[0\]: 9, expected a whole number from 1 to 8/],
      [stages({ operations: ["seperable"] }), /\[0\]: "seperable", expected .* Did you mean "separable"/],
      [stages({ kernels: [7] }), /has stages\[0\]\.kernels\[0\]: 7, expected 3 or 5/],
      [stages({ residual: ["no"] }), /has stages\[0\]\.residual\[0\]: "no", expected true or false/],
      [{ stems: ["3x3"] }, /has stems\[0\]: "3x3".*Did you mean "3×3"/s],
      [{ heads: "mean" }, /has heads: "mean", expected a list/],
      [{ downsampling: ["average pool"] }, /has downsampling\[0\]: "average pool", .*"mean pool"/],
    ];
    for (const [given, message] of wrong) throws(() => checkShapeSpace({ kind: "shape", ...given }), message);
  });
});

describe("checkShape(architecture)", () => {
  it("takes what the space draws, and refuses what is none, with its place", () => {
    const good = drawn();
    equal(checkShape(good), good);
    const [first, ...others] = good.stages;
    const wrong: [object, RegExp][] = [
      [{ stages: others }, /A shape architecture has stages: .*expected a list of 3/],
      [{ stages: undefined }, /has stages: undefined/],
      [{ downsampling: ["max pool"] }, /has downsampling: \["max pool"\], expected a list of 2/],
      [{ downsampling: ["max pool", "pool"] }, /has downsampling\[1\]: "pool"/],
      [{ stages: [{ ...first, width: 2.5 }, ...others] }, /has stages\[0\]\.width: 2.5/],
      [{ stages: [{ ...first, kernal: 3 }, ...others] }, /has no option "stages\[0\]\.kernal".*mean.*kernel/s],
      [{ stem: "3×3 stride 3" }, /has stem: "3×3 stride 3".*Did you mean "3×3 stride 2"/s],
      [{ head: "max and mean" }, /has head: "max and mean"/],
    ];
    for (const [change, message] of wrong) throws(() => checkShape({ ...good, ...change }), message);
  });

  it("belongs to the spaces alone that have all its choices", () => {
    const numbers = [...encode(shapeSpace(), drawn())];
    numbers[0] = 3;
    const wide = decode(shapeSpace(), numbers);
    const narrow = { kind: "shape", stages: [{ widths: [8, 16] }, {}, {}] } as const;
    throws(
      () => encode(narrow, wide),
      /The width of stage 1 is 24 channels, which the space does not have: expected one of 8 channels, 16 channels/,
    );
  });

  it("has the same hash in every space that has it", () => {
    const reordered: GivenSpace = {
      kind: "shape",
      heads: ["mean and max", "mean", "max pool then mean"],
      stages: [{ widths: [24, 16, 12, 8] }, {}, { kernels: [5, 3] }],
    };
    const good = drawn();
    equal(hashArchitecture(decode(reordered, encode(reordered, good))), hashArchitecture(good));
    // SHA-256 of "shape 15 0 0 0 0 0 31 1 0 0 0 0 63 1 0 0 0 0 0 0 0 1", by sha256sum.
    const stage = (width: number, depth: number) => ({
      ...{ width, depth, operation: "convolution", kernel: 3, residual: false, excitation: false },
    });
    const plain = {
      ...{ kind: "shape", stem: "3×3", stages: [stage(16, 1), stage(32, 2), stage(64, 2)] },
      ...{ downsampling: ["max pool", "max pool"], head: "max pool then mean" },
    } as ShapeArchitecture;
    equal(hashArchitecture(plain), "8272894bfe729793a7b71e406aed0855902c700e67c44172b0b32fd57d082c0c");
  });
});
