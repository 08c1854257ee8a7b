import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { buildNetwork } from "../../../lib/space/build";
import { presets } from "../../../lib/space/presets";
import { sampleArchitecture } from "../../../lib/space/sample";
import type { Graph } from "../../../lib/graph/graph";
import { buildHandCrafted } from "../../../lib/graph/hand-crafted/registry";
import { useKernels } from "../../../lib/kernels/choose-kernels";
import { useLayers } from "../../../lib/networks/layers/choose-layers";
import { installFastLayers } from "../../../lib/networks/layers/fast-layers";
import { toModel } from "../../../lib/networks/model/to-model";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { inNewProcess } from "../../helpers/processes";
import { temporaryFolder } from "../../helpers/temporary";
import { kernelKinds, randomTensor, relativeDifference } from "./compare";

/** A user's own model, with all that is replaced and little that makes differences grow. */
function ownModel(): tf.LayersModel {
  const weights = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  const depthwise = { depthwiseInitializer: tf.initializers.glorotUniform({ seed: 2 }) };
  return tf.sequential({
    name: "own",
    layers: [
      tf.layers.conv2d({
        name: "a",
        inputShape: [11, 9, 2],
        filters: 6,
        kernelSize: 3,
        ...weights(1),
        useBias: false,
        padding: "same",
      }),
      tf.layers.batchNormalization({ name: "b" }),
      tf.layers.activation({ name: "c", activation: "relu" }),
      tf.layers.maxPooling2d({ name: "d", poolSize: 3, strides: 2, padding: "same" }),
      tf.layers.depthwiseConv2d({ name: "e", kernelSize: 5, padding: "same", ...depthwise }),
      tf.layers.activation({ name: "f", activation: "relu6" }),
      tf.layers.conv2d({ name: "g", filters: 8, kernelSize: 1, activation: "relu", ...weights(3) }),
      tf.layers.averagePooling2d({ name: "h", poolSize: 2 }),
      tf.layers.flatten({ name: "i" }),
      tf.layers.batchNormalization({ name: "j" }),
      tf.layers.dense({ name: "k", units: 3, ...weights(4) }),
    ],
  });
}

function compile(model: tf.LayersModel): tf.LayersModel {
  const loss = (labels: tf.Tensor, logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, logits);
  model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss });
  return model;
}

const labels = (count: number, classes: number) =>
  tf
    .oneHot(
      tf.tensor1d(
        Array.from({ length: count }, (_, index) => index % classes),
        "int32",
      ),
      classes,
    )
    .toFloat();

// The type of the option is one of names, and what TensorFlow.js takes are numbers.
const silent: object = { verbose: 0 };

/** Trains for some steps; the losses, and the weights at the end. */
async function trainOwn(steps: number): Promise<{ losses: number[]; weights: tf.Tensor[] }> {
  const model = compile(ownModel());
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    losses.push((await model.trainOnBatch(randomTensor([8, 11, 9, 2], step), labels(8, 3))) as number);
  }
  return { losses, weights: model.getWeights() };
}

