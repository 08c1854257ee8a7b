import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { drawNetwork } from "../../lib/graph/draw/network";
import { buildUNet } from "../../lib/graph/u-net";
import { Problem } from "../../lib/runtime/problem";

const size = (side: number) => ({ height: side, width: side, channels: 1 });

describe("buildUNet(size, options)", () => {
  it("gives a logit of each pixel, and is given on the way up what was seen on the way down", () => {
    const graph = buildUNet({ height: 32, width: 48, channels: 1 }, { channels: 4, stages: 3 });
    const shapeOf = (name: string) => graph.nodes.find((node) => node.name === name)!.shape;
    deepEqual(shapeOf(graph.output), [32, 48, 1]);
    deepEqual(shapeOf("down3/relu2"), [8, 12, 16]);
    const { inputs, shape } = graph.nodes.find(({ name }) => name === "up2/both")!;
    deepEqual(
      [inputs, shape],
      [
        ["down2/relu2", "up2/upsample"],
        [16, 24, 16],
      ],
    );
  });

  it("has the weights of its convolutions and normalisations, counted by hand", () => {
    const [a, b] = [4, 8];
    const unit = (window: number, from: number, to: number) => window ** 2 * from * to + 2 * to;
    const down = unit(3, 1, a) + unit(3, a, a) + unit(3, a, b) + unit(3, b, b);
    const up = unit(1, b, a) + unit(3, 2 * a, a);
    equal(costOf(buildUNet(size(8), { channels: 4, stages: 2 })).trainable, down + up + a + 1);
  });

  it("stays by default within two million parameters and 0.6 billion multiply-adds at 128 pixels", () => {
    const { trainable, multiplyAdds } = costOf(buildUNet(size(128)));
    ok(trainable > 1.5e6 && trainable < 2e6, String(trainable));
    ok(multiplyAdds > 0.5e9 && multiplyAdds < 0.6e9, String(multiplyAdds));
  });

  it("has about as many parameters as the published one with its channels and convolutions", () => {
    // 31 million in Ronneberger's; transposed convolutions of 2 × 2 have four times the weights of those of 1 × 1.
    const { trainable } = costOf(buildUNet(size(16), { channels: 64, up: 2 }));
    ok(trainable > 28e6 && trainable < 32e6, String(trainable));
  });

  it("drops numbers of the last stage where that is asked for, and can be drawn", async () => {
    const graph = buildUNet(size(16), { channels: 2, stages: 3, dropout: 0.2 });
    equal(graph.nodes.filter(({ layer }) => layer.kind === "dropout").length, 1);
    ok((await drawNetwork(graph)).svg.includes("upsample"));
  });

  it("refuses images that its halvings do not fit, and options that are none", () => {
    throws(() => buildUNet({ height: 64, width: 72, channels: 1 }), Problem);
    throws(() => buildUNet(size(64), { stages: 1 }), Problem);
    throws(() => buildUNet(size(64), { filters: 3 } as never), Problem);
  });
});
