import { equal, ok, throws } from "node:assert/strict";

import { latencyOf } from "../../lib/graph/latency";
import { measureLatency } from "../../lib/compare/measure-latency";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { buildNetwork } from "../../lib/space/build";
import { sampleWithin } from "../../lib/space/sample-within";

const size = { height: 16, width: 16, channels: 1 };
const few = { size, fitted: 12, held: 4, rounds: 2, repeats: 2, warmUp: 0 };

describe("measureLatency(space, options)", () => {
  it("finds what every pass takes where all networks take alike, and leaves no tensors", () => {
    let time = 0;
    // Each time it is asked, two milliseconds have passed.
    const clock = { seconds: () => (time += 0.002), now: () => new Date(0) };
    // What TensorFlow.js keeps once for all networks is there after the first time.
    measureLatency({ kind: "shape" }, { ...few, clock, random: createRandom(1) });
    const before = tf.memory().numTensors;
    const { table, held } = measureLatency({ kind: "shape" }, { ...few, clock, random: createRandom(1) });
    equal(tf.memory().numTensors, before);
    equal(held.length, 4);
    for (const { architecture, measured, predicted } of held) {
      ok(Math.abs(measured - 2) < 1e-9 && Math.abs(predicted - 2) < 1e-3, `${measured} ms, ${predicted} ms`);
      equal(predicted, latencyOf(table, buildNetwork(architecture, size)));
    }
    ok(table.agreement.error < 1e-3);
    ok(Object.values(table.milliseconds).every((each) => each >= 0));
    // What takes alike cannot be ordered: such a table is not taken for a budget.
    const within = { size, budget: { milliseconds: [1, 3] as const }, latency: table };
    throws(() => sampleWithin({ kind: "shape" }, createRandom(1), within), /orders 4 other networks with τ/);
  });

  it("counts of each network the fastest round alone", () => {
    let asked = 0;
    // A round asks 16 networks for two passes, twice each: in the first one all passes take three times as long.
    const clock = { seconds: () => (asked++ < 64 ? 0.003 : 0.001) * asked, now: () => new Date(0) };
    const { held } = measureLatency({ kind: "shape" }, { ...few, clock, random: createRandom(1) });
    for (const { measured } of held) ok(Math.abs(measured - 1) < 1e-9, `${measured} ms`);
  });

  it("draws the same networks for the same seed, and refuses options that are none", () => {
    const [first, second] = [1, 2].map(() => measureLatency({ kind: "shape" }, { ...few, random: createRandom(2) }));
    equal(JSON.stringify(first!.held[0]!.architecture), JSON.stringify(second!.held[0]!.architecture));
    ok(first!.held.every(({ measured }) => measured > 0));
    throws(() => measureLatency({ kind: "shape" }, { ...few, fitted: 3, random: createRandom(1) }), /fitted/);
    const none = { seconds: () => 0, now: () => new Date(0) };
    throws(
      () => measureLatency({ kind: "shape" }, { ...few, clock: none, random: createRandom(1) }),
      /took no time by the clock/,
    );
  });
});
