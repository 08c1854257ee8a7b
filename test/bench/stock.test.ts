import { equal, ok } from "node:assert/strict";

import { makeStock, moveWeights } from "../../lib/bench/stock";
import { systemClock } from "../../lib/runtime/environment";
import { tf } from "../../lib/runtime/tensorflow";

/** Nesterov's momentum for one number, as Sutskever et al. (2013) and PyTorch write it. */
function moveNumber(weight: number, movement: number, gradient: number): [weight: number, movement: number] {
  const decayed = gradient + 1e-4 * weight;
  const moved = 0.9 * movement + decayed;
  return [weight - 0.05 * (decayed + 0.9 * moved), moved];
}

const near = (actual: number, expected: number, tolerance = 1e-6) => {
  ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
};

describe("moveWeights(used, gradients)", () => {
  const move = (starts: readonly number[], steps: readonly (readonly number[])[]) =>
    tf.tidy(() => {
      const weights = starts.map((start) => ({
        variable: tf.variable(tf.scalar(start)),
        movement: tf.variable(tf.scalar(0)),
      }));
      for (const gradients of steps)
        moveWeights(
          weights,
          Object.fromEntries(weights.map(({ variable }, index) => [variable.name, tf.scalar(gradients[index]!)])),
        );
      const ends = weights.map(({ variable }) => variable.dataSync()[0]!);
      for (const { variable, movement } of weights) tf.dispose([variable, movement]);
      return ends;
    });

  it("moves by Nesterov's momentum, with decay", () => {
    let [weight, movement] = [2, 0];
    for (const gradient of [0.5, -1, 3]) [weight, movement] = moveNumber(weight, movement, gradient);
    const [first, other] = move(
      [2, 1],
      [
        [0.5, 0],
        [-1, 0],
        [3, 0],
      ],
    );
    near(first!, weight);
    // Without a gradient there is still the decay.
    ok(other! < 1 && other! > 0.999);
  });

  it("shortens a gradient whose norm over all weights is above 5, and only then", () => {
    const [long] = move([0, 0], [[30, 40]]);
    near(long!, moveNumber(0, 0, 3)[0]);
    const [short] = move([0, 0], [[3, 3.9]]);
    near(short!, moveNumber(0, 0, 3)[0]);
  });
});

describe("makeStock(clock)", () => {
  it("evaluates architectures, and keeps no tensor of a step", async () => {
    const before = tf.memory().numTensors;
    const stock = makeStock(systemClock);
    const { parameters, about } = await stock.prepare("reward", 32);
    ok(parameters > 5e6);
    ok(about.includes("TensorFlow"));
    const first = await stock.step(0);
    equal((first.loss * 32) % 1, 0, "an accuracy is a share of 32 images");
    ok(first.milliseconds > 0);
    const held = tf.memory().numTensors;
    await stock.step(1);
    equal(tf.memory().numTensors, held);
    stock.end();
    equal(tf.memory().numTensors, before);
  });

  it("learns its batch by heart, step by step", async () => {
    const stock = makeStock(systemClock);
    await stock.prepare("child-step", 32);
    const losses = [];
    for (let step = 0; step < 3; step++) losses.push((await stock.step(5)).loss);
    near(losses[0]!, Math.log(10), 0.5);
    ok(losses[2]! < losses[0]!, losses.join());
    stock.end();
  });
});
