import { deepEqual, equal, notEqual, throws } from "node:assert/strict";

import { bankOf } from "../../lib/networks/weights/weight-bank";
import { tf } from "../../lib/runtime/tensorflow";
import { arraysOf, setWeights, tensorOf, weightArrays } from "../../lib/train/stored-weights";

// Numbers that a detour by text or by float64 sums would change, and a subnormal one.
const odd = [0.1, -0, 1e-42, 3.4e38, -1 / 3, 1 + 2 ** -23];

function makeBank(values = odd) {
  return bankOf(
    new Map([
      ["a", tf.variable(tf.tensor(values, [2, 3]))],
      ["b", tf.variable(tf.scalar(values[0]!), false)],
    ]),
    true,
  );
}

describe("weightArrays(weights) and setWeights(weights, arrays)", () => {
  it("carry weights over to the bit, with their shapes", () => {
    const [from, to] = [makeBank(), makeBank([9, 9, 9, 9, 9, 9])];
    const arrays = weightArrays(from, "w/");
    deepEqual([...arrays.keys()], ["w/a", "w/b"]);
    deepEqual([arrays.get("w/a")!.shape, arrays.get("w/b")!.shape], [[2, 3], []]);
    setWeights(to, arrays, "w/");
    for (const key of from.keys)
      deepEqual(
        Buffer.from(to.get(key).dataSync().slice().buffer),
        Buffer.from(from.get(key).dataSync().slice().buffer),
      );
    from.dispose();
    to.dispose();
  });

  it("copies: neither side sees what happens to the other afterwards", () => {
    const bank = makeBank();
    const arrays = weightArrays(bank);
    bank.get("a").assign(tf.zeros([2, 3]));
    equal(arrays.get("a")!.values[0], Math.fround(0.1));
    setWeights(bank, arrays);
    arrays.get("a")!.values[0] = 7;
    notEqual(bank.get("a").dataSync()[0], 7);
    bank.dispose();
  });

  it("leaves other arrays alone, and no tensors behind", () => {
    const bank = makeBank();
    const arrays = new Map([...weightArrays(bank), ["c", { shape: [1], values: Float32Array.of(1) }]]);
    const before = tf.memory().numTensors;
    setWeights(bank, arrays);
    equal(tf.memory().numTensors, before);
    bank.dispose();
  });

  it("refuses a missing weight and one of another shape, naming both shapes", () => {
    const bank = makeBank();
    const arrays = weightArrays(bank);
    throws(() => {
      setWeights(bank, arrays, "best/");
    }, /The weight a is missing, expected \[2, 3\]/);
    const turned = new Map([...arrays, ["a", { shape: [3, 2], values: arrays.get("a")!.values }]]);
    throws(() => {
      setWeights(bank, turned);
    }, /The weight a has the shape \[3, 2\], expected \[2, 3\]/);
    bank.dispose();
  });
});

describe("arraysOf(tensors) and tensorOf(stored)", () => {
  it("are each other's inverse", () => {
    const tensor = tf.tensor(odd, [3, 1, 2]);
    const back = tensorOf(arraysOf(new Map([["x", tensor]])).get("x")!);
    deepEqual(back.shape, [3, 1, 2]);
    deepEqual(back.dataSync(), tensor.dataSync());
    tf.dispose([tensor, back]);
  });
});
