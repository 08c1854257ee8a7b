import { deepEqual, equal } from "node:assert/strict";

import { benchmarkArchitectures, networkOfStep, stemOf, weightsOfCase } from "../../lib/bench/case-network";
import type { NamedWeight } from "../../lib/graph/named-weights";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { hashArchitecture } from "../../lib/space/encode";

const parametersOf = (weights: readonly NamedWeight[]) =>
  weights
    .filter(({ specification }) => specification.trainable)
    .reduce((sum, { specification }) => sum + specification.shape.reduce((a, b) => a * b, 1), 0);

describe("the architectures of the benchmark", () => {
  it("are 64 different ones, with cells of five nodes", () => {
    const architectures = benchmarkArchitectures();
    equal(new Set(architectures.map(hashArchitecture)).size, 64);
    for (const architecture of architectures)
      equal(architecture.kind === "micro" && architecture.normal.length + architecture.reduction.length, 10);
  });
});

describe("networkOfStep(name, size, step)", () => {
  it("takes one architecture after the other, and starts anew after the last", () => {
    const nodes = (step: number) => networkOfStep("child-step", 32, step).nodes.map(({ name }) => name);
    deepEqual(nodes(64), nodes(0));
    equal(new Set([0, 1, 2, 3].map((step) => nodes(step).join())).size, 4);
  });

  it("has no dropout, so that all contenders do the same, and gives ten logits", () => {
    for (const name of ["child-step", "resnet18-step"] as const) {
      const { nodes } = networkOfStep(name, 64, 0);
      equal(nodes.filter(({ layer }) => layer.kind === "dropout").length, 0);
      deepEqual(nodes.at(-1)!.shape, [10]);
    }
  });
});

describe("weightsOfCase(name, size)", () => {
  it("has the shared weights that the formula of Pham et al. counts", () => {
    // Operations and loose ends of a layer of c channels, with cells of five nodes.
    const cell = (c: number) => 80 * (2 * c * c + 38 * c) + 7 * c * c + 2 * c;
    const project = (from: number, to: number) => from * to + 2 * to;
    const stem = 27 * 60 + 2 * 60;
    const cells = 2 * cell(20) + 3 * cell(40) + 3 * cell(80);
    // The two inputs of the first layer and the older one of the second; then, for each reduction layer, the reduction
    // itself and its older input.
    const calibrations = 3 * project(60, 20) + 2 * project(20, 40) + 2 * project(40, 80);
    equal(parametersOf(weightsOfCase("child-step", 32)), stem + cells + calibrations + 10 * 80);
  });

  it("holds the weights of every architecture", () => {
    const shared = new Set(weightsOfCase("reward", 32).map(({ key }) => key));
    for (const step of [0, 17, 63])
      deepEqual(
        namedWeightsOf(networkOfStep("reward", 32, step)).filter(({ key }) => !shared.has(key)),
        [],
      );
  });

  it("has the parameters of ResNet-18 with ten classes", () => {
    // torchvision's 11,689,512, with a dense layer of 512 to 10 instead of to 1000.
    equal(parametersOf(weightsOfCase("resnet18-step", 32)), 11_689_512 - 513 * 990);
  });
});

describe("stemOf(size)", () => {
  it("says how the graph of ResNet-18 begins", () => {
    for (const size of [32, 64] as const) {
      const { kernel, stride, pool } = stemOf(size);
      const { nodes } = networkOfStep("resnet18-step", size, 0);
      const stem = nodes[1]!;
      deepEqual(stem.shape, [size / stride, size / stride, 64]);
      equal(
        namedWeightsOf({ name: "", nodes: nodes.slice(0, 2), output: "", auxiliary: null })[0]!.specification.shape[0],
        kernel,
      );
      const block = nodes.find(({ name }) => name.startsWith("stage1/"))!;
      equal(block.shape[0], size / stride / (pool ? 2 : 1));
    }
  });
});
