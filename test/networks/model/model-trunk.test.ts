import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";

import { loadTrunk } from "../../../lib/networks/model/model-trunk";
import { saveModel } from "../../../lib/networks/model/saving";
import { tf } from "../../../lib/runtime/tensorflow";
import { temporaryFolder } from "../../helpers/temporary";
import { savePretrained } from "../../train/layers-model/helpers";
import { difference, images } from "./example-graphs";

describe("loadTrunk(folder, cutAt)", () => {
  const folder = temporaryFolder();
  const place = (name: string) => join(folder.path, name);
  const save = async (name: string, model: tf.LayersModel) => {
    await saveModel(place(name), model);
    return place(name);
  };
  const conv = (filters: number) => tf.layers.conv2d({ filters, kernelSize: 3, inputShape: [9, 7, 3] });
  const sequential = (...layers: readonly object[]) => tf.sequential({ layers: layers as ReturnType<typeof conv>[] });

  it("leaves out the head: the last dense layer, and what follows it", async () => {
    await savePretrained(place("pretrained"));
    const { model, features, cutAt, inputSize } = await loadTrunk(place("pretrained"));
    deepEqual([features, cutAt, inputSize], [4, "pooled", { height: 12, width: 12, channels: 3 }]);
    deepEqual(model.outputs[0]!.shape, [null, 4]);
    model.dispose();
  });

  it("gives what the model itself gives at that place", async () => {
    const layers = [
      conv(5),
      tf.layers.flatten(),
      tf.layers.dense({ units: 6, activation: "relu" }),
      tf.layers.dense({ units: 3 }),
    ];
    const whole = sequential(...layers);
    const trunk = await loadTrunk(await save("whole", whole));
    const x = images(2);
    const before = tf.model({ inputs: whole.inputs, outputs: whole.layers[2]!.output });
    equal(difference(trunk.model.predict(x) as tf.Tensor, before.predict(x) as tf.Tensor), 0);
  });

  it("keeps all of a model that ends in an image or in pooled features, and takes convolutions of one pixel for heads", async () => {
    const image = await loadTrunk(await save("image", sequential(conv(5))));
    deepEqual([image.features, image.model.outputs[0]!.shape], [5, [null, 7, 5, 5]]);
    const pooled = sequential(conv(5), tf.layers.globalMaxPooling2d({ dataFormat: "channelsLast" }));
    equal((await loadTrunk(await save("pooled", pooled))).features, 5);
    const pixel = sequential(
      conv(5),
      tf.layers.globalAveragePooling2d({ dataFormat: "channelsLast" }),
      tf.layers.reshape({ targetShape: [1, 1, 5], name: "one" }),
      tf.layers.conv2d({ filters: 8, kernelSize: 1 }),
      tf.layers.reshape({ targetShape: [8] }),
    );
    const { features, cutAt } = await loadTrunk(await save("pixel", pixel));
    deepEqual([features, cutAt], [5, "one"]);
  });

  it("is cut where one says, and refuses what it cannot be cut at", async () => {
    await savePretrained(place("named"));
    const { features, model } = await loadTrunk(place("named"), "relu");
    deepEqual([features, model.outputs[0]!.shape], [4, [null, 6, 6, 4]]);
    await rejects(loadTrunk(place("named"), "relu6"), /has no layer "relu6" to be cut at\. .* own_head/s);
  });

  it("refuses models of other inputs, and heads that are out of sight", async () => {
    const text = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [9] })] });
    await rejects(loadTrunk(await save("text", text)), /takes \[null, 9\], expected \[null, height/);
    const any = tf.sequential({
      layers: [tf.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [null, null, 3] })],
    });
    await rejects(loadTrunk(await save("any", any)), /with fixed sizes/);
    const inner = tf.sequential({ layers: [conv(2), tf.layers.flatten(), tf.layers.dense({ units: 2 })] });
    const outer = tf.sequential({ layers: [inner] });
    await rejects(loadTrunk(await save("outer", outer)), /a model within the model, in which its head may be/);
    await rejects(loadTrunk(place("nowhere")), /nowhere/);
  });
});
