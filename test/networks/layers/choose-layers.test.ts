import { deepEqual, equal } from "node:assert/strict";

import { fastLayers, prepareLayers, useLayers } from "../../../lib/networks/layers/choose-layers";
import { tf } from "../../../lib/runtime/tensorflow";
import { inNewProcess } from "../../helpers/processes";

const gradient = () => tf.getGradient("Relu");

describe("useLayers(kind), prepareLayers() and fastLayers()", () => {
  it("go to and fro between fast kernels and TensorFlow.js's own", () => {
    const undo = useLayers("stock");
    const stock = gradient();
    equal(fastLayers(), false);
    const undoFast = useLayers("fast");
    equal(fastLayers(), true);
    const fast = gradient();
    equal(fast === stock, false);
    useLayers("fast");
    equal(gradient(), fast);
    undoFast();
    equal(fastLayers(), false);
    equal(gradient(), stock);
    undo();
  });

  it("leave a choice that was made when a model is made, and take fast kernels where none was", () => {
    const undo = useLayers("stock");
    prepareLayers();
    equal(fastLayers(), false);
    const undoNone = useLayers(null);
    equal(fastLayers(), true);
    undoNone();
    equal(fastLayers(), false);
    undo();
  });

  it("change nothing by an import alone, and all from the first model on", () => {
    const code = `
      const log = console.log; console.log = console.warn = () => {};
      require("tsx/cjs");
      const { tf } = require("./lib/runtime/tensorflow");
      const before = [tf.getGradient("Relu"), tf.getKernel("MaxPool", "tensorflow")];
      const networks = require("./lib/networks");
      const { plainCnn } = require("./lib/graph/hand-crafted/plain-cnn");
      const { createRandom } = require("./lib/runtime/random");
      const same = () => [tf.getGradient("Relu") === before[0], tf.getKernel("MaxPool", "tensorflow") === before[1]];
      const found = [same()];
      networks.toModel(plainCnn.build({ height: 16, width: 16, channels: 1 }), { random: createRandom(1) });
      found.push(same());
      require("./lib/networks/layers/choose-layers").useLayers("stock");
      found.push(same());
      log(JSON.stringify(found));
    `;
    deepEqual(inNewProcess(code), [
      [true, true],
      [false, false],
      [true, true],
    ]);
  });
});
