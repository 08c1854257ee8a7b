import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { costOf } from "../../../lib/graph/cost";
import { nodeOf } from "../../../lib/graph/graph";
import { buildPlainCnn } from "../../../lib/graph/hand-crafted/plain-cnn";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { stockForward } from "../../../lib/networks/model/stock-forward";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { buildNetwork } from "../../../lib/space/build";
import { sampleArchitecture } from "../../../lib/space/sample";
import type { ShapeArchitecture, ShapeStage } from "../../../lib/space/shape/architecture";
import { shapeSpace } from "../../helpers/spaces";
import { wiring } from "../helpers";

const plainStage = (width: number, depth: number): ShapeStage => ({
  ...{ width, depth, operation: "convolution", kernel: 3, residual: false, excitation: false },
});

/** The plain CNN. */
const plain: ShapeArchitecture = {
  ...{ kind: "shape", stem: "3×3", stages: [plainStage(16, 1), plainStage(32, 2), plainStage(64, 2)] },
  ...{ downsampling: ["max pool", "max pool"], head: "max pool then mean" },
};

/** The plain CNN with another first and second stage, and more. */
function changed(second: Partial<ShapeStage>, others: Partial<ShapeArchitecture> = {}): ShapeArchitecture {
  return { ...plain, stages: [plainStage(16, 1), { ...plainStage(32, 2), ...second }, plainStage(64, 1)], ...others };
}

const size = { height: 64, width: 64, channels: 1 };

