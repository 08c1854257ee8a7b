import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { joinCosts, measureCost, type NetworkCost } from "../../lib/compare/measure-cost";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";

const plain = { kind: "hand-crafted", name: "plain CNN" } as const;
const size = { height: 16, width: 16, channels: 1 };

describe("measureCost(network, size, options)", () => {
  it("counts the published parameters, and the multiplications worked out by hand", () => {
    const { parameters, multiplyAdds, fileBytes, latency } = measureCost(plain, size, {
      random: createRandom(1),
      repeats: 2,
      warmUp: 1,
      batchSizes: [1, 3],
    });
    equal(parameters, 72_146);
    const convolutions =
      256 * 9 * (1 * 16 + 16 * 16) + 64 * 9 * (16 * 32 + 32 * 32) + 16 * 9 * (32 * 64 + 64 * 64) + 64 * 2;
    equal(multiplyAdds, convolutions);
    // Two moving statistics for each channel of the six normalisations.
    equal(fileBytes, 4 * (72_146 + 2 * 2 * (16 + 32 + 64)));
    deepEqual(
      latency.map(({ batch, warmUp, repeats }) => [batch, warmUp, repeats]),
      [
        [1, 1, 2],
        [3, 1, 2],
      ],
    );
    for (const { lowMs, medianMs, highMs } of latency) ok(0 < lowMs && lowMs <= medianMs && medianMs <= highMs);
  });

  it("times passes alone, by the given clock: median and quartiles", () => {
    // Passes of 1, 2, 3, 4 and 5 seconds.
    let [now, reads] = [0, 0];
    const clock = {
      now: () => new Date(0),
      seconds: () => {
        reads++;
        if (reads % 2 === 0) now += reads / 2;
        return now;
      },
    };
    const { latency } = measureCost(plain, size, { random: createRandom(1), clock, repeats: 5, batchSizes: [1] });
    deepEqual(latency, [{ batch: 1, lowMs: 2000, medianMs: 3000, highMs: 4000, warmUp: 3, repeats: 5 }]);
  });

  it("joins rounds by the median of each time, so that a slow first one is nobody's", () => {
    const round = (ms: number): NetworkCost => ({
      ...{ parameters: 7, multiplyAdds: 8, fileBytes: 28 },
      latency: [{ batch: 1, lowMs: ms - 1, medianMs: ms, highMs: ms + 2, warmUp: 3, repeats: 10 }],
    });
    deepEqual(joinCosts([round(60), round(5), round(6)]), {
      ...round(6),
      latency: [{ ...round(6).latency[0]!, repeats: 30 }],
    });
    deepEqual(joinCosts([round(4)]), round(4));
  });

  it("leaves no tensor behind", () => {
    const options = () => ({ random: createRandom(1), repeats: 1, warmUp: 0, batchSizes: [2] });
    measureCost(plain, size, options());
    const before = tf.memory().numTensors;
    measureCost(plain, size, options());
    equal(tf.memory().numTensors, before);
  });

  it("refuses networks that are none, and numbers that cannot be", () => {
    const random = createRandom(1);
    throws(() => measureCost({ kind: "hand-crafted", name: "plain CN" }, size, { random }), /Did you mean "plain CNN"/);
    throws(() => measureCost(plain, size, { random, repeats: 0 }), /repeats: 0, expected a whole number from 1/);
    throws(() => measureCost(plain, size, { random, warmUp: -1 }), /warmUp: -1/);
    throws(() => measureCost(plain, size, { random, batchSizes: [1.5] }), /batchSizes\[0\]: 1.5/);
  });
});
