import { equal, match, ok, throws } from "node:assert/strict";

import { compareShared, showSharedWeights } from "../../../lib/networks/supernet/show-shared-weights";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { sampleArchitecture } from "../../../lib/space/sample";
import { presets } from "../../../lib/space/presets";
import { captureBundles } from "../../helpers/capture";

const size = { height: 32, width: 32, channels: 1 };

describe("compareShared(request, random)", function () {
  this.timeout(60_000);
  const shown = captureBundles();
  const requestOf = (name: "tiny" | "macro-small" | "shape") => {
    const { space, settings } = presets[name];
    return { space, settings, size, architecture: sampleArchitecture(space, createRandom(4)) };
  };

  it("finds that architectures of every space compute alone what they do with shared weights", () => {
    for (const name of ["tiny", "macro-small", "shape"] as const) {
      compareShared(requestOf(name), createRandom(1)); // What stays for good, as constants of kernels do, is made here.
      const before = tf.memory().numTensors;
      const { weights, numbers, own, largestLogit, largestDifference } = compareShared(
        requestOf(name),
        createRandom(1),
      );
      ok(largestLogit > 1e-3, name);
      ok(largestDifference < 1e-4 * Math.max(1, largestLogit), `${name}: ${largestDifference}`);
      ok(weights > 10 && numbers > own && own > 0, name);
      equal(tf.memory().numTensors, before, `${name} leaves no tensor behind`);
    }
  });

  it("shows both as tables", () => {
    showSharedWeights(requestOf("shape"), createRandom(1));
    const [first, second] = shown.all().map(({ "text/plain": text }) => text);
    match(first!, /weights in the supernet +numbers in them/);
    match(second!, /largest difference to the stand-alone model/);
  });

  it("refuses an architecture of another space", () => {
    const { architecture } = requestOf("tiny");
    throws(() => compareShared({ ...requestOf("shape"), architecture }, createRandom(1)), { name: "Problem" });
  });
});
