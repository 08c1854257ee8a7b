import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildHandCrafted, handCraftedNetworks } from "../../../lib/graph/hand-crafted/registry";
import { Problem } from "../../../lib/runtime/problem";
import { lastMapOf, multiplyAddsOf, parametersOf, square } from "./count";

/**
 * Trainable parameters at 224 × 224 × 3 and 1000 classes, and multiply-adds in units of 10⁹. From torchvision's table of
 * weights (`num_params`, `GFLOPS`; docs.pytorch.org/vision/stable/models.html), where GoogLeNet is without auxiliary heads.
 * AlexNet and SqueezeNet pad otherwise, so that they have slightly more multiply-adds.
 */
const published: Readonly<Record<string, readonly [parameters: number, multiplyAdds: number, tolerance: number]>> = {
  AlexNet: [61_100_840, 0.71, 0.02],
  "VGG-11": [132_868_840, 7.61, 0.01],
  "VGG-16": [138_365_992, 15.47, 0.01],
  "VGG-19": [143_678_248, 19.63, 0.01],
  GoogLeNet: [6_624_904, 1.5, 0.01],
  "ResNet-18": [11_689_512, 1.81, 0.01],
  "ResNet-34": [21_797_672, 3.66, 0.01],
  "ResNet-50": [25_557_032, 4.09, 0.01],
  "SqueezeNet 1.1": [1_235_496, 0.35, 0.12],
  "DenseNet-121": [7_978_856, 2.83, 0.01],
  MobileNetV2: [3_504_872, 0.3, 0.01],
  "EfficientNet-B0": [5_288_548, 0.39, 0.02],
  "ConvNeXt-tiny": [28_589_128, 4.46, 0.01],
};

const sizes = [28, 32, 64, 96, 128, 224];

describe("the hand-crafted networks", () => {
  it("are the published ones and two small ones, each once", () => {
    const names = handCraftedNetworks.map(({ name }) => name);
    deepEqual([...names].sort(), [...Object.keys(published), "plain CNN", "CNN3"].sort());
  });

  it("keep their parameters at every size, but for those with large dense layers", () => {
    const changing = handCraftedNetworks.filter(
      ({ build }) => parametersOf(build(square(64))) !== parametersOf(build(square(224))),
    );
    deepEqual(
      changing.map(({ name }) => name),
      ["CNN3", "AlexNet", "VGG-11", "VGG-16", "VGG-19"],
    );
    ok(changing.every(({ adaptation }) => adaptation.includes("weights")));
  });

  for (const { name, ...network } of handCraftedNetworks) {
    describe(name, () => {
      const figures = published[name];
      if (figures === undefined) {
        it("says that no count is published", () => {
          equal(network.published, null);
        });
      } else {
        const [parameters, multiplyAdds, tolerance] = figures;
        it(`has ${parameters} parameters and ${multiplyAdds} · 10⁹ multiply-adds at 224 pixels`, () => {
          const graph = network.build(square(224, 3), { classes: 1000 });
          equal(parametersOf(graph), parameters);
          equal(network.published, parameters);
          const share = multiplyAddsOf(graph) / (multiplyAdds * 1e9);
          ok(Math.abs(share - 1) <= tolerance, `${share} times what is published`);
        });
      }

      it(`is built for ${sizes.join(", ")} pixels, and for images that are not square`, () => {
        for (const side of sizes) {
          for (const size of [square(side), { height: side, width: side + 17, channels: 3 }]) {
            const graph = network.build(size, { classes: 3 });
            equal(graph.name, name);
            equal(graph.auxiliary, null);
            deepEqual(nodeOf(graph, graph.output).shape, [3]);
            deepEqual(graph.nodes[0]!.shape, [size.height, size.width, size.channels]);
          }
        }
        deepEqual(nodeOf(network.build(square(64)), "head/logits").shape, [2]);
      });

      if (network.adaptation.includes("The parameters stay.")) {
        it("keeps its parameters and 4 × 4 pixels at every size, as it says", () => {
          const known = parametersOf(network.build(square(224)));
          for (const side of [28, 29, 32, 48, 49, 63, 64, 96, 97, 111, 112, 128, 224]) {
            const graph = network.build(square(side));
            equal(parametersOf(graph), known, `${side} pixels`);
            ok(lastMapOf(graph)[0]! >= 4, `${side} pixels`);
          }
        });
      }

      it("takes its smallest images and none that are smaller", () => {
        const { smallest } = network;
        deepEqual(nodeOf(network.build(square(smallest)), "head/logits").shape, [2]);
        for (const size of [square(8), square(smallest - 1), { height: 224, width: smallest - 1, channels: 1 }]) {
          throws(
            () => network.build(size),
            new Problem(
              `${name} was given images of ${size.height} × ${size.width} pixels, expected at least ${smallest} × ${smallest}.`,
              "Prepare the images larger, or choose a network that takes smaller ones.",
            ),
          );
        }
      });

      it("refuses other classes, dropout and options than there are, and sizes that are none", () => {
        for (const classes of [0, 1, 1.5, NaN])
          throws(() => network.build(square(64), { classes }), new RegExp(`classes: ${classes}, expected .* from 2`));
        for (const dropout of [-0.1, 1, NaN])
          throws(
            () => network.build(square(64), { dropout }),
            new RegExp(`dropout: ${dropout}, expected a number from 0 to below 1, or null`),
          );
        throws(() => network.build(square(64), { clases: 3 } as object), /no option "clases".*Did you mean "classes"/s);
        throws(() => network.build(square(64.5)), /height = 64\.5, expected a whole number/);
        throws(() => network.build(square(64, 0)), /channels = 0, expected a whole number/);
      });

      it("has dropout before the logits as chosen, and none where 0 is chosen", () => {
        const rates = (dropout: number) =>
          network
            .build(square(64), { dropout })
            .nodes.flatMap(({ name: node, layer }) =>
              layer.kind === "dropout" && node.startsWith("head/") ? [layer.rate] : [],
            );
        deepEqual([...new Set(rates(0.35))], [0.35]);
        equal(rates(0.35).length, /^(AlexNet|VGG)/.test(name) ? 2 : 1);
        deepEqual(rates(0), []);
      });
    });
  }
});

describe("buildHandCrafted(name, size, options)", () => {
  it("builds the network of that name", () => {
    const graph = buildHandCrafted("ResNet-18", square(32), { classes: 5 });
    equal(graph.name, "ResNet-18");
    deepEqual(nodeOf(graph, graph.output).shape, [5]);
  });

  it("refuses an unknown name and names the nearest", () => {
    throws(
      () => buildHandCrafted("resnet18", square(32)),
      (error) =>
        error instanceof Problem &&
        error.message.includes('no hand-crafted network "resnet18"') &&
        error.message.includes('Did you mean "ResNet-18"?') &&
        error.message.includes("ConvNeXt-tiny"),
    );
  });
});
