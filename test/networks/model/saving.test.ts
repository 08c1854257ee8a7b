import { deepEqual, equal, rejects } from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadModel, saveModel } from "../../../lib/networks/model/saving";
import { toModel } from "../../../lib/networks/model/to-model";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { fillDisk, onSmallDisk } from "../../helpers/small-disk";
import { temporaryFolder } from "../../helpers/temporary";
import { difference, images, shuffleWeights, wholeGraph } from "./example-graphs";

const predict = (model: tf.LayersModel, x: tf.Tensor) => model.predict(x) as tf.Tensor;

describe("saveModel(folder, model) and loadModel(folder)", () => {
  const folder = temporaryFolder();
  const target = () => join(folder.path, "in", "model");
  let model: tf.LayersModel;
  before(() => {
    model = toModel(wholeGraph(), { random: createRandom(1) });
    shuffleWeights(model);
    // What TensorFlow.js makes once, at the first prediction, is there before tensors are counted.
    tf.tidy(() => predict(model, images(2)));
  });
  after(() => {
    model.dispose();
  });

  it("give the model back with equal outputs, and leave no tensor", async () => {
    const x = images(2);
    const tensors = tf.memory().numTensors;
    await saveModel(target(), model);
    equal(tf.memory().numTensors, tensors);
    deepEqual(readdirSync(target()).sort(), ["checksums.json", "model.json", "weights.bin"]);
    deepEqual(readdirSync(join(folder.path, "in")), ["model"]);
    const loaded = await loadModel(target());
    equal(loaded.checked, true);
    equal(difference(predict(loaded.model, x), predict(model, x)), 0);
    loaded.model.dispose();
    equal(tf.memory().numTensors, tensors + 2);
    const stock = await tf.loadLayersModel(`file://${target()}/model.json`);
    equal(difference(predict(stock, x), predict(model, x)), 0);
    stock.dispose();
  });

  it("load what TensorFlow.js itself saved, and say that it is unchecked", async () => {
    await model.save(`file://${folder.path}/stock`);
    const loaded = await loadModel(join(folder.path, "stock"));
    equal(loaded.checked, false);
    const x = images(2);
    equal(difference(predict(loaded.model, x), predict(model, x)), 0);
    loaded.model.dispose();
  });

  it("notice one flipped bit in any file", async () => {
    await saveModel(target(), model);
    for (const name of readdirSync(target())) {
      const path = join(target(), name);
      const bytes = readFileSync(path);
      const flipped = Buffer.from(bytes);
      const middle = bytes.length >> 1;
      flipped.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
      writeFileSync(path, flipped);
      await rejects(loadModel(target()), { name: "Problem", message: /is not as it was saved: its checksum/ }, name);
      writeFileSync(path, bytes);
    }
    const whole = await loadModel(target());
    equal(whole.checked, true);
    whole.model.dispose();
  });

  it("overwrite nothing, and leave nothing where the disk is full", async function () {
    await saveModel(target(), model);
    const before = readFileSync(join(target(), "model.json"));
    await rejects(saveModel(target(), model), { name: "Problem", message: /model is there already, with 3 files/ });
    deepEqual(readFileSync(join(target(), "model.json")), before);
    await onSmallDisk(this, folder.path, "4m", async (disk) => {
      fillDisk(disk);
      await rejects(saveModel(join(disk, "model"), model), { name: "Problem" });
      deepEqual(readdirSync(disk), ["ballast"]);
    });
  });

  it("name a layer that TensorFlow.js does not know, and a weight that is missing", async () => {
    await saveModel(target(), model);
    rmSync(join(target(), "checksums.json"));
    const path = join(target(), "model.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"class_name":"GlobalAveragePooling2D"', '"class_name":"Mine"'));
    await rejects(loadModel(target()), { name: "Problem", message: /cannot be loaded as a layers model: .*Mine/ });
    writeFileSync(path, text.replace('"name":"logits/kernel"', '"name":"other/kernel"'));
    await rejects(loadModel(target()), { name: "Problem", message: /cannot be loaded as a layers model: .*kernel/ });
  });
});
