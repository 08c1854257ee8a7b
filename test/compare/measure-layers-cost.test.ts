import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { measureLayersCost } from "../../lib/compare/measure-layers-cost";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { temporaryFolder } from "../helpers/temporary";
import { savePretrained } from "../train/layers-model/helpers";

describe("measureLayersCost(network, images, options)", () => {
  const folder = temporaryFolder();
  const images = { channels: ["gray"], size: { height: 16, width: 16, channels: 1 } };
  const options = () => ({ random: createRandom(1), repeats: 3, warmUp: 1 });

  it("counts weights and multiplications, and times passes of images of the study's size", async () => {
    await savePretrained(join(folder.path, "mine"));
    const network = {
      kind: "layers model",
      folder: join(folder.path, "mine"),
      channels: ["gray", "gray", "gray"],
    } as const;
    const { numTensors } = tf.memory();
    const cost = await measureLayersCost(network, images, options());
    equal(tf.memory().numTensors, numTensors);
    equal(cost.parameters, 112 + 8 + 10);
    equal(cost.multiplyAdds, 108 * 36 + 8);
    // Moving statistics are in the file, and change without training.
    equal(cost.fileBytes, 4 * (130 + 8));
    deepEqual(
      cost.latency.map(({ batch }) => batch),
      [1, 32],
    );
    ok(cost.latency.every(({ lowMs, medianMs, highMs }) => 0 < lowMs && lowMs <= medianMs && medianMs <= highMs));
  });

  it("refuses a model that is not there", async () => {
    await rejects(
      measureLayersCost({ kind: "layers model", folder: join(folder.path, "no") }, images, options()),
      /is missing/,
    );
  });
});
