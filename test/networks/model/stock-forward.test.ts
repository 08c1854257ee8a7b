import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { buildNetwork } from "../../../lib/space/build";
import { presets } from "../../../lib/space/presets";
import { sampleArchitecture } from "../../../lib/space/sample";
import { withoutAuxiliary } from "../../../lib/graph/graph";
import type { Graph } from "../../../lib/graph/graph";
import { buildHandCrafted } from "../../../lib/graph/hand-crafted/registry";
import { layers } from "../../../lib/graph/layer";
import type { Layer } from "../../../lib/graph/layer";
import { layerNameOf } from "../../../lib/networks/model/layer-name";
import { stockForward } from "../../../lib/networks/model/stock-forward";
import { toModel } from "../../../lib/networks/model/to-model";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import {
  difference,
  imageLayers,
  images,
  oddSize,
  oneLayer,
  shuffleWeights,
  weightsOfModel,
  wholeGraph,
} from "./example-graphs";

const random = createRandom(1);
const none = () => {
  throw new Error("It has no weights.");
};

/** What a layer without weights makes of an image. */
function applied(layer: Layer, x: tf.Tensor4D): number[] {
  const [, height, width, channels] = x.shape;
  const graph = startGraph("One", { height, width, channels });
  const it = graph.add("it", layer, graph.input);
  return [...stockForward(graph.finish(it), none, x).output.dataSync()];
}

function close(found: readonly number[], expected: readonly number[], tolerance = 1e-5): void {
  equal(found.length, expected.length);
  for (const [index, value] of expected.entries()) {
    ok(Math.abs(found[index]! - value) <= tolerance, `${found[index]!} at ${index} is not ${value}`);
  }
}

