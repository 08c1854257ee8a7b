import { doesNotThrow, throws } from "node:assert/strict";

import { checkTopology } from "../../../lib/networks/model/check-topology";
import { tf } from "../../../lib/runtime/tensorflow";

const layer = (name: string, ...inputs: string[]) => ({
  name,
  config: { name },
  inbound_nodes: [inputs.map((input) => [input, 0, 0, {}])],
});
const model = (...layers: object[]) => ({ class_name: "Model", config: { layers } });

describe("checkTopology(folder, topology)", () => {
  it("passes models of TensorFlow.js, also in one row", () => {
    const input = tf.input({ shape: [4] });
    const first = tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor;
    const own = tf.model({ inputs: input, outputs: tf.layers.add().apply([first, first]) as tf.SymbolicTensor });
    const row = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    for (const one of [own, row]) {
      doesNotThrow(() => {
        checkTopology("folder", one.toJSON(null, false));
      });
      one.dispose();
    }
    for (const other of [null, {}, { config: null }, { config: { layers: "none" } }, { config: { layers: [null, 3] } }])
      doesNotThrow(() => {
        checkTopology("folder", other);
      });
  });

  it("refuses layers that wait for one that is not there, or for each other", () => {
    throws(() => {
      checkTopology("folder", model(layer("a"), layer("b", "nowhere")));
    }, /^Problem: The model in folder cannot be built: "b" takes "nowhere", which is no layer of it/);
    throws(() => {
      checkTopology("folder", { model_config: model(layer("a"), layer("b", "a", "c"), layer("c", "b")) });
    }, /"b" takes, through others, what it gives/);
    throws(() => {
      checkTopology("folder", model(layer("a", "a")));
    }, /"a" takes, through others/);
  });
});
