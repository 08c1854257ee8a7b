import { deepEqual, equal, notEqual, throws } from "node:assert/strict";

import { costOf } from "../../../lib/graph/cost";
import { createRandom } from "../../../lib/runtime/random";
import { checkArchitecture } from "../../../lib/space/architecture";
import { buildNetwork } from "../../../lib/space/build";
import { decode, encode, hashArchitecture } from "../../../lib/space/encode";
import { mutateArchitecture, sampleArchitecture } from "../../../lib/space/sample";
import { checkSpace, countArchitectures, decisionsOf } from "../../../lib/space/space";
import { describeShape } from "../../../lib/space/shape/describe";
import type { ShapeArchitecture } from "../../../lib/space/shape/architecture";

const each = { kind: "shape", blocks: "each" } as const;
const size = { height: 32, width: 32, channels: 1 };
const random = () => createRandom(3).split("blocks");

describe("a shape space in which each block has its own operation", () => {
  it("has an option for every sequence of blocks: 4 + 16 + 64 for one to three of four kinds", () => {
    const sequences = decisionsOf(each).filter(({ name }) => name.startsWith("blocks of"));
    deepEqual(
      sequences.map(({ options }) => options.length),
      [84, 84, 84],
    );
    equal(countArchitectures(each), (4n * 84n * 2n * 2n) ** 3n * 9n * 3n * 3n);
  });

  it("holds what it draws: numbers and back, and another network where one decision is another", () => {
    const chance = random();
    for (let turn = 0; turn < 50; turn++) {
      const drawn = sampleArchitecture(each, chance);
      deepEqual(decode(each, encode(each, drawn)), drawn);
      notEqual(hashArchitecture(drawn), hashArchitecture(mutateArchitecture(each, drawn, chance)));
      checkArchitecture(drawn);
    }
  });

  it("builds the blocks that an architecture names, each by its operation", () => {
    const drawn = decode(each, [0, 4 + 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) as ShapeArchitecture;
    deepEqual(drawn.stages[0].blocks, [
      { operation: "convolution", kernel: 3 },
      { operation: "separable", kernel: 5 },
    ]);
    const names = buildNetwork(drawn, size, {}).nodes.map(({ name }) => name);
    equal(names.filter((name) => /^stage1\/block1\/convolution.*\/convolution$/.test(name)).length, 1);
    equal(names.filter((name) => /^stage1\/block2\/separable.*\/depthwise$/.test(name)).length, 1);
    equal(describeShape(drawn).split("\n")[1], "stage 1 = convolution 3×3, 8 channels; separable 5×5, 8 channels");
  });

  it("builds the network of like blocks where all of them are alike, with another hash", () => {
    const alike = sampleArchitecture({ kind: "shape" }, random()) as ShapeArchitecture;
    const own = {
      ...alike,
      stages: alike.stages.map((stage) => ({
        ...stage,
        blocks: Array.from({ length: stage.depth }, () => ({ operation: stage.operation, kernel: stage.kernel })),
      })),
    } as unknown as ShapeArchitecture;
    deepEqual(costOf(buildNetwork(own, size, {})), costOf(buildNetwork(alike, size, {})));
    deepEqual(
      buildNetwork(own, size, {}).nodes.map(({ name }) => name),
      buildNetwork(alike, size, {}).nodes.map(({ name }) => name),
    );
    notEqual(hashArchitecture(own), hashArchitecture(alike));
  });

  it("refuses blocks that are not as many as the depth, or begin otherwise than the stage says", () => {
    const drawn = decode(each, [0, 4 + 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) as ShapeArchitecture;
    const [first, ...others] = drawn.stages;
    const changed = (change: object) =>
      ({ ...drawn, stages: [{ ...first, ...change }, ...others] }) as unknown as ShapeArchitecture;
    throws(
      () => checkArchitecture(changed({ depth: 3 })),
      /stages\[0\] the depth 3, .* expected 3 of which the first/s,
    );
    throws(() => checkArchitecture(changed({ kernel: 5 })), /kernel 5, and blocks/);
    throws(() => checkArchitecture(changed({ blocks: [] })), /blocks/);
  });

  it("refuses stages of more than four blocks, of which there would be too many sequences", () => {
    const stages = [{ depths: [1, 5] }, {}, {}] as const;
    throws(() => checkSpace({ ...each, stages }), /blocks: "each" and stages of 5 blocks, expected at most 4/);
    throws(() => checkSpace({ kind: "shape", blocks: "own" as "each" }), /"alike" or "each"/);
  });

  it("is another space for an architecture of like blocks", () => {
    throws(
      () => encode(each, sampleArchitecture({ kind: "shape" }, random())),
      /expected one of the shape space with blocks of their own/,
    );
    throws(
      () => encode({ kind: "shape" }, sampleArchitecture(each, random())),
      /An architecture of the shape space with blocks/,
    );
  });
});
