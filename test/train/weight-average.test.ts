import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { bankOf } from "../../lib/networks/weights/weight-bank";
import { tf } from "../../lib/runtime/tensorflow";
import { weightArrays } from "../../lib/train/stored-weights";
import { createWeightAverage, withWeights } from "../../lib/train/weight-average";

function makeBank(values: number[]) {
  return bankOf(new Map([["a", tf.variable(tf.tensor1d(values))]]), true);
}

describe("createWeightAverage(weights, decay)", () => {
  it("follows the formula from the first weights on", () => {
    const bank = makeBank([1, -2]);
    const average = createWeightAverage(bank, 0.75);
    let expected = [1, -2];
    for (const values of [
      [3, 0],
      [5, 8],
      [-1, 1],
    ]) {
      bank.get("a").assign(tf.tensor1d(values));
      average.update();
      expected = expected.map((old, place) => 0.75 * old + 0.25 * values[place]!);
    }
    const kept = average.arrays("x/").get("x/a")!.values;
    expected.forEach((value, place) => {
      ok(Math.abs(kept[place]! - value) < 1e-6);
    });
    deepEqual([...bank.get("a").dataSync()], [-1, 1], "the weights stay as they are");
    average.dispose();
    bank.dispose();
  });

  it("goes on from stored averages to the bit", () => {
    const bank = makeBank([0.1, 0.2]);
    const one = createWeightAverage(bank, 0.9);
    bank.get("a").assign(tf.tensor1d([0.7, -0.3]));
    one.update();
    const other = createWeightAverage(bank, 0.9);
    other.restore(one.arrays("p/"), "p/");
    for (const average of [one, other]) average.update();
    deepEqual(other.arrays(""), one.arrays(""));
    one.dispose();
    other.dispose();
    bank.dispose();
  });

  it("keeps as many tensors as there are weights, however often it is updated, and none in the end", () => {
    const bank = makeBank([1, 2]);
    const before = tf.memory().numTensors;
    const average = createWeightAverage(bank, 0.5);
    for (let step = 0; step < 5; step++) average.update();
    equal(tf.memory().numTensors, before + 1);
    average.dispose();
    equal(tf.memory().numTensors, before);
    bank.dispose();
  });
});

describe("withWeights(weights, arrays, prefix, work)", () => {
  it("puts other weights in place for as long as the work lasts", () => {
    const [bank, others] = [makeBank([1, 2]), makeBank([3, 4])];
    const seen = withWeights(bank, weightArrays(others, "o/"), "o/", () => [...bank.get("a").dataSync()]);
    deepEqual(seen, [3, 4]);
    deepEqual([...bank.get("a").dataSync()], [1, 2]);
    bank.dispose();
    others.dispose();
  });

  it("puts its own back also where the work throws", () => {
    const [bank, others] = [makeBank([1, 2]), makeBank([3, 4])];
    throws(
      () =>
        withWeights(bank, weightArrays(others), "", () => {
          throw new Error("the work");
        }),
      /the work/,
    );
    deepEqual([...bank.get("a").dataSync()], [1, 2]);
    bank.dispose();
    others.dispose();
  });
});