describe("buildNetwork(architecture of the shape space, size, settings)", () => {
  for (const side of [64, 32]) {
    it(`builds the plain CNN, layer by layer, with its parameters, multiply-adds and outputs at ${side} pixels`, () => {
      const images = { height: side, width: side, channels: 1 };
      const [found, known] = [buildNetwork(plain, images), buildPlainCnn(images)];
      const facts = (graph: typeof found) => graph.nodes.map(({ layer, shape }) => ({ layer, shape }));
      deepEqual(facts(found), facts(known));
      const place = (graph: typeof found) => new Map(graph.nodes.map(({ name }, index) => [name, index]));
      const inputs = (graph: typeof found) =>
        graph.nodes.map((node) => node.inputs.map((input) => place(graph).get(input)));
      deepEqual(inputs(found), inputs(known));
      deepEqual(costOf(found), costOf(known));
      equal(costOf(found).trainable, 72_146);
      tf.tidy(() => {
        const random = createRandom(1);
        const numbers = namedWeightsOf(found).map(({ specification: { shape } }) => {
          const length = shape.reduce((a, b) => a * b, 1);
          return tf.tensor(
            Float32Array.from({ length }, () => random.uniform(0.1, 0.3)),
            [...shape],
          );
        });
        const output = (graph: typeof found) => {
          const keys = namedWeightsOf(graph).map(({ key }) => key);
          const x = tf.randomNormal<tf.Rank.R4>([2, side, side, 1], 0, 1, "float32", 3);
          return stockForward(graph, (node, weight) => numbers[keys.indexOf(`${node}/${weight}`)]!, x).output;
        };
        deepEqual(output(found).arraySync(), output(known).arraySync());
      });
    });
  }

  it("weighs channels and adds the input before a block's ReLU", () => {
    const graph = buildNetwork(changed({ residual: true, excitation: true }), size);
    const [first, second] = ["stage2/block1/maxpool", "stage2/block2"];
    const unit = "convolution3x3";
    deepEqual(wiring(graph, `${first}/`), [
      `${first}/${unit}/convolution < stage2/maxpool`,
      `${first}/${unit}/norm < ${first}/${unit}/convolution`,
      `${first}/${unit}/excitation/pool < ${first}/${unit}/norm`,
      `${first}/${unit}/excitation/reduce < ${first}/${unit}/excitation/pool`,
      `${first}/${unit}/excitation/relu < ${first}/${unit}/excitation/reduce`,
      `${first}/${unit}/excitation/expand < ${first}/${unit}/excitation/relu`,
      `${first}/${unit}/excitation/sigmoid < ${first}/${unit}/excitation/expand`,
      `${first}/${unit}/excitation/reshape < ${first}/${unit}/excitation/sigmoid`,
      `${first}/${unit}/excitation/product < ${first}/${unit}/norm + ${first}/${unit}/excitation/reshape`,
      `${first}/projection/convolution < stage2/maxpool`,
      `${first}/projection/norm < ${first}/projection/convolution`,
      `${first}/sum < ${first}/${unit}/excitation/product + ${first}/projection/norm`,
      `${first}/${unit}/relu < ${first}/sum`,
    ]);
    // Of one shape: nothing is projected.
    deepEqual(nodeOf(graph, `${second}/sum`).inputs, [`${second}/${unit}/excitation/product`, `${first}/${unit}/relu`]);
    const { layer } = nodeOf(graph, `${second}/${unit}/excitation/reduce`);
    ok(layer.kind === "dense" && layer.units === 32 / 4 && layer.bias);
  });

  it("halves by a pool before a stage, or by stride 2 in its first block and beside it", () => {
    const strided = buildNetwork(
      changed(
        { operation: "separable", kernel: 5, residual: true },
        { downsampling: ["strided convolution", "mean pool"] },
      ),
      size,
    );
    const first = "stage2/block1/stridedconvolution";
    const at = (name: string) => nodeOf(strided, name);
    const windowOf = (name: string) => {
      const { layer } = at(name);
      ok("stride" in layer);
      return [layer.kind, layer.size, layer.stride];
    };
    deepEqual(windowOf(`${first}/separable5x5/depthwise`), ["depthwise convolution", 5, 2]);
    deepEqual(windowOf(`${first}/separable5x5/pointwise`), ["convolution", 1, 1]);
    deepEqual(windowOf(`${first}/projection/convolution`), ["convolution", 1, 2]);
    deepEqual(windowOf("stage2/block2/separable5x5/depthwise"), ["depthwise convolution", 5, 1]);
    deepEqual(at(`${first}/sum`).shape, [32, 32, 32]);
    deepEqual(windowOf("stage3/meanpool"), ["average pool", 2, 2]);
    deepEqual(at("stage3/meanpool").shape, [16, 16, 32]);
  });

  it("begins with any stem and ends with any head", () => {
    const shapes = (stem: ShapeArchitecture["stem"], head: ShapeArchitecture["head"]) => {
      const graph = buildNetwork({ ...plain, stem, head }, size);
      const first = graph.nodes[1]!;
      const { layer } = first;
      ok(layer.kind === "convolution");
      const features = nodeOf(graph, nodeOf(graph, graph.output).inputs[0]!);
      return [layer.size, layer.stride, first.shape[0], features.shape[0]];
    };
    deepEqual(shapes("3×3", "mean"), [3, 1, 64, 64]);
    deepEqual(shapes("5×5", "max pool then mean"), [5, 1, 64, 64]);
    deepEqual(shapes("3×3 stride 2", "mean and max"), [3, 2, 32, 128]);
    const both = buildNetwork({ ...plain, head: "mean and max" }, size, { dropout: 0 });
    deepEqual(wiring(both, "head/"), [
      "head/meanandmax/mean < stage3/block2/convolution3x3/relu",
      "head/meanandmax/max < stage3/block2/convolution3x3/relu",
      "head/meanandmax/concatenate < head/meanandmax/mean + head/meanandmax/max",
      "head/meanandmax/logits < head/meanandmax/concatenate",
    ]);
  });

  it("has weights of one name in the same shape but for its channels, and names none by a width", () => {
    const random = createRandom(2);
    const known = new Map<string, readonly number[]>();
    for (let index = 0; index < 300; index++) {
      const architecture = sampleArchitecture(shapeSpace(), random);
      for (const { key, specification } of namedWeightsOf(buildNetwork(architecture, size))) {
        const window = specification.shape.slice(0, -2);
        const length = specification.shape.length;
        deepEqual(known.get(key) ?? [length, ...window], [length, ...window], key);
        known.set(key, [length, ...window]);
      }
    }
    // 3 stems; 9 blocks of 4 operations, two of the first ones in 3 places; and all that they have.
    equal(new Set([...known.keys()].filter((key) => /^stem.*kernel$/.test(key))).size, 3);
    const kernels = [...known.keys()].filter((key) => /\/(convolution|depthwise)\/(depthwise_)?kernel$/.test(key));
    equal(kernels.filter((key) => /^stage.*\dx\d/.test(key)).length, 7 * 4 + 2 * 3 * 4);
    equal(kernels.filter((key) => key.includes("projection")).length, 2 * 3);
  });

  it("refuses images that cannot be halved so often, and says how large they must be", () => {
    const small = { height: 8, width: 8, channels: 1 };
    const most = { ...plain, stem: "3×3 stride 2" } as const;
    throws(() => buildNetwork(most, small), /have 8 × 8 pixels, expected at least 9 × 9.*halves them 4 times/s);
    equal(buildNetwork(most, { height: 9, width: 9, channels: 1 }).name, "Shape 16-32-64");
    equal(buildNetwork({ ...plain, head: "mean" }, { height: 3, width: 3, channels: 1 }).name, "Shape 16-32-64");
    throws(() => buildNetwork(plain, { ...small, height: 4 }), /have 4 × 8 pixels, expected at least 5 × 5/);
  });
});
