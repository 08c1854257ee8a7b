import { deepEqual, equal, notDeepEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { loadLayersNetwork, type LayersLearned } from "../../../lib/train/layers-model/layers-network";
import { checkLayers, type LayersNetwork } from "../../../lib/train/layers-model/layers-specification";
import { createOptimiser, type Optimiser } from "../../../lib/train/optimiser";
import { arraysOf } from "../../../lib/train/stored-weights";
import { temporaryFolder } from "../../helpers/temporary";
import { savePretrained } from "./helpers";

describe("loadLayersNetwork(folder, layers, options)", () => {
  const folder = temporaryFolder();
  const place = () => join(folder.path, "mine");
  const load = (other: Partial<LayersNetwork> = {}, seed = 1) => {
    const layers = checkLayers({ kind: "layers model", folder: place(), channels: ["gray", "gray", "gray"], ...other });
    return loadLayersNetwork(place(), layers, { channels: ["gray"], seed });
  };
  const drawn = (count: number, channels = 1) => {
    const random = createRandom(2);
    return tf.tensor4d(
      Float32Array.from({ length: count * 144 * channels }, () => random.normal(0, 1)),
      [count, 12, 12, channels],
    );
  };
  const valuesOf = ({ weights }: LayersLearned, prefix: string) =>
    [...arraysOf(new Map(weights.keys.map((key) => [key, weights.get(key)])))].filter(([key]) =>
      key.startsWith(prefix),
    );
  const plain = (network: LayersLearned): Optimiser =>
    createOptimiser(network.weights, { kind: "momentum", momentum: 0, nesterov: false, decay: 0, bound: 0 });
  const stepAt = (network: LayersLearned, optimiser: Optimiser, step: number, rate = 0.1) => {
    const images = drawn(4);
    const result = network.learn(
      { images, classes: [0, 1, 1, 0], targets: Float32Array.from([1, 0, 0, 1, 0, 1, 1, 0]), weights: null },
      {
        ...{ optimiser, rate, auxiliaryWeight: 0, dropout: createRandom(3).split(step) },
        ...{ place: { step, stepsPerEpoch: 2 }, cause: "on images" },
      },
    );
    images.dispose();
    return result;
  };
  beforeEach(async () => {
    await savePretrained(place());
  });

  it("has a new head of two classes, drawn by its seed, on the features of what was saved", async () => {
    const [one, same, other] = [await load(), await load(), await load({}, 2)];
    const head = (network: LayersLearned) => valuesOf(network, "head/").map(([, { values }]) => [...values]);
    deepEqual(head(one), head(same));
    notDeepEqual(head(one), head(other));
    deepEqual(
      valuesOf(one, "trunk/").map(([, { values }]) => values),
      valuesOf(other, "trunk/").map(([, { values }]) => values),
    );
    const images = drawn(3);
    const logits = one.logits(images);
    deepEqual(logits.shape, [3, 2]);
    // 3 × 3 × 3 × 4 weights and 4 biases, 2 × 4 of the normalisation, 4 × 2 and 2 of the head.
    equal(one.parameters, 112 + 8 + 10);
    equal(one.multiplyAdds, 108 * 36 + 8);
    tf.dispose([images, logits]);
    for (const network of [one, same, other]) network.weights.dispose();
  });

  it("takes steps along the gradient of the loss: as numbers of the loss itself say", async () => {
    const network = await load({ frozenEpochs: 9 });
    const bias = network.weights.get(network.weights.keys.find((key) => /^head\/.*bias/.test(key))!);
    const lossAt = (value: number) => {
      const before = tf.clone(bias);
      bias.assign(tf.tensor1d([value, 0]));
      // A rate so low that nothing moves.
      const { loss } = stepAt(network, plain(network), 0, 1e-12);
      bias.assign(before);
      before.dispose();
      return loss;
    };
    const slope = (lossAt(0.01) - lossAt(-0.01)) / 0.02;
    stepAt(network, plain(network), 0, 0.5);
    const [moved] = bias.dataSync();
    ok(Math.abs(moved! + 0.5 * slope) < 1e-4, `${moved} for a slope of ${slope}`);
    network.weights.dispose();
  });

  it("trains the new head alone while it is frozen, then everything, moving statistics too", async () => {
    const network = await load({ frozenEpochs: 1 });
    const optimiser = plain(network);
    const [trunk, head] = [valuesOf(network, "trunk/"), valuesOf(network, "head/")];
    stepAt(network, optimiser, 0);
    stepAt(network, optimiser, 1);
    deepEqual(valuesOf(network, "trunk/"), trunk);
    notDeepEqual(valuesOf(network, "head/"), head);
    stepAt(network, optimiser, 2);
    const after = new Map(valuesOf(network, "trunk/"));
    for (const [key, { values }] of trunk) notDeepEqual(after.get(key)!.values, values, key);
    optimiser.dispose();
    network.weights.dispose();
  });

  it("drops by the step's chance alone: the same step gives the same loss", async () => {
    const [one, same] = [await load({ dropout: 0.5 }), await load({ dropout: 0.5 })];
    const losses = [one, same].map((network) => [2, 3].map((step) => stepAt(network, plain(network), step).loss));
    deepEqual(losses[0], losses[1]);
    notDeepEqual(stepAt(one, plain(one), 4, 1e-12).loss, stepAt(one, plain(one), 5, 1e-12).loss);
    for (const network of [one, same]) network.weights.dispose();
  });

  it("gives what was saved its own normalisation, channels and size", async () => {
    const mean = [0.2, 0.4, 0.6];
    const network = await load({ normalisation: { mean, deviation: [0.5, 1, 2] } });
    equal(network.normalisationOf({ ids: [], pixels: new Float32Array(), size: 1, channels: ["gray"] }, []), null);
    // The same by hand, of a model that is given three channels as they are.
    const plainly = checkLayers({
      kind: "layers model",
      folder: place(),
      channels: ["gray", "mask", "size"],
      normalisation: { mean: [0, 0, 0], deviation: [1, 1, 1] },
    });
    const byHand = await loadLayersNetwork(place(), plainly, { channels: ["gray", "mask", "size"], seed: 1 });
    const images = drawn(2);
    const three = tf.concat(
      [0, 1, 2].map((index) => tf.div(tf.sub(images, mean[index]!), [0.5, 1, 2][index]!)),
      3,
    ) as tf.Tensor4D;
    const [a, b] = [network.logits(images).dataSync(), byHand.logits(three).dataSync()];
    a.forEach((value, index) => {
      ok(Math.abs(value - b[index]!) < 1e-5);
    });
    // A constant image is the same at any size.
    const [small, large] = [6, 24].map((side) => tf.fill<tf.Rank.R4>([1, side, side, 1], 0.3));
    const [c, d] = [network.logits(small!).dataSync(), network.logits(large!).dataSync()];
    c.forEach((value, index) => {
      ok(Math.abs(value - d[index]!) < 1e-5);
    });
  });

  it("keeps no tensor that is not its own", async () => {
    const network = await load();
    const optimiser = plain(network);
    stepAt(network, optimiser, 0);
    const { numTensors } = tf.memory();
    stepAt(network, optimiser, 1);
    equal(tf.memory().numTensors, numTensors);
    optimiser.dispose();
    network.weights.dispose();
  });

  it("refuses other numbers of channels, and losses that are no numbers", async () => {
    await rejects(load({ channels: ["gray"] }), /takes 3 channels, and is given 1: gray.*\["gray", "gray", "gray"\]/s);
    await rejects(load({ channels: null }), /takes 3 channels, and is given 1/);
    await rejects(
      load({ normalisation: { mean: [0.5], deviation: [0.5] } }),
      /3 channels, and its normalisation has 1 means/,
    );
    const network = await load();
    const optimiser = plain(network);
    stepAt(network, optimiser, 2, 1e38);
    let message = "";
    try {
      stepAt(network, optimiser, 3, 1e38);
      stepAt(network, optimiser, 4, 1e38);
    } catch (error) {
      ({ message } = error as Error);
    }
    ok(/became (NaN|Infinity)/.test(message), message);
    network.weights.dispose();
  });
});
