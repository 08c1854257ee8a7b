import { deepEqual, equal, ok } from "node:assert/strict";

import { timeInTurn } from "../../lib/compare/time-in-turn";
import type { PassesOfNetworks } from "../../lib/compare/passes";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";

const networks = [16, 24].map((side) => {
  const random = createRandom(side);
  const architecture = sampleArchitecture({ kind: "shape" }, random);
  return { graph: buildNetwork(architecture, { height: side, width: side, channels: 1 }), random };
});

/** Passes of which those of the second network take twice as long, and those of the first round ten times; what was asked is kept. */
function slowPasses() {
  let now = 0;
  const asked: number[][] = [];
  const passes: PassesOfNetworks = {
    describe: () => "slow",
    prepare: ({ nodes }) => ({
      run(images) {
        asked.push(images.shape);
        const slow = asked.length <= 4 ? 10 : 1;
        now += (nodes[0]!.shape[0] === 24 ? 0.002 : 0.001) * slow;
        return new Float32Array(2);
      },
      dispose: () => undefined,
    }),
  };
  return { asked, passes, clock: { seconds: () => now, now: () => new Date(0) } };
}

describe("timeInTurn(networks, options)", () => {
  it("takes all networks in turn, each with images of its own size, and counts the fastest round", () => {
    const { asked, passes, clock } = slowPasses();
    const times = timeInTurn(networks, { rounds: 2, repeats: 2, warmUp: 0, batch: 3, passes, clock });
    deepEqual(
      times.map((time) => Math.round(time * 1e6) / 1e6),
      [1, 2],
    );
    deepEqual(
      asked.map(([batch, side]) => `${batch!} ${side!}`),
      ["3 16", "3 16", "3 24", "3 24", "3 16", "3 16", "3 24", "3 24"],
    );
  });

  it("times kernels of this process by default, and leaves no tensors", () => {
    timeInTurn(networks, { rounds: 1, repeats: 1, warmUp: 0 });
    const before = tf.memory().numTensors;
    const times = timeInTurn(networks, { rounds: 1, repeats: 2, warmUp: 1 });
    equal(tf.memory().numTensors, before);
    ok(
      times.every((time) => time > 0 && time < 1000),
      String(times),
    );
  });

  it("has no times of no networks", () => {
    deepEqual(timeInTurn([]), []);
  });
});
