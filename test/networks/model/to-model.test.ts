import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { startGraph } from "../../../lib/graph/builder";
import { layers } from "../../../lib/graph/layer";
import { weightsOf } from "../../../lib/graph/weights";
import { layerNameOf } from "../../../lib/networks/model/layer-name";
import { toModel } from "../../../lib/networks/model/to-model";
import { initialValue } from "../../../lib/networks/weights/initial-values";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { inNewProcess } from "../../helpers/processes";
import { temporaryFolder } from "../../helpers/temporary";
import { difference, imageLayers, images, oneLayer, oddSize, shuffleWeights, wholeGraph } from "./example-graphs";

const random = createRandom(1);
const predict = (model: tf.LayersModel, x: tf.Tensor) => model.predict(x) as tf.Tensor;

describe("toModel(graph, options)", () => {
  const folder = temporaryFolder();

  it("makes of every layer one that TensorFlow.js saves and loads with equal outputs", async () => {
    const x = images(2);
    for (const [name, layer] of Object.entries(imageLayers())) {
      const graph = oneLayer(layer);
      const model = toModel(graph, { random });
      shuffleWeights(model);
      for (const node of graph.nodes) {
        deepEqual((model.getLayer(layerNameOf(node.name)).outputShape as number[]).slice(1), [...node.shape], name);
      }
      const path = join(folder.path, name);
      await model.save(`file://${path}`);
      const loaded = await tf.loadLayersModel(`file://${path}/model.json`);
      equal(difference(predict(model, x), predict(loaded, x)), 0, name);
      model.dispose();
      loaded.dispose();
    }
  });

  it("gives a whole network that an unmodified TensorFlow.js loads, to the same outputs", async () => {
    const model = toModel(wholeGraph(0.3), { random, auxiliary: true });
    shuffleWeights(model);
    const path = join(folder.path, "whole");
    await model.save(`file://${path}`);
    const x = images(2);
    const ours = (model.predict(x) as tf.Tensor[]).map((output) => [...output.dataSync()]);
    const given = { topology: JSON.parse(readFileSync(join(path, "model.json"), "utf8")) as object, x: x.arraySync() };
    // Its kernels in JavaScript, which share nothing with the library's.
    const theirs = inNewProcess(`
      const tf = require("@tensorflow/tfjs");
      const { readFileSync } = require("node:fs");
      const log = console.log; console.log = console.warn = () => {};
      (async () => {
        await tf.setBackend("cpu");
        const given = ${JSON.stringify(given)};
        const bytes = readFileSync(${JSON.stringify(join(path, "weights.bin"))});
        const model = await tf.loadLayersModel(tf.io.fromMemory({
          modelTopology: given.topology.modelTopology,
          weightSpecs: given.topology.weightsManifest[0].weights,
          weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
        }));
        log(JSON.stringify(model.predict(tf.tensor(given.x)).map((output) => [...output.dataSync()])));
      })();
    `) as number[][];
    equal(theirs.length, 2);
    for (const [index, values] of theirs.entries()) {
      equal(values.length, 6);
      for (const [at, value] of values.entries()) {
        const expected = ours[index]![at]!;
        ok(Math.abs(value - expected) < 1e-4 * (1 + Math.abs(expected)), `${value} is not ${expected}`);
      }
    }
    model.dispose();
  });

  it("starts each weight with what its key gives, and the rest with their numbers", () => {
    const graph = wholeGraph();
    const model = toModel(graph, { random: createRandom(5), auxiliary: true });
    const shapes = new Map(graph.nodes.map((node) => [node.name, node.shape]));
    let count = 0;
    for (const node of graph.nodes) {
      const inputs = node.inputs.map((name) => shapes.get(name)!);
      const weights = model.getLayer(layerNameOf(node.name)).weights;
      for (const [index, specification] of weightsOf(node.layer, inputs).entries()) {
        const weight = weights[index]!;
        equal(weight.originalName, `${layerNameOf(node.name)}/${specification.name}`);
        deepEqual([...weight.shape], [...specification.shape]);
        const expected = initialValue(specification, createRandom(5).split(`${node.name}/${specification.name}`));
        deepEqual(weight.read().dataSync(), expected, weight.originalName);
        equal(weight.trainable, specification.trainable);
        count++;
      }
    }
    equal(count, model.weights.length);
    const other = toModel(graph, { random: createRandom(6) });
    notDeepEqual(
      other.getLayer("logits").weights[0]!.read().dataSync(),
      model.getLayer("logits").weights[0]!.read().dataSync(),
    );
    model.dispose();
    other.dispose();
  });

  it("saves initialisers that start a new model alike: of the same variance", () => {
    const graph = oneLayer(layers.depthwise({ size: 5 }), { height: 5, width: 5, channels: 400 });
    const model = toModel(graph, { random });
    const config = model.toJSON(null, false) as unknown as Parameters<typeof tf.models.modelFromJSON>[0];
    return tf.models.modelFromJSON({ modelTopology: config } as typeof config).then((fresh) => {
      const variance = tf.moments(fresh.getLayer("it").weights[0]!.read()).variance.dataSync()[0]!;
      ok(Math.abs(variance / (2 / 25) - 1) < 0.1, `${variance} is not ${2 / 25}`);
      model.dispose();
      fresh.dispose();
    });
  });

  it("leaves the auxiliary head away unless it is asked for", () => {
    const graph = wholeGraph();
    const model = toModel(graph, { random });
    equal(model.outputs.length, 1);
    ok(model.layers.every((layer) => !layer.name.startsWith("auxiliary")));
    throws(() => toModel(oneLayer(layers.flatten()), { random, auxiliary: true }), {
      name: "Problem",
      message: /One layer has no auxiliary head/,
    });
    model.dispose();
  });

  it("moves an image up and to the left by a shift", () => {
    const size = { height: 3, width: 3, channels: 1 };
    const model = toModel(oneLayer(layers.shift(), size), { random });
    const inner = tf.model({ inputs: model.inputs, outputs: model.getLayer("it").output });
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    deepEqual([...predict(inner, x).dataSync()], [5, 6, 0, 8, 9, 0, 0, 0, 0]);
    model.dispose();
  });

  it("drops whole images in a drop-path, while training alone, also when saved and loaded", async () => {
    const size = { height: 3, width: 3, channels: 2 };
    const model = toModel(oneLayer(layers.dropout({ rate: 0.5, unit: "image" }), size), { random });
    await model.save(`file://${folder.path}/drop`);
    const loaded = await tf.loadLayersModel(`file://${folder.path}/drop/model.json`);
    const inner = tf.model({ inputs: loaded.inputs, outputs: loaded.getLayer("it").output });
    const x = tf.ones([64, 3, 3, 2]);
    const rows = (inner.apply(x, { training: true }) as tf.Tensor).reshape([64, 18]).arraySync() as number[][];
    ok(rows.every((row) => new Set(row).size === 1));
    deepEqual(new Set(rows.flat()), new Set([0, 2]));
    equal(difference(inner.apply(x) as tf.Tensor, x), 0);
    model.dispose();
    loaded.dispose();
  });

  it("leaves no tensor behind", () => {
    const x = images(1);
    const before = tf.memory().numTensors;
    for (let turn = 0; turn < 2; turn++) {
      const model = toModel(wholeGraph(), { random });
      predict(model, x).dispose();
      equal(tf.memory().numTensors, before + model.weights.length);
      model.dispose();
      equal(tf.memory().numTensors, before);
    }
    x.dispose();
  });

  it("refuses an option that it does not know", () => {
    const options = { random, auxilary: true };
    throws(() => toModel(wholeGraph(), options), { name: "Problem", message: /Did you mean "auxiliary"/ });
  });

  it("takes a network of one dense layer on a row", () => {
    const graph = startGraph("Row", { ...oddSize, height: 1, width: 1 });
    const row = graph.add("row", layers.flatten(), graph.input);
    const norm = graph.add("norm", layers.batchNormalisation(), row);
    const path = graph.add("path", layers.dropout({ rate: 0.5, unit: "image" }), norm);
    const model = toModel(graph.finish(graph.add("logits", layers.dense({ units: 2 }), path)), { random });
    const x = images(64, { height: 1, width: 1, channels: 3 });
    deepEqual((model.apply(x, { training: true }) as tf.Tensor).shape, [64, 2]);
    model.dispose();
  });
});
