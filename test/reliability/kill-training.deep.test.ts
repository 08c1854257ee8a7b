import { deepEqual, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { temporaryFolder } from "../helpers/temporary";
import { killTraining } from "./kill-training";

describe("a training that is killed 20 times", function () {
  // Each kill is a process that has to load TensorFlow first.
  this.timeout(600_000);
  const folder = temporaryFolder();

  it("ends with the weights, metrics and result of one that was left alone, to the bit", async () => {
    const { kills, aimed, finished, equal } = await killTraining(20, folder.path, createRandom(7));
    deepEqual([kills, equal], [20, finished]);
    ok(finished >= 1 && aimed >= 3);
  });
});
