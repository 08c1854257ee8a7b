import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { loadOwnModel } from "../../../lib/networks/model/own-model";
import { saveModel } from "../../../lib/networks/model/saving";
import { tf } from "../../../lib/runtime/tensorflow";
import { temporaryFolder } from "../../helpers/temporary";
import { difference, images, oddSize } from "./example-graphs";

type LayerList = Parameters<typeof tf.sequential>[0];

const flatten = () => tf.layers.flatten({ inputShape: [9, 7, 3] });
const model = (...layers: NonNullable<NonNullable<LayerList>["layers"]>) => tf.sequential({ layers });

describe("loadOwnModel(folder, options)", () => {
  const folder = temporaryFolder();
  const refuses = async (refused: tf.LayersModel, message: RegExp, options = {}) => {
    await refused.save(`file://${folder.path}/refused`);
    const before = tf.memory().numTensors;
    await rejects(loadOwnModel(join(folder.path, "refused"), options), { name: "Problem", message });
    equal(tf.memory().numTensors, before);
    refused.dispose();
  };

  it("takes a model of logits as it is", async () => {
    const saved = model(flatten(), tf.layers.dense({ units: 3 }));
    await saveModel(join(folder.path, "mine"), saved);
    const own = await loadOwnModel(join(folder.path, "mine"), { classes: 3 });
    const { name, inputSize, classes, tookOffSoftmax, checked } = own;
    deepEqual(
      { name, inputSize, classes, tookOffSoftmax, checked },
      { name: "mine", inputSize: oddSize, classes: 3, tookOffSoftmax: false, checked: true },
    );
    const x = images(2);
    equal(difference(own.model.predict(x) as tf.Tensor, saved.predict(x) as tf.Tensor), 0);
    equal((await loadOwnModel(join(folder.path, "mine"), { name: "Ours" })).name, "Ours");
  });

  it("takes a softmax off the end, so that the softmax of what it gives is what it gave", async () => {
    const x = images(2);
    const input = tf.input({ shape: [9, 7, 3] });
    const scores = tf.layers.dense({ units: 4, activation: "softmax" }).apply(tf.layers.flatten().apply(input));
    const ends = {
      dense: model(flatten(), tf.layers.dense({ units: 4, activation: "softmax" })),
      activation: model(flatten(), tf.layers.dense({ units: 4 }), tf.layers.activation({ activation: "softmax" })),
      softmax: model(flatten(), tf.layers.dense({ units: 4 }), tf.layers.softmax()),
      functional: tf.model({ inputs: input, outputs: scores as tf.SymbolicTensor }),
      inner: model(model(flatten(), tf.layers.dense({ units: 4, activation: "softmax" }))),
    };
    for (const [name, saved] of Object.entries(ends)) {
      await saved.save(`file://${folder.path}/${name}`);
      const own = await loadOwnModel(join(folder.path, name));
      equal(own.tookOffSoftmax, true, name);
      equal(own.checked, false);
      const logits = own.model.predict(x) as tf.Tensor;
      ok(difference(tf.softmax(logits), saved.predict(x) as tf.Tensor) < 1e-6, name);
      ok(difference(logits.sum(-1), tf.ones([2])) > 1e-3, name);
      own.model.dispose();
    }
  });

  it("refuses other ends", async () => {
    const sigmoid = tf.layers.dense({ units: 2, activation: "sigmoid" });
    await refuses(model(flatten(), sigmoid), /ends in sigmoid, expected logits or a softmax/);
    await refuses(model(flatten(), tf.layers.dense({ units: 1 })), /gives 1 score for an image, .* 2 or more classes/);
    await refuses(model(flatten(), tf.layers.dense({ units: 2 })), /gives 2 scores .* each of 3 classes/, {
      classes: 3,
    });
    await refuses(
      model(tf.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [9, 7, 3] })),
      /gives \[null, 9, 7, 2\], expected \[null, classes\]/,
    );
    const softmax = tf.layers.dense({ units: 2, activation: "softmax" });
    await refuses(
      model(flatten(), softmax, tf.layers.dropout({ rate: 0.5 })),
      /gives probabilities, by something else/,
    );
  });

  it("refuses other inputs", async () => {
    await refuses(
      model(tf.layers.dense({ units: 2, inputShape: [9] })),
      /takes \[null, 9\], expected \[null, height, width, channels\]/,
    );
    await refuses(
      model(tf.layers.globalAveragePooling2d({ dataFormat: "channelsLast", inputShape: [null, null, 3] })),
      /takes \[null, null, null, 3\], expected .* fixed sizes/,
    );
    await refuses(
      model(tf.layers.flatten({ batchInputShape: [8, 9, 7, 3] }), tf.layers.dense({ units: 2 })),
      /takes \[8, 9, 7, 3\]/,
    );
    const whole = tf.input({ shape: [9, 7, 3], dtype: "int32" });
    await refuses(
      tf.model({ inputs: whole, outputs: tf.layers.flatten().apply(whole) as tf.SymbolicTensor }),
      /takes numbers of type int32, expected float32/,
    );
  });

  it("refuses several inputs or outputs", async () => {
    const inputs = [tf.input({ shape: [9, 7, 3] }), tf.input({ shape: [9, 7, 3] })];
    const both = tf.layers.flatten().apply(tf.layers.add().apply(inputs)) as tf.SymbolicTensor;
    await refuses(tf.model({ inputs, outputs: both }), /has 2 inputs and 1 outputs, expected one of each/);
    const one = tf.input({ shape: [9, 7, 3] });
    const row = tf.layers.flatten().apply(one) as tf.SymbolicTensor;
    const twice = [1, 2].map(() => tf.layers.dense({ units: 2 }).apply(row) as tf.SymbolicTensor);
    await refuses(tf.model({ inputs: one, outputs: twice }), /has 1 inputs and 2 outputs/);
  });

  it("refuses weights that are not numbers, and options that it does not know", async () => {
    const biasInitializer = tf.initializers.constant({ value: NaN });
    await refuses(
      model(flatten(), tf.layers.dense({ units: 2, biasInitializer })),
      /gives NaN for an image of numbers/,
    );
    await refuses(model(flatten()), /Did you mean "classes"/, { clases: 2 });
    await rejects(loadOwnModel(join(folder.path, "none")), { name: "Problem", message: /model\.json cannot be read/ });
  });
});
