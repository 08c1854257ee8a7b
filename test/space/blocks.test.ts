import { deepEqual, doesNotThrow, equal, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { addHead, addStem, calibrate, checkImageSize, project, reduceFactorised } from "../../lib/space/blocks";
import { layers } from "../../lib/graph/layer";
import { countTrainable, wiring } from "./helpers";
import { namedWeightsOf } from "../../lib/graph/named-weights";

const norm = layers.batchNormalisation();

/** A network that has begun, for images of one size with three channels. */
function start(height: number, width = height) {
  return startGraph("example", { height, width, channels: 3 });
}

describe("reduceFactorised(builder, place, input, filters, norm)", () => {
  it("halves rows and columns, rounding up, by two paths of which one is shifted", () => {
    const builder = start(7, 8);
    const reduced = reduceFactorised(builder, "half", builder.input, 10, norm);
    deepEqual(reduced.shape, [4, 4, 10]);
    const graph = builder.finish(reduced);
    deepEqual(wiring(graph, "half"), [
      "half/path0 < input",
      "half/shift < input",
      "half/path1 < half/shift",
      "half/concatenate < half/path0 + half/path1",
      "half/norm < half/concatenate",
    ]);
    // Two 1×1 convolutions of half the filters each, and the normalisation.
    equal(countTrainable(namedWeightsOf(graph)), 3 * 10 + 2 * 10);
  });

  it("refuses odd channels, and names them", () => {
    const builder = start(8);
    throws(
      () => reduceFactorised(builder, "half", builder.input, 7, norm),
      /factorised reduction half gives 7 channels, expected an even number/,
    );
  });
});

describe("calibrate(builder, place, input, target, filters, norm)", () => {
  it("reduces what is larger, projects what has other channels, and leaves what fits", () => {
    const builder = start(8);
    const wide = project(builder, "wide", builder.input, 6, norm);
    const small = reduceFactorised(builder, "small", wide, 4, norm);
    deepEqual(calibrate(builder, "a", wide, small, 4, norm).shape, [4, 4, 4]);
    deepEqual(calibrate(builder, "b", wide, wide, 4, norm).shape, [8, 8, 4]);
    equal(calibrate(builder, "c", small, small, 4, norm), small);
    const graph = builder.finish(small);
    deepEqual(wiring(graph, "a/").slice(0, 2), ["a/relu < wide/norm", "a/path0 < a/relu"]);
    deepEqual(wiring(graph, "b/"), ["b/relu < wide/norm", "b/convolution < b/relu", "b/norm < b/convolution"]);
    deepEqual(wiring(graph, "c"), []);
  });
});

describe("addStem(builder, kind, filters, norm)", () => {
  it("keeps the size, or quarters it: 224 becomes 56", () => {
    const keeping = start(32, 30);
    deepEqual(addStem(keeping, "cifar", 60, norm).shape, [32, 30, 60]);
    const reducing = start(224);
    const stem = addStem(reducing, "reducing", 9, norm);
    deepEqual(stem.shape, [56, 56, 9]);
    const graph = reducing.finish(stem);
    deepEqual(
      graph.nodes.map(({ name, shape }) => `${name} ${shape.join("×")}`),
      [
        "input 224×224×3",
        "stem/reduce/convolution 112×112×5",
        "stem/reduce/norm 112×112×5",
        "stem/reduce/relu 112×112×5",
        "stem/convolution 56×56×9",
        "stem/norm 56×56×9",
      ],
    );
  });
});

describe("addHead(builder, input, settings)", () => {
  it("gives the logits, and drops only where there is a dropout", () => {
    const parts = (dropout: number, logitsBias: boolean) => {
      const builder = start(4);
      const graph = builder.finish(addHead(builder, builder.input, { dropout, logitsBias, classes: 5 }));
      deepEqual(graph.nodes.at(-1)!.shape, [5]);
      return [graph.nodes.slice(1).map(({ layer }) => layer.kind), countTrainable(namedWeightsOf(graph))];
    };
    deepEqual(parts(0, false), [["global average pool", "dense"], 15]);
    deepEqual(parts(0.1, true), [["global average pool", "dropout", "dense"], 20]);
  });
});

describe("checkImageSize(size, kind)", () => {
  it("lets through exactly the images that can be halved so often with two pixels left before the last time", () => {
    for (const [kind, halvings] of [
      ["cifar", 2],
      ["reducing", 4],
    ] as const) {
      for (let side = 1; side <= 20; side++) {
        let [pixels, isLargeEnough] = [side, true];
        for (let step = 0; step < halvings; step++) {
          isLargeEnough &&= pixels >= 2;
          pixels = Math.ceil(pixels / 2);
        }
        const check = () => {
          checkImageSize({ height: 50, width: side, channels: 1 }, kind);
        };
        if (isLargeEnough) doesNotThrow(check);
        else
          throws(check, new RegExp(`have 50 × ${side} pixels, expected at least .* "${kind}" halves them ${halvings}`));
      }
    }
  });
});
