import { deepEqual, equal, ok } from "node:assert/strict";

import type { CaseName } from "../../lib/bench/cases";
import type { Contender } from "../../lib/bench/contender";
import { makeOurs } from "../../lib/bench/ours";
import { makeStock } from "../../lib/bench/stock";
import { systemClock } from "../../lib/runtime/environment";
import { tf } from "../../lib/runtime/tensorflow";

describe("makeOurs(clock)", function () {
  // TensorFlow's own operations take a second a step on one thread.
  this.timeout(240_000);

  /** Does steps of a case, and gives what came out; nothing of it stays. */
  async function lossesOf(contender: Contender, name: CaseName, steps: readonly number[]) {
    const before = tf.memory().numTensors;
    const { parameters } = await contender.prepare(name, 32);
    const losses: number[] = [];
    for (const step of steps) losses.push((await contender.step(step)).loss);
    contender.end();
    equal(tf.memory().numTensors, before);
    return { parameters, losses };
  }

  // What is made once in a process, and kept, is made here: constants of the optimiser.
  before(async () => {
    const ours = makeOurs(systemClock);
    await ours.prepare("child-step", 32);
    await ours.step(0);
    ours.end();
  });

  it("computes what TensorFlow.js's own operations compute: the losses of architectures, before and after an update", async () => {
    const steps = [5, 5, 9];
    const ours = await lossesOf(makeOurs(systemClock), "child-step", steps);
    const stock = await lossesOf(makeStock(systemClock), "child-step", steps);
    equal(ours.parameters, stock.parameters);
    const differences = ours.losses.map((loss, index) => Math.abs(loss - stock.losses[index]!));
    ok(differences[0]! < 1e-3, `at the start ${differences[0]!}`);
    // After an update rounding has grown; a wrong update would be off by as much as it changed the loss.
    const changed = Math.abs(stock.losses[1]! - stock.losses[0]!);
    ok(differences[1]! < 0.1 * changed, `after an update ${differences[1]!} of ${changed}`);
  });

  it("finds the same accuracies as they do, but for images at the border of two classes", async () => {
    const steps = [0, 1, 2];
    const ours = await lossesOf(makeOurs(systemClock), "reward", steps);
    const stock = await lossesOf(makeStock(systemClock), "reward", steps);
    deepEqual(
      ours.losses.map((accuracy, index) => Math.abs(accuracy - stock.losses[index]!) <= 1 / 32),
      steps.map(() => true),
    );
  });
});
