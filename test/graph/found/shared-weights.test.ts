import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { buildFound } from "../../../lib/graph/found/build";
import { sharedWeightsOf } from "../../../lib/graph/found/shared-weights";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { createRandom } from "../../../lib/runtime/random";
import { sampleArchitecture, type Space } from "../../../lib/space/sample";
import { countTrainable } from "./helpers";

const size = { height: 32, width: 32, channels: 3 };
const micro5 = { space: "micro", nodes: 5 } as const;

describe("sharedWeightsOf(space, size, settings)", () => {
  it("has the published number of weights in each layer, 80·(2C² + 38C) of edges and 7C² of loose ends", () => {
    const weights = sharedWeightsOf(micro5, size, { classes: 10 });
    [20, 20, 40, 40, 40, 80, 80, 80].forEach((channels, layer) => {
      const count = (part: RegExp) =>
        countTrainable(weights.filter(({ key }) => key.startsWith(`layer${layer}/`) && part.test(key)));
      equal(count(/\/node\d/), 80 * (2 * channels ** 2 + 38 * channels));
      equal(count(/\/output\/input/), 7 * channels ** 2);
      equal(count(/\/output\/norm/), 2 * channels);
    });
  });

  it("has 5,373,140 parameters for 6 + 2 layers of 20 channels; a port of the authors' code has 4,250 more", () => {
    const weights = sharedWeightsOf(micro5, size, { classes: 10 });
    const edges = 5_184_000;
    const looseEnds = 173_600;
    const outputNorms = 800;
    const stem = 3 * 3 * 3 * 60 + 2 * 60;
    // 60 channels of the stem to 20: both inputs of layer 0 and input 0 of layer 1.
    const projections = 3 * (60 * 20 + 2 * 20);
    // The newest output of a reduction layer, and the same again as input 0.
    const reductions = [20 * 40 + 2 * 40, 40 * 80 + 2 * 80];
    const logits = 80 * 10;
    const sum = edges + looseEnds + outputNorms + stem + projections + 2 * (reductions[0]! + reductions[1]!) + logits;
    equal(sum, 5_373_140);
    equal(countTrainable(weights), sum);
    // The port's count is 5,377,390: its logits have a bias, and the rest is as much as a third reduction in each
    // reduction layer has.
    equal(sum + 10 + reductions[0]! + reductions[1]!, 5_377_390);
    equal(countTrainable(sharedWeightsOf(micro5, size, { classes: 10, logitsBias: true })), sum + 10);
  });

  it("follows the formula of the macro space: six operations a layer, and a reduction for each earlier output", () => {
    const [channels, count, third] = [36, 12, 4];
    const [square, norm] = [channels ** 2, 2 * channels];
    const operations = [9 * square, 9 * channels + square, 25 * square, 25 * channels + square].map((n) => n + norm);
    const layer = 6 * (square + norm) + operations.reduce((a, b) => a + b);
    const reductions = (third + 1 + 2 * third + 1) * (square + norm);
    const stem = 27 * channels + norm;
    equal(
      countTrainable(sharedWeightsOf({ space: "macro", layers: count }, size, { classes: 10 })),
      stem + count * layer + (count - 1) * norm + reductions + 10 * channels,
    );
  });

  it("names every weight once, in the same order each time", () => {
    const keys = sharedWeightsOf(micro5, size).map(({ key }) => key);
    equal(new Set(keys).size, keys.length);
    deepEqual(
      keys,
      sharedWeightsOf(micro5, size).map(({ key }) => key),
    );
  });

  it("is what many random networks use together, no more and no less, with the same shapes", () => {
    const random = createRandom(1);
    const cases: [Space, object, number][] = [
      [{ space: "micro", nodes: 1 }, { cells: 2, auxiliary: true }, 150],
      [{ space: "micro", nodes: 3 }, { cells: 3, dropPath: 0.2 }, 600],
      [{ space: "macro", layers: 4 }, { channels: 4 }, 300],
    ];
    for (const [space, settings, count] of cases) {
      const shared = new Map(
        sharedWeightsOf(space, size, settings).map(({ key, specification }) => [key, specification] as const),
      );
      const used = new Set<string>();
      for (let index = 0; index < count; index++) {
        for (const { key, specification } of namedWeightsOf(
          buildFound(sampleArchitecture(space, random), size, settings),
        )) {
          if (!used.has(key)) deepEqual(shared.get(key), specification, key);
          else ok(String(shared.get(key)!.shape) === String(specification.shape), key);
          used.add(key);
        }
      }
      deepEqual(
        [...shared.keys()].filter((key) => !used.has(key)),
        [],
      );
    }
  });

  it("refuses a space without a size, and settings that are wrong", () => {
    throws(() => sharedWeightsOf({ space: "micro", nodes: 0 }, size), /nodes = 0, expected a whole number from 1/);
    throws(() => sharedWeightsOf({ space: "macro", layers: NaN }, size), /layers = NaN/);
    throws(() => sharedWeightsOf({ space: "macro", layers: 2 }, size), /has 2 layers, expected at least 3/);
    throws(() => sharedWeightsOf(micro5, size, { clases: 2 } as never), /no option "clases"/);
  });
});
