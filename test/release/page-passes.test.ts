import { equal, ok } from "node:assert/strict";

import { measureLatency } from "../../lib/compare/measure-latency";
import { kernelPasses } from "../../lib/compare/passes";
import { pagePasses } from "../../lib/release/page-passes";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { imagesOf } from "../networks/helpers";

const size = { height: 16, width: 16, channels: 1 };

describe("pagePasses", () => {
  it("gives the logits of each image that the kernels give, with the same weights, and leaves no tensors", () => {
    const graph = buildNetwork(sampleArchitecture({ kind: "shape" }, createRandom(1)), size, {});
    const images = imagesOf(size, 3);
    const logitsOf = () =>
      [kernelPasses, pagePasses].map(({ prepare }) => {
        const pass = prepare(graph, createRandom(2));
        const logits = pass.run(images);
        pass.dispose();
        return logits;
      });
    // What TensorFlow.js keeps once for all networks is there after the first time.
    logitsOf();
    const before = tf.memory().numTensors;
    const [expected, found] = logitsOf();
    equal(tf.memory().numTensors, before);
    images.dispose();
    equal(found!.length, 6);
    found!.forEach((logit, place) => {
      ok(Math.abs(logit - expected![place]!) < 1e-4, `${logit}, ${expected![place]!}`);
    });
  });

  it("are what a table of latencies is measured with, and says so", () => {
    const { table } = measureLatency(
      { kind: "shape" },
      { size, fitted: 8, held: 2, rounds: 1, repeats: 1, warmUp: 0, passes: pagePasses, random: createRandom(1) },
    );
    ok(table.machine.endsWith(pagePasses.describe()), table.machine);
    ok(/a page's loops, V8 \d+/.test(table.machine), table.machine);
  });
});
