import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { layers } from "../../../lib/graph/layer";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { initialValue } from "../../../lib/networks/weights/initial-values";
import { bankOf, createWeights } from "../../../lib/networks/weights/weight-bank";
import { Problem } from "../../../lib/runtime/problem";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { leavesNothing } from "../helpers";

function weightsOf(names: readonly string[]) {
  const builder = startGraph("Example", { height: 4, width: 4, channels: 2 });
  let value = builder.input;
  for (const name of names) {
    value = builder.add(`${name}/convolution`, layers.convolution({ size: 3, filters: 2 }), value);
    value = builder.add(`${name}/norm`, layers.batchNormalisation(), value);
  }
  return namedWeightsOf(builder.finish(value));
}

describe("createWeights(weights, random)", () => {
  it("makes a variable of each weight, with the value that its key draws and its shape", () => {
    leavesNothing(() => {
      const named = weightsOf(["a", "b"]);
      const bank = createWeights(named, createRandom(3));
      deepEqual(
        bank.keys,
        named.map(({ key }) => key),
      );
      for (const { key, specification } of named) {
        deepEqual(bank.get(key).shape, [...specification.shape]);
        deepEqual(bank.get(key).dataSync(), initialValue(specification, createRandom(3).split(key)), key);
        equal(bank.isTrainable(key), specification.trainable, key);
        equal(bank.isTrainable(key), !key.includes("moving"), key);
      }
      bank.dispose();
    });
  });

  it("gives a weight the same start whatever other weights there are", () => {
    const [few, many] = [["b"], ["a", "b"]].map((names) => createWeights(weightsOf(names), createRandom(3)));
    for (const key of few!.keys) deepEqual(few!.get(key).dataSync(), many!.get(key).dataSync(), key);
    const other = createWeights(weightsOf(["b"]), createRandom(4));
    const key = "b/convolution/kernel";
    ok(
      other
        .get(key)
        .dataSync()
        .some((value, index) => value !== few!.get(key).dataSync()[index]),
    );
    for (const bank of [few!, many!, other]) bank.dispose();
  });

  it("makes weights that outlive a tidy around", () => {
    const bank = tf.tidy(() => {
      const made = createWeights(weightsOf(["a"]), createRandom(1));
      return { made } as unknown as tf.TensorContainerObject;
    }) as unknown as { made: ReturnType<typeof createWeights> };
    for (const key of bank.made.keys) ok(!bank.made.get(key).isDisposed, key);
    bank.made.dispose();
  });
});

describe("bankOf(variables, owned)", () => {
  it("finds weights by key, and by node and name", () => {
    const variable = tf.variable(tf.scalar(1));
    const bank = bankOf(new Map([["a/norm/gamma", variable]]), true);
    equal(bank.get("a/norm/gamma"), variable);
    equal(bank.of("a/norm", "gamma"), variable);
    bank.dispose();
    ok(variable.isDisposed);
  });

  it("leaves variables that are another's", () => {
    const variable = tf.variable(tf.scalar(1));
    bankOf(new Map([["a/b", variable]]), false).dispose();
    ok(!variable.isDisposed);
    variable.dispose();
  });

  it("names a weight that is not there", () => {
    const bank = bankOf(new Map(), true);
    const named = (error: Error) =>
      error instanceof Problem && error.message.includes("no weight layer2/x/kernel among 0");
    throws(() => bank.get("layer2/x/kernel"), named);
    throws(() => bank.of("layer2/x", "kernel"), named);
    throws(() => bank.isTrainable("layer2/x/kernel"), named);
  });
});