describe("stockForward(graph, weights, x, options)", () => {
  beforeEach(() => {
    tf.engine().startScope();
  });
  afterEach(() => {
    tf.engine().endScope();
  });

  for (const training of [false, true]) {
    it(`gives what the model of stock layers gives, ${training ? "training" : "not training"}`, () => {
      const x = images(3);
      const graphs: [string, Graph][] = Object.entries(imageLayers()).map(([name, layer]) => [name, oneLayer(layer)]);
      for (const [name, graph] of [...graphs, ["whole", { ...wholeGraph(), auxiliary: null }]] as [string, Graph][]) {
        const model = toModel(graph, { random });
        shuffleWeights(model);
        const nodes = graph.nodes.filter((node) => !node.name.startsWith("auxiliary"));
        const { output } = stockForward({ ...graph, nodes }, weightsOfModel(model), x, { training });
        const expected = model.apply(x, { training }) as tf.Tensor;
        deepEqual(output.shape, expected.shape);
        const scale = 1 + expected.abs().max().dataSync()[0]!;
        ok(difference(output, expected) < 1e-5 * scale, `${name}: ${difference(output, expected)} of ${scale}`);
        model.dispose();
      }
    });
  }

  it("gives what the model gives of a found network and of a published one", () => {
    const size = { height: 33, width: 32, channels: 1 };
    const { space, settings } = presets.tiny;
    const found = buildNetwork(sampleArchitecture(space, createRandom(4)), size, settings);
    const x = images(2, size);
    for (const built of [found, buildHandCrafted("MobileNetV2", size)]) {
      const graph = withoutAuxiliary(built);
      const model = toModel(graph, { random });
      const { output } = stockForward(graph, weightsOfModel(model), x);
      const expected = model.predict(x) as tf.Tensor;
      const largest = expected.abs().max().dataSync()[0]!;
      ok(largest > 1e-3 && difference(output, expected) <= 1e-5 * largest, graph.name);
      model.dispose();
    }
  });

  it("gives the auxiliary head's logits, and shows each node's value", () => {
    const graph = wholeGraph();
    const model = toModel(graph, { random, auxiliary: true });
    shuffleWeights(model);
    const x = images(2);
    const seen = new Map<string, readonly number[]>();
    const { output, auxiliary } = stockForward(graph, weightsOfModel(model), x, {
      probe: (node, value) => seen.set(node, value.shape.slice(1)),
    });
    const expected = model.predict(x) as tf.Tensor[];
    ok(difference(output, expected[0]!) < 1e-4);
    ok(difference(auxiliary!, expected[1]!) < 1e-4);
    deepEqual(
      [...seen],
      graph.nodes.map((node) => [node.name, [...node.shape]]),
    );
    model.dispose();
  });

  it("takes the mean of the pixels inside the image alone, at the border", () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const pool = layers.averagePool({ size: 3, stride: 1 });
    close(applied(pool, x), [3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7]);
    // At stride 2, an even size has its zeros below and on the right.
    const even = tf.tensor4d([...Array(16).keys()], [1, 4, 4, 1]);
    close(applied(layers.averagePool({ size: 3, stride: 2 }), even), [5, 6.5, 11, 12.5]);
    close(applied(layers.maxPool({ size: 3, stride: 2 }), even), [10, 11, 14, 15]);
  });

  it("pads an even image below and on the right at stride 2", () => {
    const x = tf.tensor4d([...Array(16).keys()], [1, 4, 4, 1]);
    const graph = startGraph("One", { height: 4, width: 4, channels: 1 });
    const it = graph.add("it", layers.convolution({ size: 3, filters: 1, stride: 2 }), graph.input);
    const { output } = stockForward(graph.finish(it), () => tf.ones([3, 3, 1, 1]), x);
    // Sums of the rows and columns 0-2 and 2-3.
    deepEqual([...output.dataSync()], [45, 39, 66, 50]);
  });

  it("applies the published functions", () => {
    const x = tf.tensor4d([-2, -0.5, 0, 1, 7], [1, 1, 5, 1]);
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
    const numbers = [-2, -0.5, 0, 1, 7];
    close(applied(layers.activation("relu"), x), [0, 0, 0, 1, 7]);
    close(applied(layers.activation("relu6"), x), [0, 0, 0, 1, 6]);
    close(applied(layers.activation("sigmoid"), x), numbers.map(sigmoid));
    close(
      applied(layers.activation("swish"), x),
      numbers.map((value) => value * sigmoid(value)),
    );
    close(applied(layers.activation("tanh"), x), numbers.map(Math.tanh));
    // x times the standard normal distribution's share below x, from tables.
    close(applied(layers.activation("gelu"), x), [-2 * 0.0227501, -0.5 * 0.3085375, 0, 0.8413447, 7]);
    close(applied(layers.shift(), x), [0, 0, 0, 0, 0]);
  });

  it("normalises over the batch in training and gives what it found, as the moving averages of the layer take it", () => {
    const graph = oneLayer(layers.batchNormalisation({ momentum: 0.8, epsilon: 1e-3 }));
    const model = toModel(graph, { random });
    shuffleWeights(model);
    const x = images(4);
    const weights = weightsOfModel(model);
    const moving = ["moving_mean", "moving_variance"].map((name) => weights("it", name).clone());
    let normal = tf.zeros([1]);
    const probe = (node: string, value: tf.Tensor) => {
      if (node === "it") normal = value;
    };
    const { statistics } = stockForward(graph, weights, x, { training: true, probe });
    const { mean, variance } = statistics.get("it")!;
    deepEqual([...statistics.keys()], ["it"]);
    const unscaled = normal.sub(weights("it", "beta")).div(weights("it", "gamma"));
    const found = tf.moments(unscaled, [0, 1, 2]);
    ok(difference(found.mean, tf.zeros([3])) < 1e-5);
    ok(difference(found.variance, variance.div(variance.add(1e-3))) < 1e-4);
    model.apply(x, { training: true });
    for (const [index, batch] of [mean, variance].entries()) {
      const expected = moving[index]!.mul(0.8).add(batch.mul(0.2));
      const layer = model.getLayer(layerNameOf("it"));
      ok(difference(layer.weights[2 + index]!.read(), expected) < 1e-5);
    }
    equal(stockForward(graph, weights, x).statistics.size, 0);
    model.dispose();
  });

  it("normalises the channels of each pixel", () => {
    const graph = startGraph("One", { height: 1, width: 2, channels: 2 });
    const it = graph.add("it", layers.layerNormalisation(), graph.input);
    const weights = (_: string, name: string) => tf.tensor1d(name === "gamma" ? [2, 3] : [0.5, 0]);
    const x = tf.tensor4d([1, 3, 10, 0], [1, 1, 2, 2]);
    close([...stockForward(graph.finish(it), weights, x).output.dataSync()], [-1.5, 3, 2.5, -3]);
  });

  it("drops by the generator's mask, in training alone", () => {
    const graph = startGraph("Drops", oddSize);
    const path = graph.add("path", layers.dropout({ rate: 0.5, unit: "image" }), graph.input);
    const finished = graph.finish(graph.add("single", layers.dropout({ rate: 0.5 }), path));
    const x = tf.ones<tf.Rank.R4>([32, 9, 7, 3]);
    const seen: Record<string, number[][]> = {};
    const probe = (node: string, value: tf.Tensor) => {
      seen[node] = value.reshape([32, -1]).arraySync() as number[][];
    };
    const run = (seed: number) =>
      stockForward(finished, none, x, { training: true, random: createRandom(seed), probe }).output;
    const first = run(1);
    deepEqual(new Set(seen.path!.flat()), new Set([0, 2]));
    ok(seen.path!.every((row) => new Set(row).size === 1));
    deepEqual(new Set(seen.single!.flat()), new Set([0, 4]));
    equal(difference(first, run(1)), 0);
    ok(difference(first, run(2)) > 0);
    equal(difference(stockForward(finished, none, x).output, x), 0);
    throws(() => stockForward(finished, none, x, { training: true }), {
      name: "Problem",
      message: /path drops at random, and stockForward was given no chance/,
    });
  });

  it("has gradients that are the slopes of the loss, through every kind of layer", () => {
    const graph = wholeGraph(0.25);
    const model = toModel(graph, { random, auxiliary: true });
    const x = images(4);
    const source = createRandom(9);
    const variables = new Map<string, tf.Variable>();
    const weights = (node: string, name: string) => {
      const key = `${node}/${name}`;
      if (!variables.has(key)) variables.set(key, tf.variable(weightsOfModel(model)(node, name)));
      return variables.get(key)!;
    };
    const target = tf.tensor2d([1, -1, 0.5, 0, 2, 1, -1, 1, 1, 0.5, 0, 1], [4, 3]);
    const loss = () =>
      tf.tidy(() => {
        const options = { training: true, random: createRandom(2) };
        const { output, auxiliary } = stockForward(graph, weights, x, options);
        return output.add(auxiliary!.mul(0.4)).sub(target).square().mean<tf.Scalar>();
      });
    loss();
    const trained = [...variables].filter(([key]) => !key.includes("moving"));
    const { grads } = tf.variableGrads(
      loss,
      trained.map(([, variable]) => variable),
    );
    equal(Object.keys(grads).length, trained.length);
    for (const [key, variable] of trained) {
      // The slope along a random direction, by central differences.
      const at = variable.clone();
      const direction = tf.tensor(
        Float32Array.from({ length: variable.size }, () => source.normal() / Math.sqrt(variable.size)),
        variable.shape,
      );
      const step = 2e-3;
      const lossAt = (distance: number) => {
        variable.assign(at.add(direction.mul(distance)));
        return loss().dataSync()[0]!;
      };
      const slope = (lossAt(step) - lossAt(-step)) / (2 * step);
      variable.assign(at);
      const expected = grads[variable.name]!.mul(direction).sum().dataSync()[0]!;
      ok(
        Math.abs(slope - expected) < 2e-4 + 0.01 * Math.abs(expected),
        `${key}: ${expected}, and the slope is ${slope}`,
      );
    }
    for (const variable of variables.values()) variable.dispose();
    model.dispose();
  });

  it("refuses images of another size, and options that it does not know", () => {
    const graph = oneLayer(layers.flatten());
    throws(() => stockForward(graph, none, tf.zeros([2, 7, 9, 3])), {
      name: "Problem",
      message: /One layer was given images of shape \[2, 7, 9, 3\], expected \[batch, 9, 7, 3\]/,
    });
    const row = tf.zeros([2, 9]) as unknown as tf.Tensor4D;
    throws(() => stockForward(graph, none, row), /of shape \[2, 9\]/);
    const options = { training: true, prob: null };
    throws(() => stockForward(graph, none, images(1), options), /Did you mean "probe"/);
  });
});
