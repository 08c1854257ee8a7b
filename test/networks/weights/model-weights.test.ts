import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { withoutAuxiliary } from "../../../lib/graph/graph";
import { buildNetwork } from "../../../lib/space/build";
import { sampleArchitecture } from "../../../lib/space/sample";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { toModel } from "../../../lib/networks/model/to-model";
import { copyWeights, weightsOfModel } from "../../../lib/networks/weights/model-weights";
import { createWeights } from "../../../lib/networks/weights/weight-bank";
import { Problem } from "../../../lib/runtime/problem";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { wholeGraph } from "../model/example-graphs";
import { leavesNothing, weightsOfGraph } from "../helpers";
import { microSpace } from "../../helpers/spaces";

const random = createRandom(1);
const problem = (message: RegExp) => (error: Error) => error instanceof Problem && message.test(error.message);

/** A found network, small; of other channels it has the same keys and other shapes. */
function found(channels: number, seed = 2) {
  const architecture = sampleArchitecture(microSpace(2), createRandom(seed));
  return buildNetwork(architecture, { height: 8, width: 8, channels: 1 }, { cells: 2, channels });
}

describe("weightsOfModel(graph, model)", () => {
  it("gives the model's own variables by the keys of the network, in its order", () => {
    const graph = wholeGraph();
    const model = toModel(graph, { random, auxiliary: true });
    const bank = weightsOfModel(graph, model);
    const named = namedWeightsOf(graph);
    deepEqual(
      bank.keys,
      named.map(({ key }) => key),
    );
    for (const { key, specification } of named) {
      deepEqual(bank.get(key).shape, [...specification.shape], key);
      equal(bank.isTrainable(key), specification.trainable, key);
    }
    equal(bank.keys.length, model.weights.length);
    // The same seed and key draw the same numbers.
    const fresh = createWeights(named, random);
    for (const key of bank.keys) deepEqual(bank.get(key).dataSync(), fresh.get(key).dataSync(), key);
    // Changing them changes the model.
    bank.of("logits", "kernel").assign(tf.zerosLike(bank.of("logits", "kernel")));
    deepEqual(new Set(model.getLayer("logits").getWeights()[0]!.dataSync()), new Set([0]));
    bank.dispose();
    ok(!bank.get("logits/kernel").isDisposed, "they stay the model's");
    fresh.dispose();
    model.dispose();
  });

  it("names what does not fit: a model of other channels, of another architecture, without its auxiliary head", () => {
    const model = toModel(found(4), { random });
    throws(
      () => weightsOfModel(found(6), model),
      problem(/The model ENAS4 has \[3, 3, 1, 12\] for the weight stem\/convolution\/kernel, expected \[3, 3, 1, 18\]/),
    );
    throws(() => weightsOfModel(found(4, 3), model), problem(/has none for the weight layer0\//));
    model.dispose();
    const whole = wholeGraph();
    const without = toModel(whole, { random });
    throws(() => weightsOfModel(whole, without), problem(/has none for the weight auxiliary\/logits\/kernel/));
    equal(weightsOfModel(withoutAuxiliary(whole), without).keys.length, without.weights.length);
    without.dispose();
  });
});

describe("copyWeights(from, to)", () => {
  it("sets all weights of the one bank to those of the other, each with memory of its own", () => {
    leavesNothing(() => {
      const graph = found(4);
      const [from, to] = [weightsOfGraph(graph, 1), weightsOfGraph(graph, 2)];
      const key = "stem/convolution/kernel";
      const before = from.get(key).dataSync().slice();
      ok(before.some((value, index) => value !== to.get(key).dataSync()[index]));
      copyWeights(from, to);
      for (const each of to.keys) {
        deepEqual(to.get(each).dataSync(), from.get(each).dataSync(), each);
        ok(to.get(each).dataId !== from.get(each).dataId, each);
      }
      const zeros = tf.zerosLike(from.get(key));
      from.get(key).assign(zeros);
      zeros.dispose();
      deepEqual(to.get(key).dataSync(), before);
      from.dispose();
      to.dispose();
    });
  });

  it("leaves out what the other has not, and names what it lacks or has in another shape", () => {
    const [small, whole] = [weightsOfGraph(withoutAuxiliary(wholeGraph()), 1), weightsOfGraph(wholeGraph(), 2)];
    copyWeights(whole, small);
    deepEqual(small.of("logits", "kernel").dataSync(), whole.of("logits", "kernel").dataSync());
    throws(
      () => {
        copyWeights(small, whole);
      },
      problem(/no weight auxiliary\/logits\/kernel/),
    );
    const [narrow, wide] = [weightsOfGraph(found(4)), weightsOfGraph(found(6))];
    throws(
      () => {
        copyWeights(narrow, wide);
      },
      problem(/stem\/convolution\/kernel has the shape \[3, 3, 1, 12\], expected \[3, 3, 1, 18\]/),
    );
    for (const bank of [small, whole, narrow, wide]) bank.dispose();
  });
});