describe("installFastLayers()", () => {
  const folder = temporaryFolder();
  afterEach(() => {
    useKernels(null);
  });

  it("trains a model to the losses and weights that it has without", async () => {
    const undo = useLayers("stock");
    const expected = await trainOwn(6);
    undo();
    for (const kind of kernelKinds()) {
      useKernels(kind);
      const undoFast = useLayers("fast");
      const found = await trainOwn(6);
      undoFast();
      found.losses.forEach((loss, step) => {
        ok(Math.abs(loss - expected.losses[step]!) < 1e-4, `${kind}, step ${step}: ${loss}`);
      });
      found.weights.forEach((weight, index) => {
        const difference = relativeDifference(weight, expected.weights[index]!);
        ok(difference < 1e-3, `${kind}, weight ${index}: ${difference}`);
      });
    }
    ok(expected.losses.at(-1) !== expected.losses[0]);
  });

  it("leaves no tensor behind, in networks of many kinds", async function () {
    this.timeout(60_000);
    const size = { height: 32, width: 32, channels: 1 };
    const { space, settings } = presets.small;
    const networks: Graph[] = [
      buildNetwork(sampleArchitecture(space, createRandom(3)), size, settings),
      buildHandCrafted("ResNet-18", size),
      buildHandCrafted("MobileNetV2", size),
      buildHandCrafted("EfficientNet-B0", size),
    ];
    const [x, y] = [randomTensor([4, 32, 32, 1]), labels(4, 2)];
    const undo = useLayers("fast");
    for (const graph of networks) {
      const model = compile(toModel(graph, { random: createRandom(1) }));
      // The optimiser makes its variables, and the kernels what stays for the process.
      await model.trainOnBatch(x, y);
      // Both kernels on the found network, and to keep the test short the faster one on the others.
      for (const kind of graph === networks[0] ? kernelKinds() : kernelKinds().slice(0, 1)) {
        useKernels(kind);
        const before = tf.memory().numTensors;
        const loss = (await model.trainOnBatch(x, y)) as number;
        equal(tf.memory().numTensors, before, `${graph.name}, ${kind}`);
        ok(Number.isFinite(loss), `${graph.name}, ${kind}: ${loss}`);
      }
      if (graph === networks[0]) {
        const before = tf.memory().numTensors;
        await model.fit(x, y, { batchSize: 2, epochs: 2, ...silent });
        equal(tf.memory().numTensors, before, "fit");
      }
      model.dispose();
    }
    undo();
  });

  it("changes nothing of what is saved, which TensorFlow.js without it loads", async () => {
    const write = async (kind: "fast" | "stock") => {
      const undo = useLayers(kind);
      const model = ownModel();
      if (kind === "fast") await compile(model).trainOnBatch(randomTensor([8, 11, 9, 2]), labels(8, 3));
      await model.save(`file://${join(folder.path, kind)}`);
      undo();
      return model;
    };
    const model = await write("fast");
    (await write("stock")).dispose();
    const read = (kind: string) => readFileSync(join(folder.path, kind, "model.json"), "utf8");
    equal(read("fast"), read("stock"));

    const x = randomTensor([2, 11, 9, 2], 7);
    const ours = [...(model.predict(x) as tf.Tensor).dataSync()];
    // Its kernels in JavaScript, which share nothing with the library's.
    const theirs = inNewProcess(`
      const tf = require("@tensorflow/tfjs");
      const { readFileSync } = require("node:fs");
      const log = console.log; console.log = console.warn = () => {};
      (async () => {
        await tf.setBackend("cpu");
        const folder = ${JSON.stringify(join(folder.path, "fast"))};
        const topology = JSON.parse(readFileSync(folder + "/model.json", "utf8"));
        const bytes = readFileSync(folder + "/weights.bin");
        const model = await tf.loadLayersModel(tf.io.fromMemory({
          modelTopology: topology.modelTopology,
          weightSpecs: topology.weightsManifest[0].weights,
          weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
        }));
        log(JSON.stringify([...model.predict(tf.tensor(${JSON.stringify(x.arraySync())})).dataSync()]));
      })();
    `) as number[];
    equal(theirs.length, ours.length);
    theirs.forEach((value, index) => {
      ok(Math.abs(value - ours[index]!) < 1e-4 * (1 + Math.abs(value)), `${value} is not ${ours[index]!}`);
    });
    model.dispose();
  });

  it("happens once, however often it is asked for, and is undone at once", () => {
    const undoChoice = useLayers("stock");
    const state = () => [
      tf.getGradient("MaxPool"),
      tf.getKernel("Conv2D", "tensorflow"),
      (Object.getPrototypeOf(tf.layers.batchNormalization()) as { call: unknown }).call,
    ];
    const stock = state();
    const undo = installFastLayers();
    const fast = state();
    fast.forEach((each, index) => {
      ok(each !== stock[index]);
    });
    installFastLayers();
    deepEqual(state(), fast);
    undo();
    state().forEach((each, index) => {
      ok(each === stock[index]);
    });
    undo();
    undoChoice();
  });
});
